import { parseArgs } from 'node:util';
import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import { PALETTES, type PaletteName } from '../diagram/palette.ts';

export interface CheckCall {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  /** `none`: findings never fail the call. */
  readonly failOn: Severity | 'none';
  readonly today: string;
}
export interface DrawCall {
  readonly command: 'draw';
  readonly paths: readonly string[];
  /** A file ending in .svg or .png, or a folder when several models are drawn. */
  readonly output: string;
  readonly theme: PaletteName;
  /** Pixels per unit, PNG only. */
  readonly scale: number;
  readonly today: string;
}
export interface RulesCall {
  readonly command: 'rules';
  readonly format: 'text' | 'json';
  readonly category: string | undefined;
  readonly severity: Severity | undefined;
  readonly principle: string | undefined;
  readonly control: string | undefined;
  /** A taxonomy, or an id in it: `TAXONOMY:ID`. */
  readonly taxonomy: string | undefined;
}
export interface TestRulesCall {
  readonly command: 'test-rules';
  readonly folder: string;
  readonly today: string;
}
export interface ExplainCall {
  readonly command: 'explain';
  readonly id: string;
}
export type Call = CheckCall | DrawCall | RulesCall | TestRulesCall | ExplainCall | { readonly command: 'help' | 'version' };

/** A call that makes no sense: the message says what would. */
export class UsageError extends Error {}

export function readCall(args: readonly string[], today: string): Call {
  if (args.length === 0 || args.includes('--help') || args.includes('-h') || args[0] === 'help') return { command: 'help' };
  if (args[0] === '--version' || args[0] === 'version') return { command: 'version' };
  const [command, ...rest] = args;
  if (command === 'check') return readCheck(rest, today);
  if (command === 'draw') return readDraw(rest, today);
  if (command === 'rules') return rest[0] === 'test' ? readTestRules(rest.slice(1), today) : readRules(rest);
  if (command === 'explain') return readExplain(rest);
  throw new UsageError(`There is no command "${command ?? ''}". Commands: check, draw, rules, explain.`);
}

function readCheck(args: string[], today: string): CheckCall {
  const { values, positionals } = parse(args, { format: { type: 'string' }, 'fail-on': { type: 'string' }, date: { type: 'string' } });
  return {
    command: 'check',
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf('--format', values.format ?? 'text', ['text', 'json', 'sarif']),
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'high', [...SEVERITIES, 'none']),
    today: date(values.date, today),
  };
}

function readDraw(args: string[], today: string): DrawCall {
  const { values, positionals } = parse(args, {
    output: { type: 'string', short: 'o' },
    theme: { type: 'string' },
    scale: { type: 'string' },
    date: { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('Which model is to be drawn? threatwright draw FILE -o NAME.svg');
  if (values.output === undefined) throw new UsageError('Where to? Add -o NAME.svg, -o NAME.png, or -o FOLDER for several models.');
  const scale = Number(values.scale ?? '2');
  if (!(scale >= 1 && scale <= 4)) throw new UsageError('--scale is a number from 1 to 4.');
  return {
    command: 'draw',
    paths: positionals,
    output: values.output,
    theme: oneOf('--theme', values.theme ?? 'light', PALETTES),
    scale,
    today: date(values.date, today),
  };
}

function readRules(args: string[]): RulesCall {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(args, {
    category: text,
    severity: text,
    principle: text,
    control: text,
    taxonomy: text,
    format: text,
  });
  if (positionals.length > 0) throw new UsageError(`threatwright rules takes options only, not "${positionals[0]}".`);
  const { category, severity, principle, control, taxonomy, format } = values;
  return {
    command: 'rules',
    format: oneOf('--format', format ?? 'text', ['text', 'json']),
    severity: severity === undefined ? undefined : oneOf('--severity', severity, SEVERITIES),
    ...{ category, principle, control, taxonomy },
  };
}

function readTestRules(args: string[], today: string): TestRulesCall {
  const { values, positionals } = parse(args, { date: { type: 'string' } });
  if (positionals.length !== 1) throw new UsageError('Which rules are to be tested? threatwright rules test FOLDER');
  return { command: 'test-rules', folder: positionals[0] ?? '.', today: date(values.date, today) };
}

function readExplain(args: string[]): ExplainCall {
  const { positionals } = parse(args, {});
  if (positionals.length !== 1) throw new UsageError('What is to be explained? threatwright explain RULE or CONTROL');
  return { command: 'explain', id: positionals[0] ?? '' };
}

type Options = Readonly<Record<string, { readonly type: 'string'; readonly short?: string }>>;

function parse(args: string[], options: Options): { values: Readonly<Record<string, string | undefined>>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return { values: values as Record<string, string | undefined>, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((it) => it === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}

function date(value: string | undefined, today: string): string {
  if (value === undefined) return today;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  // A day that does not exist, such as the 31st of February, is read as the one it would be.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== value)
    throw new UsageError(`--date is a day like 2026-11-22, not "${value}".`);
  return value;
}

export const HELP = `threatwright: AI threat models as text, checked against a Zero Trust for AI reference architecture

  threatwright check [FILES|FOLDERS]     find the controls that are missing; a folder means all its *.threatmodel.yaml
      --format text|json|sarif           default: text
      --fail-on critical|high|medium|low|none   exit with 1 when there is a finding like that or worse; default: high
      --date YYYY-MM-DD                  the day that decides which acceptances have expired; default: today
  threatwright draw FILES|FOLDERS -o OUT draw the architecture with its risks
      -o NAME.svg | NAME.png | FOLDER
      --theme light|dark|print|high-contrast    default: light
      --scale 1..4                       pixels per unit of a PNG; default: 2
  threatwright rules                     list the rules that hold here, an organisation's own among them
      --category, --severity, --principle, --control, --taxonomy WORD   only those; TAXONOMY:ID for one id
      --format text|json                 default: text
  threatwright rules test FOLDER         run the examples of an organisation's own rules, in FOLDER/.threatwright
  threatwright explain RULE|CONTROL      why it matters, what to do, what satisfies it
  threatwright --version | --help

  "-" reads a model from standard input.
  Exit codes: 0 nothing to complain about, 1 findings, 2 a file or the call is wrong (what could be analysed is printed).
`;
