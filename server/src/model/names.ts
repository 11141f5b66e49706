import type { Catalogue } from '../catalogue/catalogue.ts';
import { absolute } from '../syntax/tree.ts';
import type { Declared, Read } from './declared.ts';
import { isPrivate, type Word } from './fields.ts';
import type { Imports } from './imports.ts';
import { findKind } from './kinds.ts';
import { nearest } from './nearest.ts';
import { quote, withSuggestions, type Note, type Notes, type Sort, type Wanted } from './notes.ts';

/** Names whose absence is explained by a problem that is reported where it is. */
export interface Excuses {
  readonly ids: Set<string>;
  /** Nothing of these sorts could be read. */
  readonly sorts: Set<Sort | 'data'>;
}

/** An id, or several, found twice: positions of the later and of the first. */
interface Clash {
  readonly code: 'duplicate-id' | 'ids-differ-by-case';
  readonly later: number;
  /** `undefined`: a thing of another file. */
  readonly first: number | undefined;
}

// Looking for similar names is the one thing here that is not linear; so many comparisons one version may cost.
const COMPARISONS = 200_000;

/**
 * Who has which id, and what a reference finds. Holds for all versions that declare the same: a version in which no id
 * has changed uses the names of the one before, and what references found with them.
 */
export class Names {
  /** Positions of what has its id for itself, by sort and in source order. */
  readonly owners: Readonly<Record<Read['sort'], readonly number[]>>;
  readonly #ranks: Int32Array;
  readonly #catalogue: Catalogue;
  readonly #declared: Declared;
  readonly #excuses: Excuses;
  readonly #imports: Imports;
  /** Boundaries, elements and flows share one namespace. Ids to positions. */
  readonly #drawn = new Map<string, number>();
  readonly #data = new Map<string, number>();
  /** Ids that several sorts want. */
  readonly #contested = new Set<string>();
  readonly #clashes: Clash[] = [];
  readonly #suggested = new Map<string, readonly string[]>();

  constructor(catalogue: Catalogue, declared: Declared, excuses: Excuses, imports: Imports) {
    this.#catalogue = catalogue;
    this.#imports = imports;
    this.#declared = declared;
    this.#excuses = excuses;
    const mixedDrawn = new Map<string, number>();
    const mixedData = new Map<string, number>();
    const owners: Record<Read['sort'], number[]> = { boundary: [], data: [], element: [], flow: [] };
    this.#ranks = new Int32Array(declared.reads.length).fill(-1);
    declared.reads.forEach(({ sort }, position) => {
      const isOwner = sort === 'data' ? this.#declare(position, this.#data, mixedData) : this.#declare(position, this.#drawn, mixedDrawn);
      if (isOwner) this.#ranks[position] = owners[sort].push(position) - 1;
    });
    this.owners = owners;
  }

  /** Which of the owners of its sort is declared at a position; -1 for what has no id of its own. */
  rankOf(position: number): number {
    return this.#ranks[position] ?? -1;
  }

  /** Whether these names hold for another version too, of which the one before had them. */
  holdFor({ changed, reads, sections }: Declared, excuses: Excuses, imports: Imports): boolean {
    const mine = this.#declared;
    const isSame = (read: Read, at: number): boolean => read.id === mine.reads[at]!.id && read.sort === mine.reads[at]!.sort;
    if (changed) {
      if (!changed.every((at) => isSame(reads[at]!, at))) return false;
    } else {
      if (reads.length !== mine.reads.length) return false;
      if (!reads.every((read, at) => sections[at] === mine.sections[at] && isSame(read, at))) return false;
    }
    const kept = this.#excuses;
    return same(kept.ids, excuses.ids) && same(kept.sorts, excuses.sorts) && this.#imports.sameNames(imports);
  }

