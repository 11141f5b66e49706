import { isOpen, missingText, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { Problem, Span } from '../syntax/index.ts';
import { rangeIn, type FileReport } from './fileReport.ts';
import { plain } from './terminalText.ts';
import { summaryOf } from './text.ts';

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly level: Level;
  /** The heavier come first, because GitHub shows only the first few of each level. */
  readonly weight: number;
  readonly line: string;
}

const LEVEL_OF_PROBLEM: Readonly<Record<Problem['severity'], Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands of GitHub Actions, which become annotations in the changed files; the last line is a summary for the log.
 * With an earlier run, only what is new.
 */
export function githubReport(files: readonly FileReport[], catalogue: Catalogue): string {
  const annotations = files.flatMap((file) => [
    ...file.problems.filter(({ severity }) => severity !== 'hint').map((problem) => problemLine(problem, file)),
    ...file.findings
      .filter(({ state, fingerprint }) => isOpen(state) && !file.known?.has(fingerprint))
      .map((finding) => findingLine(finding, file, file.catalogue ?? catalogue)),
  ]);
  const ordered = annotations.sort((a, b) => b.weight - a.weight);
  return [...ordered.map(({ line }) => line), summaryOf(files), ''].join('\n');
}

function problemLine({ severity, code, message, span }: Problem, file: FileReport): Annotation {
  const level = LEVEL_OF_PROBLEM[severity];
  return { level, weight: level === 'error' ? SEVERITIES.length : -1, line: command(level, file, span, code, message) };
}

function findingLine(finding: Finding, file: FileReport, catalogue: Catalogue): Annotation {
  const { severity, rule, span, message } = finding;
  const level: Level = severity === 'critical' || severity === 'high' ? 'error' : severity === 'medium' ? 'warning' : 'notice';
  const needs = missingText(finding, catalogue);
  const said = needs === '' ? message : `${message}\nNeeds ${needs}.`;
  return { level, weight: SEVERITIES.indexOf(severity), line: command(level, file, span, `${severity}: ${rule}`, said) };
}

function command(level: Level, file: FileReport, span: Span, title: string, message: string): string {
  const { start, end } = rangeIn(file, span);
  // Columns are taken only within one line.
  const columns = start.line === end.line ? `,col=${start.character + 1},endColumn=${end.character + 1}` : '';
  const place = `file=${property(file.path)},line=${start.line + 1},endLine=${end.line + 1}${columns}`;
  return `::${level} ${place},title=${property(title)}::${message.split('\n').map(data).join('%0A')}`;
}

/** No line of a model can end the command or begin another one. */
function data(text: string): string {
  return plain(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
