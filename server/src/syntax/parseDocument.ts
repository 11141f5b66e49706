import type { ReadChunks } from './chunkReader.ts';
import { ChunkReader } from './chunkReader.ts';
import type { SyntaxDocument } from './document.ts';
import { LIMITS } from './limits.ts';
import type { Problem } from './problem.ts';
import { chunksOf, layoutOf, patch, type Layout, type Patched } from './patch.ts';
import { moveProblem } from './problem.ts';
import type { Reading } from './readChunk.ts';
import type { SectionSplit, Split } from './split.ts';
import { splitText } from './split.ts';
import { duplicateKey } from './treeBuilder.ts';
import type { PlacedPair, Section } from './tree.ts';
import { absolute } from './tree.ts';

/** What each version has read, for the version after it: where its chunks are plain, their layout. */
const read = new WeakMap<SyntaxDocument, ReadChunks | Layout>();

/**
 * Reads a text. Never throws. With the version before it, only chunks whose text is new are parsed, and the pairs of all
 * others are the same objects; the result is otherwise the same as without.
 */
export function parseDocument(text: string, previous?: SyntaxDocument): SyntaxDocument {
  const eol = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  if (text.length > LIMITS.size) return tooLarge(text, eol);
  const lines = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  const last = previous && read.get(previous);
  const patched = last && 'sections' in last ? patch(lines, previous!, last) : undefined;
  if (patched) return patchedDocument(text, eol, patched, previous!);
  const split = splitText(lines);
  const before = last && 'sections' in last ? chunksOf(previous!, last) : last;
  const unique = previous?.problems.length === 0 ? previous.sections : [];
  let chunks = new ChunkReader(lines, before);
  let parsed = split.whole === 'no' ? readSplit(split, chunks, unique) : readWhole(split, chunks);
  if (split.whole === 'if-healthy' && parsed.broken && split.sections.length > 1) {
    chunks = new ChunkReader(lines, before);
    parsed = readSplit(split, chunks, unique);
  } else if (split.whole === 'no' && chunks.dependOnEachOther) {
    chunks = new ChunkReader(lines, before);
    parsed = readWhole(split, chunks);
  }
  const problems = [...split.problems, ...parsed.problems];
  checkDuplicates(parsed.sections, problems);
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const work = { chunks: chunks.count, parsed: chunks.fresh, whole: parsed.whole };
  const document: SyntaxDocument = { text, sections: parsed.sections, problems, eol, indent: split.indent, work };
  read.set(document, (!parsed.whole && layoutOf(split, chunks.chunks)) || chunks.chunks);
  return document;
}

function patchedDocument(text: string, eol: SyntaxDocument['eol'], patched: Patched, { indent }: SyntaxDocument): SyntaxDocument {
  const { layout, problems, renamed, sections, work } = patched;
  if (renamed?.items) checkDuplicates(renamed.items, problems);
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const document: SyntaxDocument = { text, sections, problems, eol, indent, work };
  read.set(document, layout);
  return document;
}

interface Parsed {
  readonly sections: readonly Section[];
  readonly problems: Problem[];
  readonly broken: boolean;
  readonly whole: boolean;
}

/** `unique`: the sections of the version before, if it had no problems, and so no duplicate keys. */
function readSplit(split: Split, chunks: ChunkReader, unique: readonly Section[]): Parsed {
  const sections: Section[] = [];
  const problems: Problem[] = [];
  for (const part of split.sections) {
    const reading = chunks.reading(part.start, part.end);
    move(reading.problems, part.start, problems);
    if (part.misplaced) reportMisplaced(reading, part.start, problems);
    const items = part.items && readItems(part.items, chunks, problems);
    if (items && !haveSameKeys(items, unique[sections.length]?.items)) checkDuplicates(items, problems);
    for (const pair of reading.pairs) sections.push(items ? { base: part.start, pair, items } : section(part.start, pair));
  }
  return { sections, problems, broken: false, whole: false };
}

function readItems(parts: NonNullable<SectionSplit['items']>, chunks: ChunkReader, problems: Problem[]): PlacedPair[] {
  const items: PlacedPair[] = [];
  let reported = false;
  for (const { start, end, misplaced } of parts) {
    const reading = chunks.reading(start, end);
    move(reading.problems, start, problems);
    if (misplaced && !reported) reported = reportMisplaced(reading, start, problems);
    reading.pairs.forEach((pair) => items.push({ base: start, pair }));
  }
  return items;
}

function readWhole(split: Split, chunks: ChunkReader): Parsed {
  const { start, end } = split.body;
  const reading = chunks.reading(start, end);
  const problems: Problem[] = [];
  move(reading.problems, start, problems);
  return { sections: reading.pairs.map((pair) => section(start, pair)), problems, broken: reading.broken, whole: true };
}

function section(base: number, pair: Section['pair']): Section {
  const { value } = pair;
  if (value === null) return { base, pair, items: [] };
  return { base, pair, items: value.type === 'map' ? value.pairs.map((item) => ({ base, pair: item })) : undefined };
}

/** Keys that several chunks have. Within one chunk the reader has seen them. */
function checkDuplicates(placed: readonly PlacedPair[], problems: Problem[]): void {
  const first = new Map<string, PlacedPair>();
  placed.forEach((later) => {
    const { key } = later.pair;
    const earlier = first.get(key.text);
    if (!earlier) first.set(key.text, later);
    else if (earlier.base !== later.base)
      problems.push(duplicateKey(key.text, absolute(later.base, key), absolute(earlier.base, earlier.pair.key)));
  });
}

/** Most edits leave all keys as they are: then there is nothing to look for among thousands. */
function haveSameKeys(items: readonly PlacedPair[], before: readonly PlacedPair[] | undefined): boolean {
  if (items.length !== before?.length) return false;
  return items.every(({ pair }, index) => pair === before[index]?.pair || pair.key.text === before[index]?.pair.key.text);
}

/** A key that is less indented than its neighbours. True when it is reported: the ones after it follow from it. */
function reportMisplaced(reading: Reading, base: number, problems: Problem[]): boolean {
  const key = reading.pairs[0]?.key;
  if (!key) return false;
  problems.push({
    code: 'bad-indentation',
    severity: 'error',
    message: `"${key.text}" does not line up with the keys around it: change its indentation.`,
    span: absolute(base, key),
  });
  return true;
}

function move(problems: readonly Problem[], base: number, into: Problem[]): void {
  problems.forEach((problem) => into.push(moveProblem(problem, base)));
}

function tooLarge(text: string, eol: SyntaxDocument['eol']): SyntaxDocument {
  const problem: Problem = {
    code: 'limit-size',
    severity: 'error',
    message: `The file has more than ${LIMITS.size / 1024 / 1024} million characters and is not read: split it.`,
    span: { start: 0, end: 1 },
  };
  return { text, sections: [], problems: [problem], eol, indent: 2, work: { chunks: 0, parsed: 0, whole: false } };
}
