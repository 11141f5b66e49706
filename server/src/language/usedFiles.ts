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
  /** The snapshot of a file that is kept anyway, because an author has it open. */
  open?(file: string): Snapshot | undefined;
}

/** What was found out since files last changed. */
interface Round {
  readonly links: Map<string, readonly string[]>;
  readonly used: Map<Catalogue, Map<string, UsedSnapshot>>;
}

/**
 * The models that other models use, each read once. As long as a file has the same text, and what it uses is the same, its
 * snapshot is the same object.
 */
export class UsedFiles {
  readonly #access: UseAccess;
  readonly #today: () => string;
  readonly #onBug: OnBug | undefined;
  readonly #syntax = new Map<string, SyntaxDocument>();
  readonly #snapshots = new WeakMap<Catalogue, Map<string, Snapshot>>();
  #round: Round = { links: new Map(), used: new Map() };

  constructor(access: UseAccess, today: () => string, onBug?: OnBug) {
    this.#access = access;
    this.#today = today;
    this.#onBug = onBug;
  }

  /** Files, or where paths lead, or the day, may be different now. */
  changed(): void {
    this.#round = { links: new Map(), used: new Map() };
  }

  /** What the paths in a file lead to, for a snapshot of it. */
  useOf(from: string, catalogue: Catalogue): UseFile {
    return (path) => {
      const found = this.#access.find(from, path);
      if ('refusal' in found) return found;
      const refusal = judgeLink(from, found.file, (file) => this.#linksOf(file));
      return refusal ? { refusal } : this.#used(found.file, catalogue);
    };
  }

  #used(file: string, catalogue: Catalogue): UsedSnapshot {
    const used = ofKey(this.#round.used, catalogue);
    let found = used.get(file);
    if (!found) used.set(file, (found = this.#take(file, catalogue)));
    return found;
  }

  #take(file: string, catalogue: Catalogue): UsedSnapshot {
    const open = this.#access.open?.(file);
    if (open?.catalogue === catalogue) return { file, snapshot: open };
    const read = this.#access.read(file);
    if ('refusal' in read) return read;
    let known = this.#snapshots.get(catalogue);
    if (!known) this.#snapshots.set(catalogue, (known = new Map()));
    const before = known.get(file);
    const use = this.useOf(file, catalogue);
    const today = this.#today();
    if (before?.text === read.text && before.today === today && isCurrent(before, use)) return { file, snapshot: before };
    const snapshot = takeSnapshot(read.text, catalogue, today, before, this.#onBug, use);
    known.set(file, snapshot);
    return { file, snapshot };
  }

  #linksOf(file: string): readonly string[] {
    let links = this.#round.links.get(file);
    if (!links) this.#round.links.set(file, (links = this.#readLinks(file)));
    return links;
  }

  #readLinks(file: string): readonly string[] {
    const read = this.#access.read(file);
    if ('refusal' in read) return [];
    const syntax = parseDocument(read.text, this.#syntax.get(file));
    this.#syntax.set(file, syntax);
    return usedPaths(syntax).flatMap((path) => {
      const found = this.#access.find(file, path);
      return 'file' in found ? [found.file] : [];
    });
  }
}

function ofKey<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (!map) maps.set(key, (map = new Map()));
  return map;
}

/** Whether what a snapshot uses is still what its paths lead to. */
export function isCurrent({ used }: Snapshot, use: UseFile): boolean {
  for (const [path, before] of used) {
    const now = use(path);
    const same =
      'snapshot' in before ? 'snapshot' in now && now.snapshot === before.snapshot : 'refusal' in now && now.refusal === before.refusal;
    if (!same) return false;
  }
  return true;
}

/** Whether a file uses others at all. */
export function usesAny({ syntax }: Snapshot): boolean {
  return syntax.sections.some(({ items, pair }) => pair.key.text === 'use' && items !== undefined && items.length > 0);
}
