import type { SyntaxDocument } from './document.ts';
import { LIMITS } from './limits.ts';
import type { Problem } from './problem.ts';
import { moveProblem } from './problem.ts';
import type { Reading } from './readChunk.ts';
import { readChunk } from './readChunk.ts';
import type { SectionSplit, Split } from './split.ts';
import { splitText } from './split.ts';
import { duplicateKey } from './treeBuilder.ts';
import type { PlacedPair, Section } from './tree.ts';
import { absolute } from './tree.ts';

/** What each version has read, by the text of the chunk, for the version after it. */
const readings = new WeakMap<SyntaxDocument, ReadonlyMap<string, Reading>>();

/**
 * Reads a text. Never throws. With the version before it, only chunks whose text is new are parsed, and the pairs of all
 * others are the same objects; the result is otherwise the same as without.
 */
export function parseDocument(text: string, previous?: SyntaxDocument): SyntaxDocument {
  const eol = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  if (text.length > LIMITS.size) return tooLarge(text, eol);
  const lines = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  const split = splitText(lines);
  const known = previous && readings.get(previous);
  const chunks = new ChunkReader(lines, known ?? new Map<string, Reading>());
  let parsed = split.whole === 'no' ? readSplit(split, chunks) : readWhole(split, chunks);
  if (split.whole === 'if-healthy' && parsed.broken && split.sections.length > 1) parsed = readSplit(split, chunks);
  else if (split.whole === 'no' && chunks.dependOnEachOther) parsed = readWhole(split, chunks);
  const problems = [...split.problems, ...parsed.problems];
  checkSections(parsed.sections, problems);
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const { count, fresh } = chunks;
  const work = { chunks: parsed.whole ? 1 : count, parsed: fresh, whole: parsed.whole };
  const document: SyntaxDocument = { text, sections: parsed.sections, problems, eol, indent: split.indent, work };
  readings.set(document, chunks.read);
  return document;
}

interface Parsed {
  readonly sections: readonly Section[];
  readonly problems: Problem[];
  readonly broken: boolean;
  readonly whole: boolean;
}

class ChunkReader {
  readonly read = new Map<string, Reading>();
  /** Chunks asked for. */
  count = 0;
  /** Chunks parsed, because the version before did not have them. */
  fresh = 0;
  readonly #text: string;
  readonly #known: ReadonlyMap<string, Reading>;

  constructor(text: string, known: ReadonlyMap<string, Reading>) {
    this.#text = text;
    this.#known = known;
  }

  reading(start: number, end: number): Reading {
    const chunk = this.#text.slice(start, end);
    this.count++;
    let reading = this.read.get(chunk) ?? this.#known.get(chunk);
    if (!reading) {
      this.fresh++;
      reading = readChunk(chunk);
    }
    this.read.set(chunk, reading);
    return reading;
  }

  /** An alias in one chunk names an anchor in another. */
  get dependOnEachOther(): boolean {
    const missing = new Set<string>();
    for (const reading of this.read.values()) for (const name of reading.missing) missing.add(name);
    if (missing.size === 0) return false;
    for (const reading of this.read.values()) if (reading.anchors.some((name) => missing.has(name))) return true;
    return false;
  }
}

function readSplit(split: Split, chunks: ChunkReader): Parsed {
  const sections: Section[] = [];
  const problems: Problem[] = [];
  for (const part of split.sections) {
    const reading = chunks.reading(part.start, part.end);
    move(reading.problems, part.start, problems);
    if (part.misplaced) reportMisplaced(reading, part.start, problems);
    const items = part.items && readItems(part.items, chunks, problems);
    for (const pair of reading.pairs) sections.push(items ? { base: part.start, pair, items } : section(part.start, pair));
  }
  return { sections, problems, broken: false, whole: false };
}

function readItems(parts: NonNullable<SectionSplit['items']>, chunks: ChunkReader, problems: Problem[]): PlacedPair[] {
  const items: PlacedPair[] = [];
  const first = new Map<string, PlacedPair>();
  let reported = false;
  for (const { start, end, misplaced } of parts) {
    const reading = chunks.reading(start, end);
    move(reading.problems, start, problems);
    if (misplaced && !reported) reported = reportMisplaced(reading, start, problems);
    for (const pair of reading.pairs) {
      const item = { base: start, pair };
      items.push(item);
      checkDuplicate(item, first, problems);
    }
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

function checkSections(sections: readonly Section[], problems: Problem[]): void {
  const first = new Map<string, PlacedPair>();
  for (const placed of sections) checkDuplicate(placed, first, problems);
}

function checkDuplicate(placed: PlacedPair, first: Map<string, PlacedPair>, problems: Problem[]): void {
  const { text } = placed.pair.key;
  const earlier = first.get(text);
  if (!earlier) first.set(text, placed);
  // Within one chunk the reader has seen it.
  else if (earlier.base !== placed.base)
    problems.push(duplicateKey(text, absolute(placed.base, placed.pair.key), absolute(earlier.base, earlier.pair.key)));
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
  for (const problem of problems) into.push(moveProblem(problem, base));
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
