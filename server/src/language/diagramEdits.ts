import { isElsewhere } from '../analysis/index.ts';
import { flowKindsBetween } from '../model/kinds.ts';
import { enclosing } from '../model/inside.ts';
import type { Boundary, Element, Flow } from '../model/model.ts';
import { applyEdits, type TextEdit } from '../syntax/textEdit.ts';
import type { Node, PlacedPair, Section } from '../syntax/tree.ts';
import { addEntry, setProperty } from './edits.ts';
import { freeId } from './written.ts';
import { entriesOf, removeEntries, type Entry } from './removal.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

/** What can be done to a model in its diagram. Ids are the model's. */
export type DiagramEdit =
  /** Into another boundary; without one, outside of all. */
  | { readonly do: 'move'; readonly id: string; readonly into: string | undefined }
  /** A new flow, of the kind that is natural between its two ends. */
  | { readonly do: 'connect'; readonly from: string; readonly to: string }
  /** With an element go its flows and every mention of it; what is in a boundary moves to the one around it. */
  | { readonly do: 'delete'; readonly id: string }
  | { readonly do: 'retitle'; readonly id: string; readonly title: string };

export type EditOutcome =
  | { readonly edits: readonly TextEdit[]; /** What is to be selected afterwards. */ readonly selects: string | undefined }
  /** A sentence for the author: why nothing was changed. */
  | { readonly refused: string };

const BY_HAND = 'The text there is written in a way that cannot be changed from the diagram: change it by hand.';

/** The text edits that do it. The edited text has been read again: it has no error that was not there. */
export function editFromDiagram(snapshot: Snapshot, edit: DiagramEdit): EditOutcome {
  const errors = (of: Snapshot): number => of.model.problems.filter(({ severity }) => severity === 'error').length;
  if (snapshot.syntax.problems.some(({ severity }) => severity === 'error')) {
    return { refused: 'The text has errors that must be mended first: the diagram shows the last good picture.' };
  }
  if ('id' in edit && isElsewhere(snapshot.model, edit.id))
    return { refused: 'It stands in another file that this one uses: change it there.' };
  const outcome = outcomeOf(snapshot, edit);
  if ('refused' in outcome) return outcome;
  const after = takeSnapshot(applyEdits(snapshot.text, outcome.edits), snapshot.catalogue, snapshot.today, snapshot);
  return errors(after) > errors(snapshot) ? { refused: BY_HAND } : outcome;
}

function outcomeOf(snapshot: Snapshot, edit: DiagramEdit): EditOutcome {
  switch (edit.do) {
    case 'move':
      return move(snapshot, edit.id, edit.into);
    case 'connect':
      return connect(snapshot, edit.from, edit.to);
    case 'delete':
      return remove(snapshot, edit.id);
    case 'retitle':
      return done(setProperty(snapshot.syntax, snapshot.model, edit.id, 'title', edit.title), edit.id);
  }
}

function done(edits: readonly TextEdit[] | undefined, selects: string | undefined): EditOutcome {
  return edits ? { edits, selects } : { refused: BY_HAND };
}

function move(snapshot: Snapshot, id: string, into: string | undefined): EditOutcome {
  const { model } = snapshot;
  const thing = model.elements.get(id) ?? model.boundaries.get(id);
  if (!thing) return { refused: 'Only elements and boundaries can be moved into a boundary.' };
  if (into !== undefined && !model.boundaries.has(into)) return { refused: 'There is no such boundary any more.' };
  if (into !== undefined && thing.type === 'boundary' && enclosing(into, model.boundaries).includes(id)) {
    return { refused: 'A boundary cannot be moved into itself.' };
  }
  const inside = insides(thing);
  if (inside[0] === into) return { edits: [], selects: id };
  // Overlapping boundaries, behind the first one, stay.
  const others = inside.slice(1).filter((it) => it !== into);
  return done(setInside(snapshot, thing, into === undefined ? others : [into, ...others]), id);
}

function insides(thing: Element | Boundary): readonly string[] {
  return thing.type === 'element' ? thing.boundaries : thing.parent === undefined ? [] : [thing.parent];
}

function setInside(snapshot: Snapshot, thing: Element | Boundary, boundaries: readonly string[]): readonly TextEdit[] | undefined {
  if (boundaries.length === 0) return dropField(snapshot, thing, 'in', () => true);
  return setProperty(snapshot.syntax, snapshot.model, thing.id, 'in', boundaries.length === 1 ? boundaries[0]! : boundaries);
}

function connect(snapshot: Snapshot, from: string, to: string): EditOutcome {
  const { model, catalogue, syntax } = snapshot;
  const [source, target] = [model.elements.get(from), model.elements.get(to)];
  if (!source || !target) return { refused: 'A flow leads from one element to another.' };
  const kind = flowKindsBetween(catalogue, source.kind, target.kind)[0];
  const id = freeId(model, `${from}-to-${to}`.replaceAll('.', '-'));
  const parts = [`from: ${from}`, `to: ${to}`, ...(kind === undefined ? [] : [`kind: ${kind}`])];
  return done(addEntry(syntax, 'flows', id, `{ ${parts.join(', ')} }`), id);
}

