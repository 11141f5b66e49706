import { connectedTo, type Members } from '../../analysis/index.ts';
import { enclosing } from '../../model/inside.ts';
import type { Located, Model } from '../../model/model.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import { absolute, type Section, type Span } from '../../syntax/tree.ts';
import { takeSnapshot, type Snapshot } from '../snapshot.ts';
import { lineEnd } from '../tokens.ts';

/**
 * A small model cut out of a large one: an element, all that flows connect with it, and what these are in and carry. What
 * an edit does to its findings can be tried out there at the price of a small file.
 */
export interface Cutting {
  readonly snapshot: Snapshot;
  /** The same edits, for the text of the cutting; `undefined` when one of them is outside of it. */
  place(edits: readonly TextEdit[]): readonly TextEdit[] | undefined;
  /** The other way: an edit of the cutting, for the whole text. */
  lift(edit: TextEdit): TextEdit | undefined;
}

/** A stretch of the whole text that stands in the cutting at `at`. */
interface Piece extends Span {
  readonly at: number;
}

/** Sections that say something of the whole and are short, or that only matter to readers. */
const LEFT_OUT: ReadonlySet<string> = new Set(['assumptions', 'threats', 'accepted', 'reviews']);
const ITEMISED: ReadonlySet<string> = new Set(['boundaries', 'data', 'elements', 'flows']);

/** The cutting around an element or flow; the whole snapshot where it is not much larger, or cannot be cut. */
export function cutAround(snapshot: Snapshot, subject: string): Cutting {
  const known = cuttings.get(snapshot) ?? new Map<string, Cutting>();
  cuttings.set(snapshot, known);
  let cutting = known.get(subject);
  if (cutting) return cutting;
  const { model } = snapshot;
  const whole: Cutting = { snapshot, place: (edits) => edits, lift: (edit) => edit };
  const connected = connectedTo(snapshot.analysis, model.flows.get(subject)?.from ?? subject);
  // What other files say cannot be cut out of this one.
  if (!connected || snapshot.used.size > 0 || connected.elements.length * 2 > model.elements.size) cutting = whole;
  else {
    const first = connected.elements[0]!.id;
    known.set(first, (cutting = known.get(first) ?? cut(snapshot, neededBy(connected, model)) ?? whole));
  }
  known.set(subject, cutting);
  return cutting;
}

/** What elements and flows mention: the boundaries around them and the data that they hold and carry. */
function neededBy({ elements, flows }: Members, { boundaries, data }: Model): ReadonlySet<Located> {
  const places = new Set(elements.flatMap((element) => element.boundaries));
  const around = new Set([...places].flatMap((id) => enclosing(id, boundaries)));
  const carried = new Set([
    ...elements.flatMap(({ holds }) => holds),
    ...flows.flatMap((flow) => [...flow.carries, ...(flow.returns ?? [])]),
  ]);
  return new Set<Located>([
    ...elements,
    ...flows,
    ...[...around].flatMap((id) => boundaries.get(id) ?? []),
    ...[...carried].flatMap((id) => data.get(id) ?? []),
  ]);
}

const cuttings = new WeakMap<Snapshot, Map<string, Cutting>>();

function cut(snapshot: Snapshot, needed: ReadonlySet<Located>): Cutting | undefined {
  const { text, syntax, model, catalogue, today } = snapshot;
  const places = [...needed].map((thing) => absolute(model.baseOf(thing), thing.pair)).sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let cutText = '';
  const take = (start: number, end: number): void => {
    pieces.push({ start, end, at: cutText.length });
    cutText += `${text.slice(start, end)}${syntax.eol}`;
  };
  const lineOf = (at: number): number => text.lastIndexOf('\n', at - 1) + 1;
  for (const section of syntax.sections) {
    const { base, items, pair } = section;
    const name = pair.key.text;
    if (LEFT_OUT.has(name)) continue;
    const start = base + pair.start;
    if (lineOf(start) !== start) return undefined;
    const [head, end] = [lineEnd(text, start), lineEnd(text, endOf(section))];
    const [first, last] = [items?.[0], items?.at(-1)];
    // On one line, or in braces over several.
    const together = !first || first.base + first.pair.start <= head || text.slice(start, head).includes('{');
    if (together || !last || !ITEMISED.has(name)) {
      take(start, end);
      continue;
    }
    take(start, head);
    const inside = places.filter((place) => place.start > head && place.end <= end);
    const lastPlace = absolute(last.base, last.pair);
    // Behind the last one of a section is where others are added.
    if (inside.at(-1)?.start !== lastPlace.start) inside.push(lastPlace);
    for (const place of inside) take(lineOf(place.start), lineEnd(text, place.end));
  }
  const mirrored = pieces.map(({ start, end, at }): Piece => ({ start: at, end: at + end - start, at: start }));
  return {
    snapshot: takeSnapshot(cutText, catalogue, today),
    place(edits) {
      const placed = edits.map((edit) => moved(edit, pieces));
      return placed.every((edit) => edit !== undefined) ? placed : undefined;
    },
    lift: (edit) => moved(edit, mirrored),
  };
}

function endOf({ base, items, pair }: Section): number {
  const last = items?.at(-1);
  return Math.max(base + pair.end, last ? last.base + last.pair.end : 0);
}

function moved({ span, text }: TextEdit, pieces: readonly Piece[]): TextEdit | undefined {
  const piece = pieces.find(({ start, end }) => start <= span.start && span.end <= end);
  const by = piece && piece.at - piece.start;
  return by === undefined ? undefined : { span: { start: span.start + by, end: span.end + by }, text };
}
