import { MODEL_SUBJECT } from '../analysis/index.ts';
import { findKind } from '../model/kinds.ts';
import type { Span } from '../syntax/tree.ts';
import { drawn } from './meaning.ts';
import { namesIn, type Said } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

export const TOKEN_TYPES = ['boundary', 'element', 'flow', 'data', 'kind', 'control', 'rule'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/**
 * `declaration`: the id of what is declared here. `unresolved`: nothing has this name. `notInPlace`: a control with another
 * status. `noEffect`: it is said and changes nothing, like an acceptance that has ended or a control that counts nowhere here.
 */
export const TOKEN_MODIFIERS = ['declaration', 'unresolved', 'notInPlace', 'noEffect'] as const;
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** A name and what it is, for its colour. */
export interface SemanticToken extends Span {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** The names in a part of the text, in source order; each is on one line. */
export function semanticTokensOf(snapshot: Snapshot, range: Span = { start: 0, end: snapshot.text.length }): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  const hasNoEffect = idleIn(snapshot);
  for (const said of namesIn(snapshot, range)) {
    const { start, end } = said.span;
    if (end < range.start || start > range.end || said.text === MODEL_SUBJECT) continue;
    // Only what is written in more characters than it has can be on several lines.
    if (end - start !== said.text.length && /[\r\n]/.test(snapshot.text.slice(start, end))) continue;
    const { type, known } = typeOf(snapshot, said);
    const isPlain = known && said.role !== 'id' && said.space !== 'control' && said.space !== 'rule';
    tokens.push({ start, end, type, modifiers: isPlain ? NONE : modifiersOf(said, known, hasNoEffect(said)) });
  }
  return tokens;
}

const NONE: readonly TokenModifier[] = [];

function modifiersOf({ role, status }: Said, known: boolean, idle: boolean): readonly TokenModifier[] {
  const modifiers: TokenModifier[] = [];
  if (role === 'id') modifiers.push('declaration');
  if (!known) modifiers.push('unresolved');
  if (status !== undefined && status !== 'in-place') modifiers.push('notInPlace');
  if (idle) modifiers.push('noEffect');
  return modifiers;
}

const SECTIONS: ReadonlyMap<string, TokenType> = new Map([
  ['boundaries', 'boundary'],
  ['elements', 'element'],
  ['flows', 'flow'],
  ['data', 'data'],
]);

/** What a name is, and whether anything has it. One object for each: there are many names. */
interface Named {
  readonly type: TokenType;
  readonly known: boolean;
}

function allNamed(known: boolean): Readonly<Record<TokenType, Named>> {
  return Object.fromEntries(TOKEN_TYPES.map((type) => [type, { type, known }])) as Record<TokenType, Named>;
}

const KNOWN = allNamed(true);
const UNKNOWN = allNamed(false);

function named(type: TokenType, known: boolean): Named {
  return (known ? KNOWN : UNKNOWN)[type];
}

function typeOf({ catalogue, model }: Snapshot, { role, section, space, text }: Said): Named {
  // What is declared is what its section says, whether or not the rest of it can be read.
  if (role === 'id') return KNOWN[SECTIONS.get(section) ?? 'element'];
  switch (space) {
    case 'drawn': {
      const thing = drawn(model, text);
      return thing ? KNOWN[thing.type] : UNKNOWN[role === 'in' ? 'boundary' : 'element'];
    }
    case 'data': {
      if (model.data.has(text)) return KNOWN.data;
      const kind = findKind(catalogue, 'dataKinds', text);
      return kind === undefined ? UNKNOWN.data : KNOWN.kind;
    }
    case 'control':
      return named('control', catalogue.controls.has(text) || catalogue.controls.has(catalogue.alias('controls', text)));
    case 'rule':
      return named('rule', catalogue.rules.has(text) || catalogue.rules.has(catalogue.alias('rules', text)));
    default:
      return named('kind', findKind(catalogue, space, text) !== undefined);
  }
}

/** Problems of a control that say: it counts nowhere. */
const IDLE_CONTROLS: ReadonlySet<string> = new Set(['control-misplaced', 'duplicate-control', 'mandatory-control']);

/** Tells what is written in vain. */
function idleIn({ model, problems, text }: Snapshot): (said: Said) => boolean {
  const controls = new Set<number>();
  const faults: number[] = [];
  for (const { code, span } of problems) {
    if (code.startsWith('acceptance-')) faults.push(span.start);
    if (IDLE_CONTROLS.has(code)) controls.add(/["']/.test(text.charAt(span.start)) ? span.start + 1 : span.start);
  }
  const acceptances = model.accepted.filter(({ span }) => faults.some((at) => span.start <= at && at < span.end));
  return ({ role, section, span }) =>
    role === 'rule' && section === 'accepted'
      ? acceptances.some((acceptance) => acceptance.span.start <= span.start && span.start < acceptance.span.end)
      : controls.has(span.start);
}
