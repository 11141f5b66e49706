import { readdirSync, readFileSync } from 'node:fs';
import { generateModel, SHAPES } from '../../bench/models.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const SAMPLES = new URL('../../../samples/', import.meta.url);

/** Models as people write them, before they are damaged. */
export const BASES: readonly string[] = [
  readFileSync(new URL('format-example.threatmodel.yaml', FIXTURES), 'utf8'),
  ...readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.threatmodel.yaml'))
    .sort()
    .map((name) => readFileSync(new URL(name, SAMPLES), 'utf8')),
  ...SHAPES.map((shape) => generateModel(shape, 30)),
];

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }
}

/** A model to damage; often the example of the format, which is short and has everything. */
export function anyBase(random: Random): string {
  return random.below(3) === 0 ? BASES[0]! : random.one(BASES);
}

/** What may stand anywhere: pieces of YAML, characters with a history, names with a meaning elsewhere. */
const SNIPPETS = [
  ...[
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ':',
    ': ',
    ', ',
    '- ',
    '? ',
    ' #',
    '|',
    '>',
    '&a ',
    '*a',
    '!!str ',
    '<<: ',
    '---\n',
    '...\n',
    '%',
    '@',
    '~',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '\0',
    '\u001b[2J',
    '\u202e',
    '\u200b',
    '\ud83d',
    '\udeaa',
    '🚪',
    '商店',
    'e\u0301',
    '\u{10ffff}',
  ],
  ...['__proto__', 'constructor', '$model', 'null', 'no', '1e3', '0x1F', '2026-01-01', '<b>', '&amp;', ']]>', '../..', '\\', '${x}', '`'],
];
const LINES = [
  '  __proto__: { kind: agent, in: constructor, controls: { __proto__: planned } }',
  '  constructor: { kind: network-zone, in: constructor }',
  '  twin: { kind: agent, in: [contoso, zone0, twin] }',
  '  loop: { from: agent, to: agent, through: [agent, agent], carries: [__proto__] }',
  '  nowhere: { from: nobody, to: contoso }',
  'completeness: draft',
  'elements:',
  'flows: { x: { from: agent, to: llm } }',
  'accepted: [{ rule: denial-of-wallet, at: think, until: 2020-01-01 }]',
  '  lines: [',
];

type Mutation = (text: string, random: Random) => string;

/** Changes lines; line ends stay what they are. */
function onLines(change: (lines: string[], at: number, random: Random) => void): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    change(lines, random.below(lines.length), random);
    return lines.join('\n');
  };
}

function onText(change: (text: string, at: number, random: Random) => string): Mutation {
  return (text, random) => change(text, random.below(text.length + 1), random);
}

/** Replaces one of the places where a pattern matches. */
function onMatch(pattern: RegExp, replace: (found: string, random: Random, words: readonly string[]) => string): Mutation {
  return (text, random) => {
    const found = [...text.matchAll(pattern)];
    const match = found.length > 0 ? random.one(found) : undefined;
    if (!match) return text;
    const words = found.map(([word]) => word);
    return text.slice(0, match.index) + replace(match[0], random, words) + text.slice(match.index + match[0].length);
  };
}

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (text, random) => text.slice(0, random.below(text.length + 1)),
  'cut the beginning': (text, random) => text.slice(random.below(text.length + 1)),
  delete: onText((text, at, random) => text.slice(0, at) + text.slice(at + 1 + random.below(40))),
  splice: onText((text, at, random) => {
    const other = random.one(BASES);
    const from = random.below(other.length);
    return text.slice(0, at) + other.slice(from, from + random.below(300)) + text.slice(at);
  }),
  insert: onText((text, at, random) => text.slice(0, at) + random.one(SNIPPETS) + text.slice(at)),
  'put in the place of a character': onText((text, at, random) => text.slice(0, at) + random.one(SNIPPETS) + text.slice(at + 1)),
  'insert a line': onLines((lines, at, random) => lines.splice(at, 0, random.one(LINES))),
  'duplicate lines': onLines((lines, at, random) => lines.splice(at, 0, ...lines.slice(at, at + 1 + random.below(4)))),
  'move a line': onLines((lines, at, random) => lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1))),
  'delete a line': onLines((lines, at) => lines.splice(at, 1)),
  indent: onLines((lines, at, random) => (lines[at] = ' '.repeat(1 + random.below(4)) + (lines[at] ?? ''))),
  'indent with a tab': onLines((lines, at) => (lines[at] = `\t${(lines[at] ?? '').trimStart()}`)),
  outdent: onLines((lines, at, random) => (lines[at] = (lines[at] ?? '').slice(1 + random.below(2)))),
  'indent everything': (text, random) => text.replace(/^ +/gm, (spaces) => spaces.repeat(1 + random.below(2))),
  'Windows line ends': (text) => text.replace(/\r?\n/g, '\r\n'),
  'old line ends': (text) => text.replace(/\r?\n/g, '\r'),
  'one Windows line end': onMatch(/\n/g, () => '\r\n'),
  'swap quotes': (text) => text.replace(/["']/g, (quote) => (quote === '"' ? "'" : '"')),
  quote: onMatch(/[\w-]+/g, (word, random) => `${random.one(['"', "'"])}${word}${random.one(['"', "'", ''])}`),
  'delete a colon': onMatch(/:/g, () => ''),
  'delete a bracket': onMatch(/[[\]{}]/g, () => ''),
  'swap a word': onMatch(/[\w-]+/g, (_, random, words) => random.one(words)),
  'rename a word everywhere': (text, random) => {
    const word = random.one(text.match(/[A-Za-z][\w-]*/g) ?? ['x']);
    return text.replaceAll(word, random.one(['__proto__', 'constructor', 'toString', 'ä', '$model', 'A', '']));
  },
  'change case': onMatch(/\b[a-z]\w+/g, (word) => word[0]!.toUpperCase() + word.slice(1)),
};

/** A damaged version of a text, and how it came to be. */
export function mutate(text: string, random: Random): { readonly text: string; readonly how: string } {
  const how = random.one(Object.keys(MUTATIONS));
  return { text: MUTATIONS[how]!(text, random), how };
}
