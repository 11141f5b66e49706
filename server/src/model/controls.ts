import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Control, GivenBy } from '../catalogue/vocabulary.ts';
import type { Node, Pair, PlacedPair, ScalarNode, Span } from '../syntax/tree.ts';
import { COMMON_KEYS, Fields, isPrivate, noValue, readDate, readText, readWord, unknownKeys, wrongShape, type Word } from './fields.ts';
import { STATUSES, type ControlStatement, type Status } from './model.ts';
import { nearest } from './nearest.ts';
import { either, quote, type Notes } from './notes.ts';

const DETAILS: ReadonlySet<string> = new Set(['status', 'reason', 'evidence', 'owner', 'due', ...COMMON_KEYS]);

/** What a `controls:` says in any of its notations, at a place of sort `giver`. */
export function readControls(notes: Notes, catalogue: Catalogue, giver: GivenBy, pair: Pair | undefined): readonly ControlStatement[] {
  const value = pair?.value;
  if (!pair || !value) return NONE;
  const reader = new ControlsReader(catalogue, giver);
  if (value.type === 'map') for (const entry of value.pairs) reader.entry(notes, entry);
  else reader.list(notes, pair.key.text, value);
  return reader.statements;
}

/** The same for controls whose entries are placed each for itself, as those of the whole system are. */
export function readPlacedControls(notes: Notes, catalogue: Catalogue, entries: readonly PlacedPair[]): readonly ControlStatement[] {
  const reader = new ControlsReader(catalogue, 'system');
  for (const { base, pair } of entries) reader.entry(notes.at(base), pair);
  return reader.statements;
}

class ControlsReader {
  readonly statements: ControlStatement[] = [];
  readonly #catalogue: Catalogue;
  readonly #giver: GivenBy;
  readonly #names = new Set<string>();

  constructor(catalogue: Catalogue, giver: GivenBy) {
    this.#catalogue = catalogue;
    this.#giver = giver;
  }

  /** `[control, …]`: each is in place. */
  list(notes: Notes, key: string, value: Exclude<Node, { type: 'map' }>): void {
    if (value.type === 'scalar') wrongShape(notes, key, 'a list', value);
    for (const item of value.type === 'seq' ? value.items : [value]) {
      if (item?.type === 'scalar') this.#state(notes, item, { status: 'in-place', statusSpan: undefined, details: Fields.NONE });
      else if (item) wrongShape(notes, key, 'names of controls (or, instead of the list, a map from control to status)', item);
    }
  }

  /** `control: status` or `control: { status, … }`. */
  entry(notes: Notes, { key, value }: Pair): void {
    // A key that is written twice is a problem of the syntax.
    if (isCommon(key, value) || this.#names.has(key.text)) return;
    this.#names.add(key.text);
    if (!value) {
      if (this.#find(notes, key)) noValue(notes, key);
    } else if (value.type === 'seq') {
      wrongShape(notes, key.text, 'a status or a map', value);
    } else if (value.type === 'scalar') {
      this.#state(notes, key, { ...readStatus(notes, value), details: Fields.NONE });
    } else {
      const known = new Fields(value.pairs, DETAILS);
      const meant = unknownKeys(notes, known.others, `The statement on ${quote(key.text)}`, DETAILS);
      const word = readWord(notes, known.get('status'));
      if (!known.has('status') && !meant.has('status')) {
        notes.error('missing-status', `Say the status of ${quote(key.text)}: ${either(STATUSES)}`, key);
      }
      this.#state(notes, key, { ...readStatus(notes, word), details: known });
    }
  }

  #state(notes: Notes, name: ScalarNode, said: Said): void {
    const control = this.#find(notes, name);
    const { details } = said;
    const due = readDate(notes, details.get('due'))?.text;
    const reason = readText(notes, details.get('reason'));
    if (!control || !said.status) return;
    const first = this.statements.find((statement) => statement.control === control.id);
    if (first) {
      const related = [{ message: 'It is stated here', span: first.span }];
      notes.warning('duplicate-control', `${quote(name.text)} is stated already; the first statement counts`, name, { related });
      return;
    }
    if (said.status === 'not-applicable' && !reason) {
      notes.error('missing-reason', `Say why ${quote(name.text)} is not applicable: add a reason`, said.statusSpan ?? name);
    }
    const span = notes.place(name);
    this.statements.push({
      control: control.id,
      status: said.status,
      reason,
      evidence: readText(notes, details.get('evidence')),
      owner: readText(notes, details.get('owner')),
      due,
      counts: this.#counts(notes, control, name) && !this.#refused(notes, control, name, said),
      span,
      statusSpan: said.statusSpan ? notes.place(said.statusSpan) : span,
    });
  }

  #find(notes: Notes, name: ScalarNode): Control | undefined {
    const { controls } = this.#catalogue;
    const control = controls.get(name.text) ?? controls.get(this.#catalogue.alias('controls', name.text));
    if (!control) {
      const fitting = [...controls.values()].filter(({ givenBy }) => givenBy.includes(this.#giver)).map(({ id }) => id);
      const suggestions = nearest(name.text, fitting, controls.keys());
      notes.error('unknown-control', `Unknown control ${quote(name.text)}`, name, { suggestions });
    }
    return control;
  }

  /** An organisation may demand a control: then nobody can declare that it does not apply. */
  #refused(notes: Notes, control: Control, name: ScalarNode, { status, statusSpan }: Said): boolean {
    if (status !== 'not-applicable' || !this.#catalogue.mandatory.has(control.id)) return false;
    notes.error(
      'mandatory-control',
      `${quote(name.text)} is mandatory in your organisation: it cannot be ${quote(status)}`,
      statusSpan ?? name,
    );
    return true;
  }

  #counts(notes: Notes, control: Control, name: ScalarNode): boolean {
    if (control.givenBy.includes(this.#giver)) return true;
    const places = either(control.givenBy.map((place) => GIVERS[place]));
    notes.warning(
      'control-misplaced',
      `${quote(name.text)} counts nowhere here: it is given by ${places}, not by ${GIVERS[this.#giver]}`,
      name,
    );
    return false;
  }
}

interface Said {
  readonly status: Status | undefined;
  readonly statusSpan: Span | undefined;
  readonly details: Fields;
}

function readStatus(notes: Notes, word: Word | undefined): Pick<Said, 'status' | 'statusSpan'> {
  if (!word) return { status: undefined, statusSpan: undefined };
  const status = STATUSES.find((candidate) => candidate === word.text);
  if (!status) {
    const suggestions = nearest(word.text, STATUSES);
    const legal = suggestions.length > 0 ? '' : `; say ${either(STATUSES)}`;
    notes.error('unknown-status', `Unknown status ${quote(word.text)}${legal}`, word, { suggestions });
  }
  return { status, statusSpan: word };
}

/** `description`, `tags` and the author's own keys say nothing about a control. */
function isCommon(key: ScalarNode, value: Node | null): boolean {
  if (isPrivate(key.text)) return true;
  return (key.text === 'description' && value?.type !== 'map') || (key.text === 'tags' && value?.type === 'seq');
}

const NONE: readonly never[] = [];
const GIVERS: Readonly<Record<GivenBy, string>> = {
  element: 'an element',
  flow: 'a flow',
  boundary: 'a boundary',
  system: 'the whole system',
};
