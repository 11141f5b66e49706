import { isOpen, missingText, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Problem } from '../syntax/index.ts';
import { blocks, rangeIn, type FileReport, type Threshold } from './fileReport.ts';
import { visible } from './terminalText.ts';

export interface JunitOptions {
  /** What fails; open findings below it are skipped tests. */
  readonly failOn: Threshold;
}

interface Case {
  readonly outcome: 'error' | 'failure' | 'skipped' | 'passed';
  readonly xml: string;
}

/**
 * JUnit's XML, as test reports of CI read it: one suite a file, one case a finding or error; a file with nothing to say is
 * one case that passes. Byte-identical for the same input.
 */
export function junitReport(files: readonly FileReport[], catalogue: Catalogue, options: JunitOptions): string {
  const suites = files.map((file) => suiteOf(file, file.catalogue ?? catalogue, options));
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="threatwright"${counts(all)}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(file: FileReport, catalogue: Catalogue, options: JunitOptions): { readonly cases: readonly Case[]; readonly xml: string } {
  const found = [
    ...file.problems.filter(({ severity }) => severity === 'error').map((problem) => problemCase(problem, file)),
    ...file.findings.filter(({ state }) => state !== 'not-applicable').map((finding) => findingCase(finding, file, catalogue, options)),
  ];
  const cases = found.length > 0 ? found : [caseOf(file, 'nothing to complain about', 'passed')];
  const lines = [`  <testsuite name="${text(file.path)}"${counts(cases)}>`, ...cases.map(({ xml }) => xml), '  </testsuite>'];
  return { cases, xml: lines.join('\n') };
}

function problemCase({ code, message, span }: Problem, file: FileReport): Case {
  const place = placeOf(file, span);
  return caseOf(file, `${code} at ${place}`, 'error', code, message, `${message}\n${file.path}:${place}`);
}

function findingCase(finding: Finding, file: FileReport, catalogue: Catalogue, { failOn }: JunitOptions): Case {
  const { rule, subject, severity, sources, message, state } = finding;
  const name = `${rule} at ${subject}${sources.length > 0 ? ` from ${sources.join(', ')}` : ''}`;
  if (!blocks(finding, file, failOn)) {
    const why = !isOpen(state) ? state : file.known?.has(finding.fingerprint) ? 'known' : severity;
    return caseOf(file, name, 'skipped', undefined, `${why}: ${message}`);
  }
  const needs = missingText(finding, catalogue);
  const lines = [`${severity}: ${message}`, ...(needs === '' ? [] : [`Needs ${needs}.`]), `${file.path}:${placeOf(file, finding.span)}`];
  return caseOf(file, name, 'failure', severity, message, lines.join('\n'));
}

function caseOf(file: FileReport, name: string, outcome: Case['outcome'], type?: string, message = '', body = ''): Case {
  const open = `    <testcase classname="${text(file.path)}" name="${text(name)}" file="${text(file.path)}"`;
  if (outcome === 'passed') return { outcome, xml: `${open}/>` };
  const said = `<${outcome} message="${text(message)}"${type === undefined ? '' : ` type="${text(type)}"`}`;
  const inner = body === '' ? `${said}/>` : `${said}>${body.split('\n').map(text).join('\n')}</${outcome}>`;
  return { outcome, xml: `${open}>${inner}</testcase>` };
}

function counts(cases: readonly Case[]): string {
  const number = (outcome: Case['outcome']): number => cases.filter((it) => it.outcome === outcome).length;
  return ` tests="${cases.length}" failures="${number('failure')}" errors="${number('error')}" skipped="${number('skipped')}"`;
}

function placeOf(file: FileReport, span: Problem['span']): string {
  const { line, character } = rangeIn(file, span).start;
  return `${line + 1}:${character + 1}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text on one line, in an element or an attribute; what XML cannot hold at all is shown as a dot. */
function text(value: string): string {
  return visible(value)
    .replace(/[\ufffe\uffff]/g, '\u00b7')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
