import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { extendCatalogue, type PackBase } from '../catalogue/pack/extend.ts';
import type { PackText } from '../catalogue/pack/files.ts';
import { problemDiagnostic } from '../language/diagnostics.ts';
import { toDiagnostic } from './convert.ts';
import type { BugLog } from './safe.ts';

/** How an organisation's own rules are reached. Folders and files are URIs. */
export interface PackAccess {
  base(): PackBase;
  /** The folder of rules that holds for the files of `folder`, which is `root` or below it. */
  find(folder: string, root: string): string | undefined;
  read(pack: string): readonly PackText[];
}

/**
 * The organisations' own rules in the folders of a workspace. A folder is read when a document below it is first
 * analysed, and again after a change; what is wrong in its files is told to the client.
 */
export class Packs {
  private readonly connection: Connection;
  private readonly log: BugLog;
  private readonly access: PackAccess;
  private readonly openText: (uri: string) => string | undefined;
  /** Folders that the client trusts. */
  private roots: readonly string[] = [];
  private readonly found = new Map<string, string | undefined>();
  private readonly loaded = new Map<string, Catalogue | undefined>();
  /** Files that the client was told problems of. */
  private told = new Set<string>();

  /** `openText`: what an editor has of a file counts instead of what is stored. */
  constructor(connection: Connection, log: BugLog, access: PackAccess, openText: (uri: string) => string | undefined) {
    this.connection = connection;
    this.log = log;
    this.access = access;
    this.openText = openText;
  }

  /** Reads the rules of these workspace folders from now on, and those of no others. */
  trust(roots: readonly string[]): void {
    this.roots = [...roots].map((root) => root.replace(/\/+$/, '')).sort((a, b) => b.length - a.length);
    this.reload();
  }

  /** The catalogue of the rules that hold for a document; `undefined` when these are only the built-in ones. */
  catalogueOf(uri: string): Catalogue | undefined {
    const root = this.roots.find((folder) => uri.startsWith(`${folder}/`));
    return root === undefined ? undefined : this.around(uri.slice(0, uri.lastIndexOf('/')), root);
  }

  /** See `PackAccess`. */
  base(): PackBase {
    return this.access.base();
  }

  /** All catalogues that documents have by now. */
  catalogues(): readonly Catalogue[] {
    return [...this.loaded.values()].filter((catalogue) => catalogue !== undefined);
  }

  /** Reads everything anew. */
  reload(): void {
    const before = [...this.loaded.keys()];
    const stale = this.told;
    this.found.clear();
    this.loaded.clear();
    this.told = new Set();
    for (const root of this.roots) this.around(root, root);
    for (const pack of before) this.load(pack);
    for (const uri of stale) if (!this.told.has(uri)) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private around(folder: string, root: string): Catalogue | undefined {
    if (!this.found.has(folder)) this.found.set(folder, this.access.find(folder, root));
    const pack = this.found.get(folder);
    return pack === undefined ? undefined : this.load(pack);
  }

  private load(pack: string): Catalogue | undefined {
    if (this.loaded.has(pack)) return this.loaded.get(pack);
    this.loaded.set(pack, undefined);
    try {
      const texts = this.access.read(pack).map((file): PackText => {
        const text = this.openText(uriOf(pack, file.name));
        return text === undefined ? file : { name: file.name, text };
      });
      if (texts.length > 0) this.loaded.set(pack, this.extend(pack, texts));
    } catch (error) {
      this.log.report("an organisation's rules", error);
    }
    return this.loaded.get(pack);
  }

  private extend(pack: string, texts: readonly PackText[]): Catalogue {
    const { catalogue, problems } = extendCatalogue(this.access.base(), texts);
    for (const { name, text } of texts) {
      const mine = problems.filter(({ file }) => file === name);
      if (mine.length === 0) continue;
      const uri = uriOf(pack, name);
      const document = TextDocument.create(uri, 'yaml', 0, text);
      const diagnostics = mine.map((problem) => toDiagnostic(document, problemDiagnostic(problem), false));
      this.told.add(uri);
      void this.connection.sendDiagnostics({ uri, diagnostics });
    }
    return catalogue;
  }
}

function uriOf(pack: string, name: string): string {
  return `${pack}/${name.split('/').map(encodeURIComponent).join('/')}`;
}
