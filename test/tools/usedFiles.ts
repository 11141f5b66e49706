import path from 'node:path';
import type { Catalogue } from '../../server/src/catalogue/catalogue.ts';
import { takeSnapshot, type Snapshot } from '../../server/src/language/snapshot.ts';
import { UsedFiles, type UseAccess } from '../../server/src/language/usedFiles.ts';
import { TODAY } from './analyseText.ts';
import { readCatalogue } from './catalogue.ts';

/** Models in memory that use each other, by name: `app`, `shared/platform`. What is outside is outside. */
export class Workspace {
  readonly files: Map<string, string>;
  readonly catalogue: Catalogue;
  readonly used: UsedFiles;
  readonly bugs: unknown[] = [];
  private readonly taken = new Map<string, Snapshot>();

  constructor(files: Readonly<Record<string, string>>, catalogue: Catalogue = readCatalogue()) {
    this.catalogue = catalogue;
    this.files = new Map(Object.entries(files).map(([name, text]) => [`${name}.threatmodel.yaml`, text]));
    const access: UseAccess = {
      find: (from, written) => {
        const file = path.posix.join(path.posix.dirname(from), written);
        if (file.startsWith('../')) return { refusal: 'outside' };
        return this.files.has(file) ? { file } : { refusal: 'not-found' };
      },
      read: (file) => ({ text: this.files.get(file) ?? '' }),
    };
    this.used = new UsedFiles(
      access,
      () => TODAY,
      (_, error) => this.bugs.push(error),
    );
  }

  write(name: string, text: string): void {
    this.files.set(`${name}.threatmodel.yaml`, text);
    this.used.changed();
  }

  text(name: string): string {
    return this.files.get(`${name}.threatmodel.yaml`) ?? '';
  }

  /** Each time with what the time before has learnt. */
  snapshot(name: string): Snapshot {
    const snapshot = this.read(name, this.taken.get(name));
    this.taken.set(name, snapshot);
    return snapshot;
  }

  /** As if for the first time. */
  fresh(name: string): Snapshot {
    return new Workspace(
      Object.fromEntries([...this.files].map(([file, text]) => [file.slice(0, -'.threatmodel.yaml'.length), text])),
      this.catalogue,
    ).snapshot(name);
  }

  private read(name: string, before: Snapshot | undefined): Snapshot {
    const file = `${name}.threatmodel.yaml`;
    const use = this.used.useOf(file, this.catalogue);
    return takeSnapshot(this.text(name), this.catalogue, TODAY, before, (_, error) => this.bugs.push(error), use);
  }
}
