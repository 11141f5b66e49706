import type { Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { cardOf } from '../language/cards.ts';
import type { Completion } from '../language/completion.ts';
import type { Meaning } from '../language/meaning.ts';
import type { PackFile } from '../language/packFile/packFile.ts';
import { takeSnapshot } from '../language/snapshot.ts';
import { toHover } from './convert.ts';
import type { Documents, Knowledge } from './documents.ts';
import type { Packs, PackTools } from './packs.ts';
import { keyOf } from './workspace/uris.ts';

const INSIDE = /\/\.threatwright\/(.+)$/;
const FOLDER = /\/\.threatwright\/?$/;

/** Whether a document is a file of an organisation's own rules, and no threat model. */
export function isPackFile(uri: string): boolean {
  return INSIDE.test(uri);
}

/** Whether a change there is one of an organisation's own rules: of one of their files, or of their folder. */
export function concernsPacks(uri: string): boolean {
  return isPackFile(uri) || FOLDER.test(uri);
}

/** What an author is told in files of an organisation's own rules. `undefined` where the document is none that is open. */
export class PackFiles {
  private readonly documents: Documents;
  private readonly packs: Packs;
  private readonly knowledge: () => Knowledge;

  constructor(documents: Documents, packs: Packs, knowledge: () => Knowledge) {
    this.documents = documents;
    this.packs = packs;
    this.knowledge = knowledge;
  }

  completions(
    uri: string,
    offset: (text: TextDocument) => number,
  ): { readonly text: TextDocument; readonly completions: readonly Completion[] } | undefined {
    const open = this.open(uri);
    return open && { text: open.text, completions: open.tools.packCompletionsAt(open.file, offset(open.text)) };
  }

  hover(uri: string, offset: (text: TextDocument) => number): Hover | undefined {
    const open = this.open(uri);
    if (!open) return undefined;
    const hover = open.tools.packHoverAt(open.file, offset(open.text));
    return hover && toHover(open.text, hover);
  }

  /** What a name in such a file means. */
  cardOf(uri: string, about: Meaning): string | undefined {
    const open = this.open(uri);
    return open && cardOf(about, takeSnapshot('', open.file.catalogue, ''));
  }

  private open(uri: string): { readonly text: TextDocument; readonly file: PackFile; readonly tools: PackTools } | undefined {
    const text = this.documents.packText(uri);
    const name = INSIDE.exec(keyOf(uri))?.[1];
    const { tools } = this.packs;
    if (!text || name === undefined || !tools) return undefined;
    const { schemas } = this.packs.base();
    return { text, tools, file: { text: text.getText(), name, schemas, catalogue: this.knowledge().catalogueOf(uri) } };
  }
}
