import { flowKindsBetween } from '../../model/kinds.ts';
import type { Flow } from '../../model/model.ts';
import { absolute, type Pair, type PlacedPair } from '../../syntax/tree.ts';
import { contentEnd } from '../collectionEdits.ts';
import { addEntry } from '../edits.ts';
import { freeId } from '../written.ts';
import type { Snapshot } from '../snapshot.ts';
import { withHoles, type Action, type Draft } from './action.ts';
import { chainAt } from './chain.ts';

/** What the second flow says like the first: what moves. Controls stay where they are stated. */
const GO_ON = ['carries', 'returns'];

/** Two flows in the place of the one at an offset, with a new element between them, whose kind is left to the author. */
export function* splits(snapshot: Snapshot, offset: number): Generator<Action> {
  const [section, entry] = chainAt(snapshot.syntax, offset);
  if (section?.placed.pair.key.text !== 'flows' || !entry) return;
  const { placed } = entry;
  const flow = snapshot.model.flows.get(placed.pair.key.text);
  if (!flow || flow.origin || flow.pair !== placed.pair) return;
  yield {
    kind: 'refactor.rewrite',
    title: `Split ${flow.id}: put a new element between ${flow.from} and ${flow.to}`,
    preferred: false,
    about: undefined,
    edits: () => split(snapshot, flow, placed),
  };
}

function split(snapshot: Snapshot, flow: Flow, placed: PlacedPair): readonly Draft[] | undefined {
  const { catalogue, model, syntax, text } = snapshot;
  const [source, target] = [model.elements.get(flow.from), model.elements.get(flow.to)];
  const end = entryOf(placed.pair, 'to')?.value;
  const kindSaid = entryOf(placed.pair, 'kind')?.value;
  if (!source || !target || end?.type !== 'scalar' || model.flows.get(flow.id) !== flow) return undefined;
  const between = kindsBetween(snapshot, flow);
  const id = freeId(model, `${flow.id}-step`.replaceAll('.', '-'));
  const second = freeId(model, `${flow.id}-on`.replaceAll('.', '-'));
  const fits = (from: string, to: string): string | undefined => {
    const natural = flowKindsBetween(catalogue, from, to);
    return natural.length === 0 || natural.includes(flow.statedKind ?? '') ? flow.statedKind : natural[0];
  };
  const kind = between ?? target.kind;
  const [kindIn, kindOut] = [fits(source.kind, kind), fits(kind, target.kind)];
  const said = GO_ON.flatMap((name) => {
    const pair = entryOf(placed.pair, name);
    return pair ? [text.slice(placed.base + pair.start, contentEnd(text, placed.base, pair))] : [];
  });
  if (said.some((part) => /[\r\n]/.test(part))) return undefined;
  const parts = [`from: ${id}`, `to: ${flow.to}`, ...(kindOut === undefined ? [] : [`kind: ${kindOut}`]), ...said];
  const inside = target.boundaries[0] === undefined ? '' : `, in: ${target.boundaries[0]}`;
  const flows = addEntry(syntax, 'flows', second, `{ ${parts.join(', ')} }`);
  const elements = addEntry(syntax, 'elements', id, `{ kind: ${kind}${inside} }`);
  if (!flows || !elements) return undefined;
  return [
    { span: absolute(placed.base, end), text: id },
    ...(kindSaid?.type === 'scalar' && kindIn !== undefined && kindIn !== flow.statedKind
      ? [{ span: absolute(placed.base, kindSaid), text: kindIn }]
      : []),
    ...flows,
    ...withHoles(elements, [['kind', kind]]),
  ];
}

/** The kind of element that stands naturally on the way: one that data passes, if there is one. */
function kindsBetween({ catalogue, model }: Snapshot, { from, to }: Flow): string | undefined {
  const [source, target] = [model.elements.get(from)?.kind ?? '', model.elements.get(to)?.kind ?? ''];
  const natural = [...catalogue.elementKinds.values()].filter(
    ({ id }) => flowKindsBetween(catalogue, source, id).length > 0 && flowKindsBetween(catalogue, id, target).length > 0,
  );
  return (natural.find(({ mediator }) => mediator) ?? natural[0])?.id;
}

function entryOf({ value }: Pair, key: string): Pair | undefined {
  return value?.type === 'map' ? value.pairs.find((pair) => pair.key.text === key) : undefined;
}
