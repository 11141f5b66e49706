import { date, oneOf, parse } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface PostureCall {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'markdown';
  /** An earlier version of the model: a file, else a git revision. */
  readonly since: string | undefined;
  readonly exportWorkshop: string | undefined;
  readonly today: string;
}

export const postureCommand: Command = {
  name: 'posture',
  help: `\
  threatwright posture [FILES|FOLDERS]   which controls the architecture calls for, how far they are, and what to do next
      --format text|json|markdown        default: text; the others list every control
      --since REV|FILE                   what has changed since a git revision, or since another file
      --export-workshop FILE             also write notes for the board of the Zero Trust Workshop to import (best effort)
      --date YYYY-MM-DD                  default: today
`,
  async run(args, { installation, output, today }) {
    const call = read(args, today);
    return (await import('../posture.ts')).posture(call, installation, output);
  },
};

function read(args: readonly string[], today: string): PostureCall {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(args, { format: text, since: text, 'export-workshop': text, date: text });
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf('--format', values.format ?? 'text', ['text', 'json', 'markdown']),
    since: values.since,
    exportWorkshop: values['export-workshop'],
    today: date(values.date, today),
  };
}
