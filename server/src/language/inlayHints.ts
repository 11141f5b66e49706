import { crossedBetween, enclosing, insideOf } from '../model/inside.ts';
import type { Flow } from '../model/model.ts';
import type { Span } from '../syntax/tree.ts';
import { declarationOf } from './occurrences.ts';
import { pairsIn } from './pairsIn.ts';
import type { Snapshot } from './snapshot.ts';

/** Something that the file does not say and that follows from it, shown in the line. */
export interface InlayHint {
  readonly offset: number;
  /** At most `LONGEST` characters together. */
  readonly parts: readonly HintPart[];
  readonly sort: 'kind' | 'flow';
  /** Plain text. */
  readonly tooltip: string;
}

interface HintPart {
  readonly text: string;
  /** Where that is declared. */
  readonly declared?: Span | undefined;
}

/** Of a hint: what is longer pushes the text of the file out of sight. */
export const LONGEST = 40;

/**
 * Hints at the flows in a part of the text: the kind that follows from a flow's ends; with `all`, also the data that its
 * kind implies when the flow says nothing, and the outermost boundaries that it leaves and enters.
 */
export function inlayHintsOf(snapshot: Snapshot, range: Span, which: 'kinds' | 'all'): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const { base, pair, section } of pairsIn(snapshot, range)) {
    if (section.pair.key.text !== 'flows' || section.items === undefined) continue;
    const flow = snapshot.model.flows.get(pair.key.text);
    if (flow?.pair !== pair) continue;
    const { key, value } = pair;
    const kind = kindHint(snapshot, flow, base + key.end);
    if (kind) hints.push(kind);
    // In a flow of several lines, beside its key.
    const end = value?.type === 'map' && value.flow ? base + pair.end : lineOfKey(snapshot.text, base + key.end);
    const way = which === 'all' ? wayHint(snapshot, flow, end) : undefined;
    if (way) hints.push(way);
  }
  return hints.filter(({ offset }) => range.start <= offset && offset <= range.end);
}

function lineOfKey(text: string, offset: number): number {
  return text.indexOf(':', offset) + 1;
}

function kindHint({ catalogue, model }: Snapshot, flow: Flow, offset: number): InlayHint | undefined {
  const kind = flow.statedKind === undefined ? model.kindOf(flow) : undefined;
  if (kind === undefined) return undefined;
  const label = catalogue.flowKinds.get(kind)?.label ?? kind;
  return { offset, parts: shorten([{ text: kind }]), sort: 'kind', tooltip: `Its ends leave only this kind: ${label}` };
}

function wayHint(snapshot: Snapshot, flow: Flow, offset: number): InlayHint | undefined {
  const { catalogue, model } = snapshot;
  const implied = flow.carries.length > 0 ? [] : (catalogue.flowKinds.get(model.kindOf(flow) ?? '')?.carries ?? []);
  const carries = implied.map((id) => catalogue.dataKinds.get(id)?.label.toLowerCase() ?? id).join(', ');
  const from = insideOf(flow.from, model);
  const crossed = crossedBetween(from, insideOf(flow.to, model));
  if (carries === '' && crossed.length === 0) return undefined;
  const [left, entered] = [outermost(snapshot, crossed, from, true), outermost(snapshot, crossed, from, false)];
  const place = (id: string | undefined): HintPart[] =>
    id === undefined ? [] : [{ text: id, declared: model.boundaries.get(id)?.origin ? undefined : declaredAt(snapshot, id) }];
  const way: HintPart[] = crossed.length === 0 ? [] : arrow(place(left), place(entered));
  const titles = crossed.map((id) => model.boundaries.get(id)?.title ?? id).join(', ');
  const tooltip = [
    carries !== '' && `Carries by its kind, because the flow does not say: ${carries}`,
    crossed.length > 0 && `Crosses: ${titles}`,
  ].filter((line) => line !== false);
  const first: HintPart[] = carries === '' ? [] : [{ text: carries }];
  const parts = first.length > 0 && way.length > 0 ? [...first, { text: ' · ' }, ...way] : [...first, ...way];
  return { offset, parts: shorten(parts), sort: 'flow', tooltip: tooltip.join('\n') };
}

/** An arrow from one place to the other; nothing stands for what is outside all boundaries. */
function arrow(left: readonly HintPart[], right: readonly HintPart[]): HintPart[] {
  return [...left, { text: left.length === 0 ? '→ ' : right.length === 0 ? ' →' : ' → ' }, ...right];
}

const SEPARATORS: ReadonlySet<string> = new Set(['→ ', ' →', ' → ', ' · ']);

/** Of the boundaries that a flow leaves, or else enters, the one around the others. */
function outermost({ model }: Snapshot, crossed: readonly string[], from: ReadonlySet<string>, leaves: boolean): string | undefined {
  const some = crossed.filter((id) => from.has(id) === leaves);
  const depth = (id: string): number => enclosing(id, model.boundaries).length;
  return some.reduce<string | undefined>((best, id) => (best === undefined || depth(id) < depth(best) ? id : best), undefined);
}

function declaredAt(snapshot: Snapshot, id: string): Span | undefined {
  return declarationOf(snapshot, { space: 'drawn', id })?.key;
}

/** Cuts names that are too long, each at its end; what stands between them stays. */
function shorten(parts: readonly HintPart[]): readonly HintPart[] {
  const between = parts.filter(({ text }) => SEPARATORS.has(text));
  const lengthOf = (some: readonly HintPart[]): number => some.reduce((sum, { text }) => sum + text.length, 0);
  if (lengthOf(parts) <= LONGEST) return parts;
  const share = Math.floor((LONGEST - lengthOf(between)) / (parts.length - between.length));
  return parts.map((part) => (SEPARATORS.has(part.text) || part.text.length <= share ? part : { ...part, text: cut(part.text, share) }));
}

function cut(text: string, most: number): string {
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
