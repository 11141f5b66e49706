import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { Node, Section } from '../syntax/tree.ts';
import {
  COMMON_KEYS,
  Fields,
  noValue,
  readDate,
  readList,
  readOneOf,
  readText,
  readWord,
  sectionShape,
  unknownKeys,
  wrongShape,
  type Word,
} from './fields.ts';
import type { Acceptance, AuthorThreat, Review } from './model.ts';
import type { Names } from './names.ts';
import { nearest } from './nearest.ts';
import { either, quote, type Notes } from './notes.ts';

const THREAT_KEYS: ReadonlySet<string> = new Set(['title', 'at', 'category', 'severity', 'status', 'source', ...COMMON_KEYS]);
const ACCEPTED_KEYS: ReadonlySet<string> = new Set(['rule', 'at', 'from', 'owner', 'reason', 'until', ...COMMON_KEYS]);
const REVIEW_KEYS: ReadonlySet<string> = new Set(['by', 'on', 'decision', 'model', 'comment', ...COMMON_KEYS]);
const DECISIONS: readonly Review['decision'][] = ['approved', 'changes-requested'];
const MODEL = '$model';

/** One entry of a list section: its fields, and what its author meant by misspelt keys. */
interface Entry {
  readonly node: Node;
  readonly known: Fields;
  readonly meant: ReadonlySet<string>;
}

export function readAssumptions(notes: Notes, section: Section): string[] {
  return sectionItems(notes, section).flatMap((item) => {
    if (item.type === 'scalar') return [item.text];
    wrongShape(notes, section.pair.key.text, 'texts', item);
    return [];
  });
}

export function readThreats(notes: Notes, section: Section, names: Names): AuthorThreat[] {
  return entries(notes, section, 'A threat', THREAT_KEYS).flatMap(({ node, known, meant }) => {
    const title = required(notes, node, known, meant, 'title', 'Say the title of the threat');
    const at = readWord(notes, known.get('at'));
    const found = at === undefined ? MODEL : names.subject(notes, at);
    const threat = {
      at: found ?? MODEL,
      category: readText(notes, known.get('category')),
      severity: readOneOf(notes, known.get('severity'), SEVERITIES),
      status: readText(notes, known.get('status')),
      description: readText(notes, known.get('description')),
      source: readText(notes, known.get('source')),
      span: notes.place(node),
    };
    return title && found !== undefined ? [{ title: title.text, ...threat }] : [];
  });
}

export function readAccepted(notes: Notes, section: Section, names: Names, catalogue: Catalogue): Acceptance[] {
  return entries(notes, section, 'An acceptance', ACCEPTED_KEYS).flatMap(({ node, known, meant }) => {
    const rule = required(notes, node, known, meant, 'rule', 'Say which rule the acceptance is of');
    const id = rule && findRule(notes, catalogue, rule);
    const at = required(notes, node, known, meant, 'at', `Say what is accepted: an id, or ${MODEL}`);
    const found = at && names.subject(notes, at);
    const from = known.get('from');
    const sources = from && readList(notes, from).flatMap((word) => names.element(notes, word, 'a path comes from an element') ?? []);
    const until = readDate(notes, known.get('until'));
    const acceptance = {
      from: sources,
      owner: readText(notes, known.get('owner')),
      reason: readText(notes, known.get('reason')),
      until: until?.text,
      span: notes.place(node),
      untilSpan: until && notes.place(until),
    };
    if (!id || found === undefined) return [];
    const blank = (key: string): boolean => {
      const value = known.get(key)?.value;
      return value?.type === 'scalar' && value.text === '';
    };
    const lacking = ['owner', 'reason', 'until'].filter((key) => (!known.has(key) && !meant.has(key)) || blank(key));
    if (lacking.length > 0) {
      notes.warning('incomplete-acceptance', `Accepting ${quote(rule.text)} takes somebody who answers for it: add ${and(lacking)}`, rule);
    }
    return [{ rule: id, at: found, ...acceptance }];
  });
}

/** Reviews; `hash()` is that of the file as it is now, where that can be known. */
export function readReviews(notes: Notes, section: Section, today: string, hash: () => string | undefined): Review[] {
  return entries(notes, section, 'A review', REVIEW_KEYS).flatMap(({ node, known, meant }) => {
    const by = required(notes, node, known, meant, 'by', 'Say who reviewed');
    const decided = known.get('decision');
    const decision = decided?.value ? readOneOf(notes, decided, DECISIONS) : undefined;
    if (!decided?.value && !meant.has('decision')) {
      notes.error('missing-decision', `Say what was decided: ${either(DECISIONS)}`, decided?.key ?? entryPlace(node));
    }
    const on = readDate(notes, known.get('on'));
    if (on && on.text > today) notes.warning('date-in-future', `This review is dated ${on.text}, a day that has not come`, on);
    const model = readWord(notes, known.get('model'));
    const now = model && hash();
    const outdated = now !== undefined && model?.text !== now;
    if (model && outdated) notes.info('outdated-review', `The model has changed since this review; it is ${quote(now)} now`, model);
    const comment = readText(notes, known.get('comment'));
    if (!by || !decision) return [];
    return [{ by: by.text, on: on?.text, decision, model: model?.text, comment, outdated, span: notes.place(node) }];
  });
}

function findRule(notes: Notes, catalogue: Catalogue, word: Word): string | undefined {
  if (catalogue.rules.has(word.text)) return word.text;
  const current = catalogue.alias('rules', word.text);
  if (catalogue.rules.has(current)) return current;
  notes.error('unknown-rule', `Unknown rule ${quote(word.text)}`, word, { suggestions: nearest(word.text, catalogue.rules.keys()) });
  return undefined;
}

function entries(notes: Notes, section: Section, owner: string, keys: ReadonlySet<string>): Entry[] {
  return sectionItems(notes, section).flatMap((node) => {
    if (node.type !== 'map') {
      wrongShape(notes, section.pair.key.text, 'maps', node);
      return [];
    }
    const known = new Fields(node.pairs, keys);
    return [{ node, known, meant: unknownKeys(notes, known.others, owner, keys) }];
  });
}

function sectionItems(notes: Notes, section: Section): Node[] {
  const { key, value } = section.pair;
  if (value?.type === 'seq') return value.items.filter((item) => item !== null);
  const shape = sectionShape(section);
  if (shape !== 'nothing') wrongShape(notes, key.text, 'a list', value ?? { ...key, type: 'map', flow: false, pairs: [] });
  return [];
}

function required(notes: Notes, node: Node, known: Fields, meant: ReadonlySet<string>, key: string, message: string): Word | undefined {
  const pair = known.get(key);
  if (pair?.value) return readWord(notes, pair);
  if (pair) noValue(notes, pair.key);
  else if (!meant.has(key)) notes.error(`missing-${key}`, message, entryPlace(node));
  return undefined;
}

/** The first key of an entry stands for the entry: a whole one would underline many lines. */
function entryPlace(node: Node): Node {
  return (node.type === 'map' && node.pairs[0]?.key) || node;
}

function and(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
