import { SEVERITIES, type Severity } from '../../catalogue/rule.ts';
import { date, oneOf, parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

const FORMATS = ['text', 'json', 'sarif', 'junit', 'github'] as const;

export interface CheckCall {
  readonly paths: readonly string[];
  readonly format: (typeof FORMATS)[number];
  /** `none`: findings never fail the call. */
  readonly failOn: Severity | 'none';
  /** The JSON or SARIF of an earlier call: what it has found is known. */
  readonly baseline: string | undefined;
  /** A git revision: only what has changed since is checked. */
  readonly changedSince: string | undefined;
  /** Mends what is safe to mend. */
  readonly fix: boolean;
  /** Checks again whenever something changes, until it is interrupted. */
  readonly watch: boolean;
  /** The JSON report of a Zero Trust Assessment that models are compared with. */
  readonly assessment: string | undefined;
  readonly today: string;
}

export const checkCommand: Command = {
  name: 'check',
  help: `\
  threatwright check [FILES|FOLDERS]     find the controls that are missing; a folder means all its *.threatmodel.yaml,
                                         and a quoted pattern ("models/**/prod-*") those that fit
      --format text|json|sarif|junit|github   default: text; github: annotations of GitHub Actions
      --fail-on critical|high|medium|low|none   exit with 1 when there is a finding like that or worse; default: high
      --baseline FILE                    JSON or SARIF of an earlier check: only what is new, or worse, counts
      --changed-since REV                only models that have changed since a git revision, or use what has
      --fix                              mend typing mistakes and the like in the files, as the editor does
      --watch                            check again when models or rules change, until Ctrl+C
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
    baseline: { type: 'string' },
    'changed-since': { type: 'string' },
    fix: { type: 'boolean' },
    watch: { type: 'boolean' },
    date: { type: 'string' },
  });
  if (values.watch && ((values.format ?? 'text') !== 'text' || positionals.includes('-')))
    throw new UsageError('--watch is for people who look at files: not for other formats than text, nor standard input.');
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: oneOf('--format', values.format ?? 'text', FORMATS),
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'high', [...SEVERITIES, 'none']),
    assessment: values.assessment,
    baseline: values.baseline,
    changedSince: values['changed-since'],
    fix: values.fix === true,
    watch: values.watch === true,
    today: date(values.date, today),
  };
}
