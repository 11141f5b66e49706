import { cleanCharacters } from './characters.ts';
import { readFast } from './fastReader.ts';
import { faultProblem, problemsOf } from './faults.ts';
import { tooDeep, tooDeepAt } from './limits.ts';
import { readPlain } from './plainReader.ts';
import type { Problem } from './problem.ts';
import { colonOfKey } from './split.ts';
import type { Fault } from './tolerantReader.ts';
import { readTolerant } from './tolerantReader.ts';
import { TreeBuilder } from './treeBuilder.ts';
import type { Node, Pair } from './tree.ts';

/** What one piece of text says, whatever stands around it. All spans are relative to it. */
export interface Reading {
  /** The pairs of its map: one, for a healthy chunk. */
  readonly pairs: readonly Pair[];
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  /** It is not healthy YAML. */
  readonly broken: boolean;
  readonly anchors: readonly string[];
  /** Aliases whose anchor is not here, and may be in another chunk. */
  readonly missing: readonly string[];
}

/** Reads one piece of text. Never throws: what neither reader can read is a problem. */
export function readChunk(raw: string): Reading {
  const plain = readPlain(raw);
  if (plain) return { pairs: [plain], problems: NONE, broken: false, anchors: NONE, missing: NONE };
  const { text, problems: characters } = cleanCharacters(raw);
  const fast = attempt((builder) => ({ root: readFast(text, builder), faults: [] }));
  if (fast) return reading(text, fast, characters);
  const deep = tooDeepAt(text);
  if (deep !== undefined) return keyOnly(text, [...characters, tooDeep(deep)]);
  const tolerant = attempt((builder) => readTolerant(text, builder));
  if (!tolerant) return keyOnly(text, [...characters, faultProblem({ kind: 'syntax', span: firstWord(text) }, text)]);
  if (tolerant.faults.length > 0) {
    const tab = /^ *\t[ \t]*/m.exec(text);
    if (tab) return readWithoutTabs(text, tab.index, tab[0].length, tolerant, characters);
  }
  return reading(text, tolerant, characters);
}

interface Attempt {
  readonly root: Node | null;
  readonly faults: readonly Fault[];
  readonly builder: TreeBuilder;
}

/** Both libraries throw errors of their own on bad text, and a RangeError on text made to overflow the stack. */
function attempt(read: (builder: TreeBuilder) => Omit<Attempt, 'builder'>): Attempt | undefined {
  const builder = new TreeBuilder();
  try {
    return { ...read(builder), builder };
  } catch {
    return undefined;
  }
}

/**
 * Tabs as indentation are one mistake: when the text is healthy with as many spaces in their place, that is its tree.
 * Unless lines would change from inside the chunk's key to its neighbours.
 */
function readWithoutTabs(text: string, line: number, length: number, tolerant: Attempt, characters: readonly Problem[]): Reading {
  const fault: Fault = { kind: 'tab-indentation', span: { start: line, end: line + length } };
  const spaced = text.replace(/^ *\t[ \t]*/gm, (indentation) => ' '.repeat(indentation.length));
  const healthy = attempt((builder) => ({ root: readFast(spaced, builder), faults: [] }));
  const inside = healthy?.root?.type === 'map' && healthy.root.pairs.length === 1;
  return reading(text, { ...(inside ? healthy : tolerant), faults: [fault] }, characters);
}

function reading(text: string, { root, faults, builder }: Attempt, characters: readonly Problem[]): Reading {
  const { problems, doubtfulFrom } = problemsOf(faults, text);
  if (root !== null && root.type !== 'map' && faults.length === 0) problems.push(notAKey(root, text));
  for (const problem of builder.problems) if (problem.span.start < doubtfulFrom) problems.push(problem);
  problems.push(...characters);
  if (problems.length > 1) problems.sort((a, b) => a.span.start - b.span.start);
  const pairs = root?.type === 'map' ? root.pairs : [];
  return { pairs, problems, broken: faults.length > 0, anchors: [...builder.anchors], missing: [...builder.missing] };
}

/** A line that should be `key: value` and is something else. */
function notAKey(root: Node, text: string): Problem {
  const line = /[^\r\n]*/.exec(text.slice(root.start, root.end))?.[0] ?? '';
  if (root.type === 'scalar') {
    return faultProblem({ kind: 'missing-colon', span: { start: root.start, end: root.start + Math.max(1, line.trimEnd().length) } }, text);
  }
  return {
    code: 'not-a-key',
    severity: 'error',
    message: 'A list cannot stand here: write a key and a colon.',
    span: { start: root.start, end: root.start + 1 },
  };
}

/** What cannot be read keeps its place: the key, with nothing as its value. */
function keyOnly(text: string, problems: readonly Problem[]): Reading {
  const first = firstWord(text).start;
  const colon = colonOfKey(text, first, text.length);
  const key = colon === undefined ? undefined : attempt((builder) => ({ root: readFast(text.slice(0, colon + 1), builder), faults: [] }));
  return { pairs: key?.root?.type === 'map' ? key.root.pairs : [], problems, broken: true, anchors: [], missing: [] };
}

function firstWord(text: string): { start: number; end: number } {
  const start = Math.max(0, text.search(/\S/));
  return { start, end: Math.min(start + 1, text.length) };
}

const NONE: readonly never[] = [];
