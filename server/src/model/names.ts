import type { Catalogue } from '../catalogue/catalogue.ts';
import { absolute, type Section, type Span } from '../syntax/tree.ts';
import type { ElementRead } from './elements.ts';
import { isPrivate, type Word } from './fields.ts';
import type { FlowRead } from './flows.ts';
import { findKind } from './kinds.ts';
import { nearest } from './nearest.ts';
import { quote, type Notes } from './notes.ts';
import type { BoundaryRead, DataRead } from './things.ts';

export type Sort = 'boundary' | 'element' | 'flow';
export type Drawn = BoundaryRead | ElementRead | FlowRead;

/** Something with an id, and where this version of the file has it. */
export interface Declared<Read> {
  readonly read: Read;
  readonly base: number;
  readonly section: Section;
}

// Looking for similar names is the one thing here that is not linear; so many comparisons one version may cost.
const COMPARISONS = 100_000;

/**
 * The names of one version of a file: who has which id, and what a reference finds. A name that finds nothing is reported
 * once, unless a problem that is reported elsewhere explains it.
 */
export class Names {
  /** Boundaries, elements and flows share one namespace. */
  readonly drawn = new Map<string, Declared<Drawn>>();
  readonly data = new Map<string, Declared<DataRead>>();
  readonly #catalogue: Catalogue;
  readonly #lower = new Map<string, string>();
  readonly #lowerData = new Map<string, string>();
  readonly #explained = new Set<string>();
  readonly #unread = new Set<Sort | 'data'>();
  readonly #foreign = new Set<string>();
  readonly #suggested = new Map<string, readonly string[]>();
  #comparisons = 0;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** `false` when the id is taken. */
  declare(notes: Notes, read: Drawn, base: number, section: Section): boolean {
    return declareIn(this.drawn, this.#lower, notes, { read, base, section }, (taken) => {
      // What refers to the id may mean the one that lost it.
      if (taken.sort !== read.sort) this.#explained.add(read.id);
    });
  }

  declareData(notes: Notes, read: DataRead, base: number, section: Section): boolean {
    return declareIn(this.data, this.#lowerData, notes, { read, base, section }, () => undefined);
  }

  /** References to this id are explained by a problem that is reported where it is written. */
  explain(id: string): void {
    this.#explained.add(id);
  }

  /** Nothing of this sort could be read. */
  explainSort(sort: Sort | 'data'): void {
    this.#unread.add(sort);
  }

  /** Ids that begin with `prefix.` are those of another file. */
  explainPrefix(prefix: string): void {
    this.#foreign.add(prefix);
  }

  element(notes: Notes, word: Word, role: string): boolean {
    return this.#find(notes, word, ['element'], 'element', (sort) => `${quote(word.text)} is a ${sort}: ${role}`);
  }

  boundary(notes: Notes, word: Word): boolean {
    return this.#find(notes, word, ['boundary'], 'boundary', (sort) => `${quote(word.text)} is ${withArticle(sort)}, not a boundary`);
  }

  guarded(notes: Notes, word: Word): boolean {
    const wrong = (sort: Sort): string => `${quote(word.text)} is a ${sort}: what is guarded is a flow or an element`;
    return this.#find(notes, word, ['flow', 'element'], 'guarded', wrong);
  }

  /** What an acceptance or a threat is about: anything drawn, or the model as a whole. */
  subject(notes: Notes, word: Word): boolean {
    return word.text === '$model' || this.#find(notes, word, ['element', 'flow', 'boundary'], 'subject', () => '');
  }

  /** The id of the asset or the data kind that is named. */
  dataNamed(notes: Notes, word: Word): string | undefined {
    if (this.data.has(word.text)) return word.text;
    const kind = findKind(this.#catalogue, 'dataKinds', word.text);
    if (kind !== undefined) return kind;
    if (this.#isExplained(word.text, ['data'])) return undefined;
    const suggestions = this.#suggest(word.text, 'data', this.data.keys(), this.#catalogue.dataKinds.keys());
    notes.error('unknown-data', `${quote(word.text)} is neither a data asset of this file nor a data kind`, word.span, { suggestions });
    return undefined;
  }

  #find(notes: Notes, word: Word, sorts: readonly Sort[], role: keyof typeof ROLES, wrong: (sort: Sort) => string): boolean {
    const found = this.drawn.get(word.text)?.read.sort;
    if (found && sorts.includes(found)) return true;
    if (this.#isExplained(word.text, sorts)) return false;
    if (found) {
      notes.error(ROLES[role].wrong, wrong(found), word.span);
    } else {
      const suggestions = this.#suggest(word.text, role, ...sorts.map((sort) => this.#idsOf(sort)));
      const why = isPrivate(word.text) ? ' (what begins with "x-" is not read)' : '';
      notes.error(ROLES[role].unknown, `${ROLES[role].text} ${quote(word.text)}${why}`, word.span, { suggestions });
    }
    return false;
  }

  #isExplained(id: string, sorts: readonly (Sort | 'data')[]): boolean {
    if (this.#explained.has(id) || sorts.some((sort) => this.#unread.has(sort))) return true;
    const dot = id.indexOf('.');
    return dot > 0 && this.#foreign.has(id.slice(0, dot));
  }

  *#idsOf(sort: Sort): Iterable<string> {
    for (const [id, { read }] of this.drawn) if (read.sort === sort) yield id;
  }

  #suggest(word: string, role: string, ...groups: Iterable<string>[]): readonly string[] {
    const key = `${role} ${word}`;
    let suggestions = this.#suggested.get(key);
    if (!suggestions) {
      const affordable = this.#comparisons < COMPARISONS;
      if (affordable) this.#comparisons += this.drawn.size;
      suggestions = affordable ? nearest(word, ...groups) : [];
      this.#suggested.set(key, suggestions);
    }
    return suggestions;
  }
}

