import { date, parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

export const REPORT_FORMATS = ['html', 'md', 'pdf', 'csv', 'controls.csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportCall {
  readonly paths: readonly string[];
  readonly outputs: readonly { readonly file: string; readonly format: ReportFormat }[];
  readonly since: string | undefined;
  /** The JSON report of a Zero Trust Assessment that models are compared with. */
  readonly assessment: string | undefined;
  readonly today: string;
}

export const reportCommand: Command = {
  name: 'report',
  help: `\
  threatwright report FILES|FOLDERS -o OUT   write all that a reviewer reads: diagram, findings, decisions, coverage, posture
      -o NAME.html | NAME.pdf | NAME.md  a page that needs nothing else; a document; Markdown; -o may be given more than once
      -o NAME.csv | NAME.controls.csv    a table of the findings; of the controls
      --since REV|FILE                   with what has changed since a git revision, or since another file
      --assessment REPORT                compare with the JSON report of a Zero Trust Assessment
      --date YYYY-MM-DD                  default: today
`,
  async run(args, { installation, output, today }) {
    const call = read(args, today);
    return (await import('../report.ts')).report(call, installation, output);
  },
};

function read(args: readonly string[], today: string): ReportCall {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(args, {
    output: { type: 'string', short: 'o', multiple: true },
    since: text,
    assessment: text,
    date: text,
  });
  if (positionals.length === 0) throw new UsageError('Which models are to be reported? threatwright report FILE -o NAME.html');
  if (!values.output) throw new UsageError('Where to? Add -o NAME.html, -o NAME.pdf, -o NAME.md or -o NAME.csv.');
  return {
    paths: positionals,
    outputs: values.output.map((file) => ({ file, format: formatOf(file) })),
    since: values.since,
    assessment: values.assessment,
    today: date(values.date, today),
  };
}

/** The longest ending that fits. */
function formatOf(file: string): ReportFormat {
  const [found] = REPORT_FORMATS.filter((format) => file.toLowerCase().endsWith(`.${format}`)).sort((a, b) => b.length - a.length);
  if (found === undefined)
    throw new UsageError(`A report ends with ${REPORT_FORMATS.map((it) => `.${it}`).join(', ')}; "${file}" does not.`);
  return found;
}
