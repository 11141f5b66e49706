import path from 'node:path';
import { date, oneOf, parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface DiffCall {
  /** Each a file, or `REV:FILE`. */
  readonly before: string;
  readonly after: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly picture: { readonly file: string; readonly format: 'svg' | 'png' } | undefined;
  readonly today: string;
}

export const diffCommand: Command = {
  name: 'diff',
  help: `\
  threatwright diff OLD NEW              what has changed between two models, each a FILE or REV:FILE of a git revision
      --rev OLD..NEW FILE                two revisions of one file; OLD alone compares with the file as it is
      --format text|markdown|json        default: text; markdown fits into the comment of a pull request
      -o NAME.svg|png                    also draw the newer model with what was added, changed and removed
      --date YYYY-MM-DD                  default: today
`,
  async run(args, { installation, output, today }) {
    const call = read(args, today);
    return (await import('../diff.ts')).diff(call, installation, output);
  },
};

function read(args: readonly string[], today: string): DiffCall {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(args, { format: text, rev: text, date: text, output: { type: 'string', short: 'o' } });
  const [before, after] = sidesOf(values.rev, positionals);
  return {
    ...{ before, after },
    format: oneOf('--format', values.format ?? 'text', ['text', 'markdown', 'json']),
    picture: values.output === undefined ? undefined : pictureOf(values.output),
    today: date(values.date, today),
  };
}

function sidesOf(revisions: string | undefined, positionals: readonly string[]): readonly [string, string] {
  const [first, second] = positionals;
  if (revisions === undefined) {
    if (first === undefined || second === undefined || positionals.length > 2)
      throw new UsageError('Which models are to be compared? threatwright diff OLD NEW, or threatwright diff --rev OLD..NEW FILE');
    return [first, second];
  }
  const [old, now, ...others] = revisions.split('..');
  if (first === undefined || second !== undefined || !old || others.length > 0)
    throw new UsageError('Revisions of one file: threatwright diff --rev OLD..NEW FILE, or --rev OLD FILE.');
  return [`${old}:${first}`, now === undefined || now === '' ? first : `${now}:${first}`];
}

function pictureOf(file: string): NonNullable<DiffCall['picture']> {
  const format = (['svg', 'png'] as const).find((it) => path.extname(file).toLowerCase() === `.${it}`);
  if (!format) throw new UsageError(`A picture of changes ends with .svg or .png; "${file}" does not.`);
  return { file, format };
}
