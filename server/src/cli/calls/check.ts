import { SEVERITIES, type Severity } from '../../catalogue/rule.ts';
import { date, oneOf, parse } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface CheckCall {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  /** `none`: findings never fail the call. */
  readonly failOn: Severity | 'none';
  /** The JSON report of a Zero Trust Assessment that models are compared with. */
  readonly assessment: string | undefined;
  readonly today: string;
}

export const checkCommand: Command = {
  name: 'check',
  help: `\
  threatwright check [FILES|FOLDERS]     find the controls that are missing; a folder means all its *.threatmodel.yaml
      --format text|json|sarif           default: text
      --fail-on critical|high|medium|low|none   exit with 1 when there is a finding like that or worse; default: high
      --assessment REPORT                compare with the JSON report of a Zero Trust Assessment
      --date YYYY-MM-DD                  the day that decides which acceptances have expired; default: today
`,
  async run(args, { installation, output, today }) {
    const call = read(args, today);
    return (await import('../check.ts')).check(call, installation, output);
  },
};

function read(args: readonly string[], today: string): CheckCall {
  const { values, positionals } = parse(args, {
    format: { type: 'string' },
    'fail-on': { type: 'string' },
    assessment: { type: 'string' },
    date: { type: 'string' },
  });
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf('--format', values.format ?? 'text', ['text', 'json', 'sarif']),
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'high', [...SEVERITIES, 'none']),
    assessment: values.assessment,
    today: date(values.date, today),
  };
}
