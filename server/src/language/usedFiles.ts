import type { Catalogue } from '../catalogue/catalogue.ts';
import { usedPaths, type Refusal } from '../model/index.ts';
import { parseDocument, type SyntaxDocument } from '../syntax/index.ts';
import { takeSnapshot, type OnBug, type Snapshot, type UsedSnapshot, type UseFile } from './snapshot.ts';
import { judgeLink } from './useGraph.ts';

/** What reads the files that models use. It alone knows what a file is, where a workspace ends, and what may be read. */
export interface UseAccess {
  /** The file that a path leads to when it is written in the file `from`: always by the same name. */
  find(from: string, path: string): { readonly file: string } | { readonly refusal: Refusal };
  read(file: string): { readonly text: string } | { readonly refusal: Refusal };
}

/**
 * The models that other models use, each read once. Files are read when they are asked for, and as long as an access gives
 * the same text for a file, and the same for those it uses, its snapshot is the same object.
 */
export class UsedFiles {
  readonly #access: UseAccess;
  readonly #today: () => string;
  readonly #onBug: OnBug | undefined;
  readonly #syntax = new Map<string, SyntaxDocument>();
  readonly #snapshots = new WeakMap<Catalogue, Map<string, Snapshot>>();

  constructor(access: UseAccess, today: () => string, onBug?: OnBug) {
    this.#access = access;
    this.#today = today;
    this.#onBug = onBug;
  }

  /** What the paths in a file lead to, for a snapshot of it. */
  useOf(from: string, catalogue: Catalogue): UseFile {
    return (path) => {
      const found = this.#access.find(from, path);
      if ('refusal' in found) return found;
      const refusal = judgeLink(from, found.file, (file) => this.#linksOf(file));
      return refusal ? { refusal } : this.#take(found.file, catalogue);
    };
  }

  #take(file: string, catalogue: Catalogue): UsedSnapshot {
    const read = this.#access.read(file);
    if ('refusal' in read) return read;
    let known = this.#snapshots.get(catalogue);
    if (!known) this.#snapshots.set(catalogue, (known = new Map()));
    const before = known.get(file);
    const use = this.useOf(file, catalogue);
    if (before && before.text === read.text && before.today === this.#today() && isCurrent(before, use)) return { file, snapshot: before };
    const snapshot = takeSnapshot(read.text, catalogue, this.#today(), before, this.#onBug, use);
    known.set(file, snapshot);
    return { file, snapshot };
  }

  #linksOf(file: string): readonly string[] {
    const read = this.#access.read(file);
    if ('refusal' in read) return [];
    let syntax = this.#syntax.get(file);
    if (syntax?.text !== read.text) this.#syntax.set(file, (syntax = parseDocument(read.text, syntax)));
    return usedPaths(syntax).flatMap((path) => {
      const found = this.#access.find(file, path);
      return 'file' in found ? [found.file] : [];
    });
  }
}

/** Whether what a snapshot uses is still what its paths lead to. */
export function isCurrent({ used }: Snapshot, use: UseFile): boolean {
  for (const [path, before] of used) {
    const now = use(path);
    const same = 'snapshot' in before ? 'snapshot' in now && now.snapshot === before.snapshot : 'refusal' in now && now.refusal === before.refusal;
    if (!same) return false;
  }
  return true;
}
