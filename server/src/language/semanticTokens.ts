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
    if (/[\r\n]/.test(snapshot.text.slice(start, end))) continue;
    const { type, known } = typeOf(snapshot, said);
    const modifiers: TokenModifier[] = [];
    if (said.role === 'id') modifiers.push('declaration');
    if (!known) modifiers.push('unresolved');
    if (said.status !== undefined && said.status !== 'in-place') modifiers.push('notInPlace');
    if (hasNoEffect(said)) modifiers.push('noEffect');
    tokens.push({ start, end, type, modifiers });
  }
  return tokens;
}

const SECTIONS: ReadonlyMap<string, TokenType> = new Map([
  ['boundaries', 'boundary'],
  ['elements', 'element'],
  ['flows', 'flow'],
  ['data', 'data'],
]);

function typeOf(
  { catalogue, model }: Snapshot,
  { role, section, space, text }: Said,
): { readonly type: TokenType; readonly known: boolean } {
  // What is declared is what its section says, whether or not the rest of it can be read.
  if (role === 'id') return { type: SECTIONS.get(section) ?? 'element', known: true };
  switch (space) {
    case 'drawn': {
      const thing = drawn(model, text);
      return { type: thing?.type ?? (role === 'in' ? 'boundary' : 'element'), known: thing !== undefined };
    }
    case 'data': {
      if (model.data.has(text)) return { type: 'data', known: true };
      const kind = findKind(catalogue, 'dataKinds', text);
      return kind === undefined ? { type: 'data', known: false } : { type: 'kind', known: true };
    }
    case 'control':
      return { type: 'control', known: catalogue.controls.has(text) || catalogue.controls.has(catalogue.alias('controls', text)) };
    case 'rule':
      return { type: 'rule', known: catalogue.rules.has(text) || catalogue.rules.has(catalogue.alias('rules', text)) };
    default:
      return { type: 'kind', known: findKind(catalogue, space, text) !== undefined };
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
