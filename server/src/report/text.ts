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
  // One text is made of all blocks at the end: those of thousands of findings are copied once.
  const blocks: string[] = [];
  for (const file of files) {
    const its = blocksOf(file, file.catalogue ?? catalogue, paint);
    if (its.length > 0 && files.length > 1) blocks.push(heading(file, paint));
    for (const block of its) blocks.push(block);
  }
  blocks.push(`${summaryLine(files, paint)}\n`);
  return blocks.join('\n\n');
}

/** The last line of the report, without colours. */
export function summaryOf(files: readonly FileReport[]): string {
  return summaryLine(files, painter(false));
}

/** What is wrong with the file first, then what it lacks; the heaviest first. Of what was known, only the number is said. */
function blocksOf(file: FileReport, catalogue: Catalogue, paint: Paint): readonly string[] {
  const problems = file.problems.filter(({ severity }) => severity !== 'hint');
  const findings = file.findings.filter((finding) => isOpen(finding.state) && !file.known?.has(finding.fingerprint));
  const shared = new SharedLines(catalogue, paint);
  return [
    ...byWeight(problems, ({ severity }) => PROBLEMS.indexOf(severity)).map((problem) => problemBlock(problem, file, paint)),
    ...byWeight(findings, ({ severity }) => -SEVERITIES.indexOf(severity)).map((finding) =>
      findingBlock(finding, file, catalogue, shared, paint),
    ),
  ];
}

const PROBLEMS: readonly Problem['severity'][] = ['error', 'warning', 'info', 'hint'];

function byWeight<T>(things: readonly T[], weightOf: (thing: T) => number): readonly T[] {
  return [...things].sort((a, b) => weightOf(a) - weightOf(b));
}

function heading(file: FileReport, paint: Paint): string {
  return paint('bold', `── ${plain(file.path)} ──`);
}

function problemBlock(problem: Problem, file: FileReport, paint: Paint): string {
  return [
    headline(problem.severity, problem.severity, problem.message, problem.code, paint),
    ...codeFrame(file, problem.span, problem.severity, paint),
  ].join('\n');
}

function findingBlock(finding: Finding, file: FileReport, catalogue: Catalogue, shared: SharedLines, paint: Paint): string {
  return [
    headline(finding.severity, severityText(finding), finding.message, finding.rule, paint),
    ...codeFrame(file, finding.span, finding.severity, paint),
    ...detail('in place', presentText(finding, catalogue), paint),
    ...shared.needs(finding),
    ...shared.principle(finding),
    ...detail('where', places(finding), paint),
    ...detail('same cause', finding.also.join(', '), paint),
  ].join('\n');
}

/** A line, or none when there is nothing to say. */
function detail(name: string, text: string, paint: Paint): readonly string[] {
  return text === '' ? [] : [`  ${paint('dim', `${name}:`)} ${plain(text)}`];
}

/** Lines that thousands of findings have in common, made once. */
class SharedLines {
  private readonly catalogue: Catalogue;
  private readonly paint: Paint;
  private readonly knownNeeds = new Map<Finding['missing'], readonly string[]>();
  private readonly knownPrinciples = new Map<string, readonly string[]>();

  constructor(catalogue: Catalogue, paint: Paint) {
    this.catalogue = catalogue;
    this.paint = paint;
  }

  needs(finding: Finding): readonly string[] {
    const { missing } = finding;
    let lines = this.knownNeeds.get(missing);
    if (!lines) this.knownNeeds.set(missing, (lines = detail('needs', missingText(finding, this.catalogue), this.paint)));
    return lines;
  }

  principle({ rule }: Finding): readonly string[] {
    let lines = this.knownPrinciples.get(rule);
    if (!lines) {
      const principles = this.catalogue.rules.get(rule)?.principles ?? [];
      const text = principles.map((principle) => principle.replaceAll('-', ' ')).join(', ');
      this.knownPrinciples.set(rule, (lines = detail('principle', text, this.paint)));
    }
    return lines;
  }
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
  const { findings, problems, states, known } = summarise(files);
  const counts = [...SEVERITIES]
    .reverse()
    .flatMap((severity) => (findings[severity] > 0 ? [paint(severity, `${findings[severity]} ${severity}`)] : []));
  const also = [
    ...(problems.error > 0 ? [paint('error', `${counted(problems.error, 'error')} in the ${files.length === 1 ? 'file' : 'files'}`)] : []),
    ...(problems.warning > 0 ? [paint('warning', counted(problems.warning, 'warning'))] : []),
    ...(known > 0 ? [`${known} known before`] : []),
    ...(states.accepted > 0 ? [`${states.accepted} accepted`] : []),
    ...(states['not-applicable'] > 0 ? [`${states['not-applicable']} not applicable`] : []),
  ];
  const kind = files.some((file) => file.known) ? 'new findings' : 'findings';
  const what = counts.length > 0 ? `${kind}: ${counts.join(', ')}` : paint('good', `no ${kind}`);
  const models = files.filter(({ rules }) => rules !== true);
  if (models.length === 0 && files.length > 0) return `no models, ${also.join('; ')}`;
  return `${counted(models.length, 'model')}, ${[what, ...also].join('; ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
