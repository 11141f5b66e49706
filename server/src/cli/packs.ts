import path from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { extendCatalogue, type Extended } from '../catalogue/pack/extend.ts';
import type { PackText } from '../catalogue/pack/files.ts';
import { findPackFolder, readPackFolder } from '../packFolder.ts';
import type { FileReport } from '../report/index.ts';
import type { Installation } from './surroundings.ts';
import { shown, type ModelFile } from './models.ts';

/** What an organisation's folder makes of the catalogue. */
export interface Pack extends Extended {
  /** Absolute. */
  readonly folder: string;
  readonly texts: readonly PackText[];
  /** The files that have problems, as they are reported. */
  readonly reports: readonly FileReport[];
}

/** The organisation's own rules that hold for each model, read once a folder. */
export class Packs {
  private readonly installation: Installation;
  private readonly folders = new Map<string, string | undefined>();
  private readonly packs = new Map<string, Pack>();

  constructor(installation: Installation) {
    this.installation = installation;
  }

  catalogueOf(model: ModelFile): Catalogue {
    return this.around(model.path === '-' ? '.' : path.dirname(model.path))?.catalogue ?? this.installation.catalogue();
  }

  /** The rules that hold for the files of a folder; `undefined` when there are only the built-in ones. */
  around(folder: string): Pack | undefined {
    const start = path.resolve(folder);
    if (!this.folders.has(start)) this.folders.set(start, findPackFolder(start));
    const found = this.folders.get(start);
    return found === undefined ? undefined : this.read(found);
  }

  /** The rules in a folder. */
  read(folder: string): Pack {
    let pack = this.packs.get(folder);
    if (!pack) {
      const texts = readPackFolder(folder);
      const extended = extendCatalogue(this.installation.packBase(), texts);
      this.packs.set(folder, (pack = { ...extended, folder, texts, reports: reportsOf(folder, texts, extended) }));
    }
    return pack;
  }

  /** The files with problems of all folders that were read. */
  reports(): FileReport[] {
    return [...this.packs.values()].flatMap(({ reports }) => reports);
  }
}

function reportsOf(folder: string, texts: readonly PackText[], { problems }: Extended): FileReport[] {
  return texts.flatMap(({ name, text }) => {
    const mine = problems.filter(({ file }) => file === name);
    return mine.length === 0 ? [] : [{ path: shown(path.join(folder, name)), text, problems: mine, findings: [], rules: true }];
  });
}
