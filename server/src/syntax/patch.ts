import type { ReadChunks } from './chunkReader.ts';
import { detached } from './detached.ts';
import type { SyntaxDocument } from './document.ts';
import { LineScanner } from './lineScanner.ts';
import { moveProblem, type Problem } from './problem.ts';
import { readChunk, type Reading } from './readChunk.ts';
import { beginsItem, colonOfKey, type Split } from './split.ts';
import { differenceOf } from './textEdit.ts';
import { moved, MovedSection, type PlacedPair, type Section } from './tree.ts';

/**
 * Where the chunks of a version are whose text is plain: one pair a chunk, none misplaced, and none that depends on another.
 * Parallel to the sections of the document and to their items, whose bases say where each chunk begins.
 */
export interface Layout {
  readonly text: string;
  readonly sections: readonly SectionLayout[];
}

interface SectionLayout {
  readonly end: number;
  readonly reading: Reading;
  readonly items: readonly Reading[] | undefined;
}

/** The layout of a version that was read from all its chunks, in the order of the text; `undefined` when it is not plain. */
export function layoutOf({ body, problems, sections }: Split, { readings, text }: ReadChunks): Layout | undefined {
  if (problems.length > 0 || body.end < text.length) return undefined;
  let at = 0;
  const layout: SectionLayout[] = [];
  for (const { end, items, misplaced } of sections) {
    const own = readings.slice(at + 1, (at += 1 + (items?.length ?? 0)));
    const reading = readings[at - own.length - 1];
    if (!reading || misplaced || items?.some((item) => item.misplaced) || ![reading, ...own].every(isPlain)) return undefined;
    layout.push({ end: items?.at(-1)?.end ?? end, reading, items: items && own });
  }
  return { text, sections: layout };
}

function isPlain({ anchors, missing, pairs }: Reading): boolean {
  return pairs.length === 1 && anchors.length === 0 && missing.length === 0;
}

/** The chunks of a version, for when the next one cannot be read from its layout. */
export function chunksOf({ sections }: SyntaxDocument, layout: Layout): ReadChunks {
  const [starts, readings]: [number[], Reading[]] = [[], []];
  layout.sections.forEach(({ items = [], reading }, at) => {
    starts.push(sections[at]!.base);
    readings.push(reading);
    sections[at]!.items?.forEach(({ base }, item) => {
      if (item >= items.length) return;
      starts.push(base);
      readings.push(items[item]!);
    });
  });
  return { text: layout.text, starts, ends: [...starts.slice(1), layout.sections.at(-1)?.end ?? 0], readings };
}

/** The parts of a document that an edit can change, and what it takes to go on from there. */
export interface Patched extends Pick<SyntaxDocument, 'sections' | 'work'> {
  readonly problems: Problem[];
  readonly layout: Layout;
  /** The section that the edit is in, when its keys are not what they were. */
  readonly renamed: Section | undefined;
}

/**
 * Reads a text of which the version before differs only inside of the items of one section: looks at no other chunk.
 * `undefined` when the edit is elsewhere, or is one after which lines may belong to other chunks than these.
 */
export function patch(text: string, { problems, sections, work }: SyntaxDocument, before: Layout): Patched | undefined {
  const old = before.text;
  const { start, end } = differenceOf(old, text).span;
  const shift = text.length - old.length;
  const at = before.sections.findLastIndex((_, index) => sections[index]!.base < start);
  const section = sections[at];
  const layout = before.sections[at];
  if (!section?.items || !layout?.items || section.items.length === 0) return undefined;
  // At the end of the text nothing comes behind; elsewhere the next section's key must be what it was.
  if (end > layout.end || (end === layout.end && end < old.length)) return undefined;
  const [first, last] = [lastBefore(section.items, start), lastBefore(section.items, end + 1)];
  const head = new LineScanner(text, section.items[0]!.base, text.length);
  if (first < 0 || !head.advance() || head.indent > DEEPEST || (first === 0 && head.end > start)) return undefined;
  if (colonOfKey(text, head.content, head.end) === undefined) return undefined;

  const begin = section.items[first]!.base;
  const stop = (section.items[last + 1]?.base ?? layout.end) + shift;
  const starts = itemsIn(text, begin, stop, head.indent);
  if (!starts) return undefined;
  const outside = (problem: Problem): boolean => problem.span.start < begin || problem.span.end > stop - shift;
  if (problems.some((problem) => outside(problem) || problem.code === 'duplicate-key')) return undefined;
  const known = new Map<string, Reading>();
  for (let item = first; item <= last; item++) {
    known.set(old.slice(section.items[item]!.base, section.items[item + 1]?.base ?? layout.end), layout.items[item]!);
  }
  const found: Problem[] = [];
  let parsed = 0;
  const readings: Reading[] = [];
  for (const [index, from] of starts.entries()) {
    const chunk = text.slice(from, starts[index + 1] ?? stop);
    const reading = known.get(chunk) ?? readChunk(detached(chunk));
    if (!known.has(chunk)) parsed++;
    if (!isPlain(reading)) return undefined;
    for (const problem of reading.problems) found.push(moveProblem(problem, from));
    known.set(chunk, reading);
    readings.push(reading);
  }
  const fresh = readings.map(({ pairs }, index): PlacedPair => ({ base: starts[index]!, pair: pairs[0]! }));
  const items = [...section.items.slice(0, first), ...fresh, ...moved(section.items.slice(last + 1), shift)];
  const changed: Section = { base: section.base, pair: section.pair, items };
  const isRenamed =
    fresh.length !== last + 1 - first || fresh.some(({ pair }, i) => pair.key.text !== section.items![first + i]!.pair.key.text);
  return {
    sections: sections.map((it, index) => (index === at ? changed : index < at || shift === 0 ? it : new MovedSection(it, shift))),
    problems: found,
    renamed: isRenamed ? changed : undefined,
    work: { chunks: work.chunks + fresh.length - (last + 1 - first), parsed, whole: false },
    layout: {
      text,
      sections: before.sections.map((it, index) => {
        if (index < at || (index > at && shift === 0)) return it;
        const own = index === at && it.items && [...it.items.slice(0, first), ...readings, ...it.items.slice(last + 1)];
        return { ...it, end: it.end + shift, ...(own && { items: own }) };
      }),
    },
  };
}

/** Deeper first lines say nothing of how a file is indented, see `splitText`. */
const DEEPEST = 8;

/** The last of the items that begins before an offset. */
function lastBefore(items: readonly PlacedPair[], offset: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.base < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where items begin in a part of a section whose items are indented so much; `undefined` when that is not all that begins there. */
function itemsIn(text: string, begin: number, stop: number, indent: number): number[] | undefined {
  const line = new LineScanner(text, begin, stop);
  const starts: number[] = [];
  while (line.advance()) {
    if (line.indent === 0 && !line.tabbed) return undefined;
    const begins = beginsItem(line, indent, true);
    if (begins === undefined || (begins && line.indent < indent)) return undefined;
    if (begins) starts.push(line.start);
  }
  return starts[0] === begin ? starts : undefined;
}