function remove(snapshot: Snapshot, id: string): EditOutcome {
  const { model, syntax, text } = snapshot;
  const boundary = model.boundaries.get(id);
  if (!boundary && !model.elements.has(id) && !model.flows.has(id)) return { refused: 'It is not in the text any more.' };
  const gone = new Set([id, ...[...model.flows.values()].filter(({ from, to }) => from === id || to === id).map((flow) => flow.id)]);
  const edits: TextEdit[] = [];
  const add = (more: readonly TextEdit[] | undefined): boolean => {
    edits.push(...(more ?? []));
    return more !== undefined;
  };
  const isGone = (name: string): boolean => gone.has(name);
  for (const section of syntax.sections) {
    const name = section.pair.key.text;
    const drawn = name === 'boundaries' || name === 'elements' || name === 'flows';
    if (drawn && section.items && !add(removeItems(text, section, isGone))) return { refused: BY_HAND };
    if ((name === 'accepted' || name === 'threats') && !add(removeMentions(text, section, isGone))) return { refused: BY_HAND };
  }
  const stays = <T extends { readonly id: string }>(things: ReadonlyMap<string, T>): T[] =>
    [...things.values()].filter((it) => !isGone(it.id));
  const lists: readonly (readonly [Flow | Element, string, readonly string[]])[] = [
    ...stays(model.flows).map((flow) => [flow, 'through', flow.through] as const),
    ...stays(model.elements).map((element) => [element, 'guards', element.guards] as const),
  ];
  for (const [thing, key, names] of lists) {
    if (names.some(isGone) && !add(dropField(snapshot, thing, key, isGone))) return { refused: BY_HAND };
  }
  if (boundary) {
    for (const inner of [...stays(model.elements), ...stays(model.boundaries)]) {
      const inside = insides(inner);
      if (!inside.includes(id)) continue;
      const others = inside.flatMap((it) => (it === id ? (boundary.parent ?? []) : it));
      if (!add(setInside(snapshot, inner, [...new Set(others)]))) return { refused: BY_HAND };
    }
  }
  return { edits, selects: undefined };
}

function removeItems(text: string, { base, pair, items = [] }: Section, gone: (id: string) => boolean): readonly TextEdit[] | undefined {
  const braces = text.charAt(base + (pair.value?.start ?? pair.key.end)) === '{' && pair.value?.type === 'map' && pair.value.flow;
  const entries = items.map((item): Entry => ({ base: item.base, written: item.pair }));
  return removeEntries(text, entries, ({ written }) => 'key' in written && gone(written.key.text), braces || sameLine(text, entries));
}

/** Entries of a map in braces whose chunks are kept apart: something stands before the first on its line. */
function sameLine(text: string, entries: readonly Entry[]): boolean {
  const first = entries[0];
  if (!first) return false;
  const start = first.base + first.written.start;
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== '';
}

/** Acceptances and threats that are about what goes, go with it. */
function removeMentions(text: string, { base, pair }: Section, gone: (id: string) => boolean): readonly TextEdit[] | undefined {
  if (pair.value?.type !== 'seq') return [];
  const about = (node: Node): string | undefined => {
    if (node.type !== 'map') return undefined;
    const at = node.pairs.find(({ key }) => key.text === 'at')?.value;
    return at?.type === 'scalar' ? at.text : undefined;
  };
  const mentions = ({ written }: Entry): boolean => !('key' in written) && gone(about(written) ?? '');
  return removeEntries(text, entriesOf(base, pair.value), mentions, pair.value.flow);
}

function fieldOf({ model }: Snapshot, thing: Element | Boundary | Flow, key: string): PlacedPair | undefined {
  const value = thing.pair.value;
  const pair = value?.type === 'map' ? value.pairs.find((candidate) => candidate.key.text === key) : undefined;
  return pair && { base: model.baseOf(thing), pair };
}

/** Takes names out of a list (or the one name that stands for it); with the last of them goes the key. */
function dropField(snapshot: Snapshot, thing: Element | Boundary | Flow, key: string, gone: (name: string) => boolean) {
  const field = fieldOf(snapshot, thing, key);
  const owner = thing.pair.value;
  if (!field || owner?.type !== 'map') return undefined;
  const { base, pair } = field;
  const isGone = ({ written }: Entry): boolean => 'type' in written && written.type === 'scalar' && gone(written.text);
  if (pair.value?.type === 'seq') {
    const entries = entriesOf(base, pair.value);
    if (!entries.every(isGone)) return removeEntries(snapshot.text, entries, isGone, pair.value.flow);
  }
  return removeEntries(snapshot.text, entriesOf(base, owner), ({ written }) => written === pair, owner.flow);
}
