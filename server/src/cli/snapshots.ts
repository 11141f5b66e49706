import { realpathSync } from 'node:fs';
import path from 'node:path';
import { takeSnapshot, type OnBug, type Snapshot } from '../language/snapshot.ts';
import { UsedFiles } from '../language/usedFiles.ts';
import { diskAccess, rootAround } from '../useAccess.ts';
import { decode, type ModelText } from './models.ts';
import type { Packs } from './packs.ts';

/** Models with all that is known of them: the rules that hold for each, and the files that it uses. */
export class Snapshots {
  private readonly packs: Packs;
  private readonly today: string;
  private readonly used: UsedFiles;

  /** `onBug` is told of errors of the program itself in files that are used. */
  constructor(packs: Packs, today: string, onBug: OnBug) {
    this.packs = packs;
    this.today = today;
    const access = diskAccess((file) => rootAround(file, process.cwd()), decode);
    this.used = new UsedFiles(access, () => today, onBug);
  }

  of(model: ModelText, onBug: OnBug): Snapshot {
    const catalogue = this.packs.catalogueOf(model);
    const use = model.path === '-' ? undefined : this.used.useOf(realpathSync.native(model.path), catalogue);
    return takeSnapshot(model.text, catalogue, this.today, undefined, onBug, use);
  }
}

/** The files that a model uses, itself and through others, by their real names; of one that is missing, where it should be. */
export function filesUsedBy(file: string, { used }: Snapshot, seen = new Set<string>()): ReadonlySet<string> {
  for (const [written, it] of used) {
    const name = 'snapshot' in it ? it.file : path.resolve(path.dirname(file), written);
    if (seen.has(name)) continue;
    seen.add(name);
    if ('snapshot' in it) filesUsedBy(it.file, it.snapshot, seen);
  }
  return seen;
}
