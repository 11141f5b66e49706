import { isOpen, type Finding } from '../analysis/finding.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES, type Severity } from '../catalogue/rule.ts';
import type { Problem, Span } from '../syntax/index.ts';
import { rangeIn, summarise, type FileReport } from './fileReport.ts';

export interface TextOptions {
  /** ANSI colours: only for a terminal. */
  readonly color: boolean;
}

/** For people: each finding with its line underlined, what would satisfy it, and a summary. */
export function textReport(files: readonly FileReport[], catalogue: Catalogue, options: TextOptions): string {
  const paint = painter(options.color);
  const blocks = files.flatMap((file) => {
    const findings = file.findings.filter(({ state }) => isOpen(state));
    const problems = file.problems.filter((problem) => problem.severity !== 'hint');
    return [
      ...problems.map((problem) => problemBlock(problem, file, paint)),
      ...findings.map((finding) => findingBlock(finding, file, catalogue, paint)),
    ];
  });
  return [...blocks, summaryLine(files, paint)].join('\n\n') + '\n';
}

type Paint = (style: keyof typeof STYLES, text: string) => string;
const STYLES = {
  critical: '1;35',
  high: '1;31',
  medium: '33',
  low: '36',
  error: '1;31',
  warning: '33',
  info: '36',
  hint: '2',
  bold: '1',
  dim: '2',
  good: '32',
} as const;

function painter(color: boolean): Paint {
  return color ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_, text) => text;
}

function problemBlock(problem: Problem, file: FileReport, paint: Paint): string {
  return [
    `${paint(problem.severity, problem.severity)}${paint('bold', `: ${plain(problem.message)}`)} ${paint('dim', problem.code)}`,
    frame(file, problem.span, problem.severity, paint),
  ].join('\n');
}

function findingBlock(finding: Finding, file: FileReport, catalogue: Catalogue, paint: Paint): string {
  const rule = catalogue.rules.get(finding.rule);
  const state = finding.state === 'open' ? '' : ` (${finding.state})`;
  const lines = [
    `${paint(finding.severity, finding.severity + state)}${paint('bold', `: ${plain(finding.message)}`)} ${paint('dim', finding.rule)}`,
    frame(file, finding.span, finding.severity, paint),
  ];
  const needs = finding.missing.map((set) => set.map((id) => catalogue.controls.get(id)?.title ?? id).join(' + '));
  if (needs.length > 0)
    lines.push(`   needs: ${needs.slice(0, 3).join(', or ')}${needs.length > 3 ? `, or ${needs.length - 3} other ways` : ''}`);
  if (rule) lines.push(`   principle: ${rule.principles.map((principle) => principle.replace('-', ' ')).join(', ')}`);
  if (finding.related.length > 0)
    lines.push(
      `   where: ${finding.related
        .slice(0, 8)
        .map((place) => plain(place.message))
        .join('; ')}${finding.related.length > 8 ? '; …' : ''}`,
    );
  if (finding.also.length > 0) lines.push(`   same cause: ${finding.also.join(', ')}`);
  return lines.join('\n');
}

/** The place and its line, underlined. */
function frame(file: FileReport, span: Span, style: Severity | Problem['severity'], paint: Paint): string {
  const { start, end } = rangeIn(file, span);
  const begin = span.start - start.character;
  const line = file.text.slice(begin).split(/\r\n|\n|\r/, 1)[0] ?? '';
  const until = end.line === start.line ? end.character : line.length;
  // Very long lines are cut around the place.
  const from = start.character > 100 ? start.character - 60 : 0;
  const shown = visible(line.slice(from, from + 140));
  const number = String(start.line + 1);
  const width = Math.max(1, Math.min(until, from + 140) - start.character);
  return [
    `  ${paint('dim', '→')} ${file.path}:${number}:${start.character + 1}`,
    `${paint('dim', `${number.padStart(5)} │ `)}${shown}`,
    `${paint('dim', '      │ ')}${' '.repeat(start.character - from)}${paint(style, '^'.repeat(width))}`,
  ].join('\n');
}

function summaryLine(files: readonly FileReport[], paint: Paint): string {
  const { findings, problems, states } = summarise(files);
  const parts = [...SEVERITIES]
    .reverse()
    .flatMap((severity) => (findings[severity] > 0 ? [paint(severity, `${findings[severity]} ${severity}`)] : []));
  const also = [
    ...(problems.error > 0
      ? [paint('error', `${problems.error} ${problems.error === 1 ? 'error' : 'errors'} in the files themselves`)]
      : []),
    ...(states.accepted > 0 ? [`${states.accepted} accepted`] : []),
    ...(states['not-applicable'] > 0 ? [`${states['not-applicable']} not applicable`] : []),
  ];
  const what = parts.length > 0 ? `findings: ${parts.join(', ')}` : paint('good', 'no findings');
  return `${files.length} ${files.length === 1 ? 'model' : 'models'}, ${[what, ...also].join('; ')}`;
}

/** No control or direction characters reach the terminal, and nothing changes width. */
function visible(text: string): string {
  return text.replace(/\t/g, ' ').replace(/\p{Cc}|\p{Bidi_Control}/gu, '\u00b7');
}

function plain(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}
