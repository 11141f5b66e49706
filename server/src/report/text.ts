import { isOpen, missingText, presentText, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import type { Problem } from '../syntax/index.ts';
import { codeFrame } from './codeFrame.ts';
import { summarise, type FileReport } from './fileReport.ts';
import { painter, type Paint } from './paint.ts';
import { plain } from './terminalText.ts';

export interface TextOptions {
  /** ANSI colours: only for a terminal. */
  readonly color: boolean;
}

const MOST_PLACES = 8;

/** For people: each problem and open finding with its line underlined, what would satisfy it, and a summary. */
export function textReport(files: readonly FileReport[], catalogue: Catalogue, options: TextOptions): string {
  const paint = painter(options.color);
  const blocks = files.flatMap((file) => [
    ...file.problems.filter(({ severity }) => severity !== 'hint').map((problem) => problemBlock(problem, file, paint)),
    ...file.findings.filter(({ state }) => isOpen(state)).map((finding) => findingBlock(finding, file, file.catalogue ?? catalogue, paint)),
  ]);
  return [...blocks, summaryLine(files, paint)].join('\n\n') + '\n';
}

function problemBlock(problem: Problem, file: FileReport, paint: Paint): string {
  return [
    headline(problem.severity, problem.severity, problem.message, problem.code, paint),
    ...codeFrame(file, problem.span, problem.severity, paint),
  ].join('\n');
}

function findingBlock(finding: Finding, file: FileReport, catalogue: Catalogue, paint: Paint): string {
  const rule = catalogue.rules.get(finding.rule);
  const lines = [
    headline(finding.severity, severityText(finding), finding.message, finding.rule, paint),
    ...codeFrame(file, finding.span, finding.severity, paint),
  ];
  const detail = (name: string, text: string): unknown => text !== '' && lines.push(`  ${paint('dim', `${name}:`)} ${plain(text)}`);
  detail('in place', presentText(finding, catalogue));
  detail('needs', missingText(finding, catalogue));
  detail('principle', rule?.principles.map((principle) => principle.replaceAll('-', ' ')).join(', ') ?? '');
  detail('where', places(finding));
  detail('same cause', finding.also.join(', '));
  return lines.join('\n');
}

function headline(style: Severity | Problem['severity'], label: string, message: string, id: string, paint: Paint): string {
  return `${paint(style, label)}${paint('bold', `: ${plain(message)}`)} ${paint('dim', `(${plain(id)})`)}`;
}

/** Gates use the full severity: where another one is shown, both are said. */
function severityText({ severity, fullSeverity, state }: Finding): string {
  if (state === 'open') return severity;
  return `${severity} (${state}${fullSeverity === severity ? '' : `, ${fullSeverity} until in place`})`;
}

function places({ related }: Finding): string {
  const shown = related.slice(0, MOST_PLACES).map((place) => place.message);
  const others = related.length - shown.length;
  return [...shown, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}

function summaryLine(files: readonly FileReport[], paint: Paint): string {
  const { findings, problems, states } = summarise(files);
  const counts = [...SEVERITIES]
    .reverse()
    .flatMap((severity) => (findings[severity] > 0 ? [paint(severity, `${findings[severity]} ${severity}`)] : []));
  const also = [
    ...(problems.error > 0 ? [paint('error', `${counted(problems.error, 'error')} in the ${files.length === 1 ? 'file' : 'files'}`)] : []),
    ...(problems.warning > 0 ? [paint('warning', counted(problems.warning, 'warning'))] : []),
    ...(states.accepted > 0 ? [`${states.accepted} accepted`] : []),
    ...(states['not-applicable'] > 0 ? [`${states['not-applicable']} not applicable`] : []),
  ];
  const what = counts.length > 0 ? `findings: ${counts.join(', ')}` : paint('good', 'no findings');
  const models = files.filter(({ rules }) => rules !== true);
  if (models.length === 0 && files.length > 0) return `no models, ${also.join('; ')}`;
  return `${counted(models.length, 'model')}, ${[what, ...also].join('; ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