  reportClashes(notes: Notes, { reads, bases }: Declared): void {
    for (const { code, later, first } of this.#clashes) {
      const [read, other] = [reads[later], reads[first ?? -1]];
      if (!read) continue;
      const placed = notes.at(bases[later] ?? 0);
      if (!other || first === undefined) {
        const message = `The id ${quote(read.id)} is taken by ${withArticle(read.sort === 'data' ? 'data' : this.sortOf(read.id)!)} of the file that is used`;
        placed.error(code, message, read.pair.key);
        continue;
      }
      const related = [{ message: `The ${nameOf(other.sort)} ${quote(other.id)}`, span: absolute(bases[first] ?? 0, other.pair.key) }];
      if (code === 'duplicate-id') {
        placed.error(code, `The id ${quote(read.id)} is taken by ${withArticle(other.sort)}`, read.pair.key, { related });
      } else {
        const message = `${quote(read.id)} differs only in case from the ${nameOf(other.sort)} ${quote(other.id)}`;
        placed.hint(code, message, read.pair.key, { related });
      }
    }
  }

  /** The sort of what has this id. */
  sortOf(id: string): Sort | undefined {
    const position = this.#drawn.get(id);
    const sort = position === undefined ? this.#imports.drawn(id)?.type : this.#declared.reads[position]!.sort;
    return sort === 'data' ? undefined : sort;
  }