interface Identified {
  readonly id: string;
  readonly sort: string;
  readonly pair: { readonly key: Span };
}

function declareIn<Read extends Identified>(
  names: Map<string, Declared<Read>>,
  lower: Map<string, string>,
  notes: Notes,
  declared: Declared<Read>,
  onTaken: (by: Read) => void,
): boolean {
  const { id, pair } = declared.read;
  const taken = names.get(id);
  const placed = notes.at(declared.base);
  if (taken) {
    onTaken(taken.read);
    // A key that is written twice in one map is a problem of the syntax.
    if (taken.section !== declared.section) {
      const message = `The id ${quote(id)} is taken by ${withArticle(taken.read.sort)}`;
      placed.error('duplicate-id', message, pair.key, { related: [firstPlace(taken, `The ${nameOf(taken.read.sort)} with this id`)] });
    }
    return false;
  }
  const folded = id.toLowerCase();
  const similar = lower.get(folded);
  const first = similar === undefined ? undefined : names.get(similar);
  if (first) {
    const message = `${quote(id)} differs only in case from the ${nameOf(first.read.sort)} ${quote(first.read.id)}`;
    placed.hint('ids-differ-by-case', message, pair.key, {
      related: [firstPlace(first, `The ${nameOf(first.read.sort)} ${quote(first.read.id)}`)],
    });
  } else {
    lower.set(folded, id);
  }
  names.set(id, declared);
  return true;

  function firstPlace({ read, base }: Declared<Read>, message: string) {
    return { message, span: absolute(base, read.pair.key) };
  }
}

function nameOf(sort: string): string {
  return sort === 'data' ? 'data asset' : sort;
}

function withArticle(sort: string): string {
  return sort === 'element' ? 'an element' : `a ${nameOf(sort)}`;
}

const ROLES = {
  element: { unknown: 'unknown-element', wrong: 'not-an-element', text: 'There is no element' },
  boundary: { unknown: 'unknown-boundary', wrong: 'not-a-boundary', text: 'There is no boundary' },
  guarded: { unknown: 'unknown-guarded', wrong: 'not-guardable', text: 'There is no flow or element' },
  subject: { unknown: 'unknown-subject', wrong: 'unknown-subject', text: 'There is no element, flow or boundary' },
} as const;