  /** Position of what has this id, in versions for which these names hold. */
  positionOf(id: string, isData: boolean): number | undefined {
    return (isData ? this.#data : this.#drawn).get(id);
  }

  /** The id of the element that is named; so with the others. An id is what is written, but for a second name of a used file. */
  element(notes: Notes, word: Word, role: string): string | undefined {
    return this.#find(notes, word, ELEMENT, role);
  }

  boundary(notes: Notes, word: Word): string | undefined {
    return this.#find(notes, word, BOUNDARY);
  }

  guarded(notes: Notes, word: Word): string | undefined {
    return this.#find(notes, word, GUARDED, 'what is guarded is a flow or an element');
  }

  /** What an acceptance or a threat is about: anything drawn, or the model as a whole. */
  subject(notes: Notes, word: Word): string | undefined {
    return word.text === '$model' ? word.text : this.#find(notes, word, SUBJECT);
  }

  /** The id of the asset or the data kind that is named. */
  dataNamed(notes: Notes, word: Word): string | undefined {
    if (this.#data.has(word.text)) return word.text;
    const kind = findKind(this.#catalogue, 'dataKinds', word.text);
    if (kind !== undefined) return kind;
    const imported = this.#imports.isEmpty ? undefined : this.#imports.find(word.text, true);
    if (imported && imported !== 'excused') return imported.id;
    if (!imported && !this.#isExcused(word.text, DATA)) {
      const message = `${quote(word.text)} is neither a data asset of this file nor a data kind`;
      notes.error('unknown-data', message, word, { wanted: { name: word.text, among: 'data' } });
    }
    return undefined;
  }

  /** The finished problems: what their authors may have meant is said of as many as can be afforded. */
  answer(notes: readonly Note[]): Note[] {
    const size = this.#drawn.size + this.#data.size + 1;
    let affordable = Math.ceil(COMPARISONS / size);
    const asked = new Set<string>();
    return notes.map((note) => {
      if (!note.wanted) return note;
      const { wanted, ...problem } = note;
      const key = `${wanted.among} ${wanted.name}`;
      if (!asked.has(key) && affordable-- <= 0) return problem;
      asked.add(key);
      let suggestions = this.#suggested.get(key);
      if (!suggestions) this.#suggested.set(key, (suggestions = this.#suggest(wanted)));
      return withSuggestions(problem, suggestions);
    });
  }

  /** `mixed`: the first of the ids so far that are one in lower case, for those that are not written so. */
  #declare(position: number, names: Map<string, number>, mixed: Map<string, number>): boolean {
    const { reads, sections } = this.#declared;
    const read = reads[position];
    if (!read) return false;
    if (!this.#imports.isEmpty && this.#imports.find(read.id, read.sort === 'data')) {
      this.#clashes.push({ code: 'duplicate-id', later: position, first: undefined });
      return false;
    }
    const first = names.get(read.id);
    if (first !== undefined) {
      // What refers to the id may mean the one that lost it.
      if (reads[first]?.sort !== read.sort) this.#contested.add(read.id);
      // A key that is written twice in one map is a problem of the syntax.
      if (sections[first] !== sections[position]) this.#clashes.push({ code: 'duplicate-id', later: position, first });
      return false;
    }
    const folded = read.id.toLowerCase();
    const similar = Math.min(names.get(folded) ?? Infinity, mixed.get(folded) ?? Infinity);
    if (similar < position) this.#clashes.push({ code: 'ids-differ-by-case', later: position, first: similar });
    else if (folded !== read.id) mixed.set(folded, position);
    names.set(read.id, position);
    return true;
  }

  /** `needed` says what belongs there, when something else is found. */
  #find(notes: Notes, word: Word, role: Role, needed?: string): string | undefined {
    const { among, sorts } = role;
    const imported = this.#imports.isEmpty ? undefined : this.#imports.find(word.text, false);
    if (imported === 'excused') return undefined;
    const id = imported?.id ?? word.text;
    const found = this.sortOf(id);
    if (found && sorts.includes(found)) return id;
    if (this.#isExcused(word.text, sorts)) return undefined;
    if (found) {
      const instead = needed === undefined ? `${withArticle(found)}, not a ${among}` : `a ${found}: ${needed}`;
      notes.error(role.wrong, `${quote(word.text)} is ${instead}`, word);
    } else {
      const why = isPrivate(word.text) ? ' (what begins with "x-" is not read)' : '';
      notes.error(role.unknown, `${role.text} ${quote(word.text)}${why}`, word, { wanted: { name: word.text, among } });
    }
    return undefined;
  }

  #isExcused(id: string, sorts: readonly (Sort | 'data')[]): boolean {
    const { ids, sorts: unread } = this.#excuses;
    return ids.has(id) || this.#contested.has(id) || sorts.some((sort) => unread.has(sort));
  }

  #suggest({ name, among }: Wanted): readonly string[] {
    if (among === 'data') return nearest(name, this.#data.keys(), this.#imports.ids(true), this.#catalogue.dataKinds.keys());
    const { sorts } = ROLES[among];
    const all = [...this.#drawn.keys(), ...this.#imports.ids(false)];
    return nearest(name, ...sorts.map((sort) => all.filter((id) => this.sortOf(id) === sort)));
  }
}

function same<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  if (a.size !== b.size) return false;
  for (const one of a) if (!b.has(one)) return false;
  return true;
}

function nameOf(sort: Read['sort']): string {
  return sort === 'data' ? 'data asset' : sort;
}

function withArticle(sort: Read['sort']): string {
  return sort === 'element' ? 'an element' : `a ${nameOf(sort)}`;
}

interface Role {
  readonly among: Exclude<Wanted['among'], 'data'>;
  readonly sorts: readonly Sort[];
  readonly unknown: string;
  readonly wrong: string;
  readonly text: string;
}

const DATA = ['data'] as const;
const ELEMENT: Role = {
  among: 'element',
  sorts: ['element'],
  unknown: 'unknown-element',
  wrong: 'not-an-element',
  text: 'There is no element',
};
const BOUNDARY: Role = {
  among: 'boundary',
  sorts: ['boundary'],
  unknown: 'unknown-boundary',
  wrong: 'not-a-boundary',
  text: 'There is no boundary',
};
const GUARDED: Role = {
  among: 'guarded',
  sorts: ['flow', 'element'],
  unknown: 'unknown-guarded',
  wrong: 'not-guardable',
  text: 'There is no flow or element',
};
const SUBJECT: Role = {
  among: 'subject',
  sorts: ['element', 'flow', 'boundary'],
  unknown: 'unknown-subject',
  wrong: 'unknown-subject',
  text: 'There is no element, flow or boundary',
};
const ROLES = { element: ELEMENT, boundary: BOUNDARY, guarded: GUARDED, subject: SUBJECT } as const;
