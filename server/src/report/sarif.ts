import { isOpen, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Rule, Severity } from '../catalogue/rule.ts';
import type { Problem, Span } from '../syntax/index.ts';
import { rangeIn, type FileReport } from './fileReport.ts';
import { jsonText } from './jsonText.ts';

/**
 * SARIF 2.1.0, byte-identical for the same input. Problems of the files are notifications. Accepted findings are results
 * with a suppression; findings that do not apply are left out, because viewers count every result.
 */
export function sarifReport(files: readonly FileReport[], catalogue: Catalogue, toolVersion: string): string {
  const shown = files.map((file) => file.findings.filter(({ state }) => state !== 'not-applicable'));
  const used = [...new Set(shown.flatMap((findings) => findings.map(({ rule }) => rule)))].sort();
  const index = new Map(used.map((id, at) => [id, at]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Threatwright',
            semanticVersion: toolVersion,
            rules: used.map((id) => ruleDescriptor(id, catalogueOfRule(id, files) ?? catalogue)),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map((file) => ({ location: { uri: uriOf(file.path) } })),
        results: files.flatMap((file, at) => shown[at]!.map((finding) => result(finding, file, at, index, file.catalogue ?? catalogue))),
        invocations: [
          {
            executionSuccessful: !files.some((file) => file.problems.some((problem) => problem.severity === 'error')),
            toolExecutionNotifications: files.flatMap((file, at) =>
              file.problems.filter((problem) => problem.severity !== 'hint').map((problem) => notification(problem, file, at)),
            ),
          },
        ],
      },
    ],
  };
  return jsonText(log);
}

/** The catalogue that has the rule as the first file with such a finding sees it. */
function catalogueOfRule(id: string, files: readonly FileReport[]): Catalogue | undefined {
  return files.find(({ findings }) => findings.some(({ rule }) => rule === id))?.catalogue;
}

const LEVEL: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };
/** GitHub orders security results by this number. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' };

function ruleDescriptor(id: string, catalogue: Catalogue): object {
  const rule = catalogue.rules.get(id);
  if (!rule) return { id };
  return {
    id,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.text.why },
    help: { text: helpText(rule), markdown: helpText(rule) },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { tags: ['security', rule.category, ...rule.principles], 'security-severity': SECURITY_SEVERITY[rule.severity] },
  };
}

function helpText(rule: Rule): string {
  return [rule.text.why, rule.text.fix].filter((part) => part !== '').join('\n\n');
}

function result(finding: Finding, file: FileReport, artifact: number, index: ReadonlyMap<string, number>, catalogue: Catalogue): object {
  const location = (span: Span): object => physical(file, artifact, span);
  const needs = finding.missing.map((set) => set.map((id) => catalogue.controls.get(id)?.title ?? id).join(' + ')).slice(0, 3);
  return {
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule),
    level: LEVEL[finding.severity],
    kind: 'fail',
    message: message(needs.length > 0 ? `${finding.message} Needs: ${needs.join(', or ')}.` : finding.message),
    locations: [{ physicalLocation: location(finding.span), logicalLocations: [{ fullyQualifiedName: finding.subject }] }],
    relatedLocations: finding.related.map((place, id) => ({
      id,
      message: message(place.message),
      physicalLocation: location(place.span),
    })),
    ...(finding.sources.length > 0 &&
      finding.related.length > 0 && {
        codeFlows: [
          {
            threadFlows: [
              {
                locations: finding.related.map((place) => ({
                  location: { message: message(place.message), physicalLocation: location(place.span) },
                })),
              },
            ],
          },
        ],
      }),
    partialFingerprints: { 'threatwright/v1': finding.fingerprint },
    ...(isOpen(finding.state) ? {} : { suppressions: [{ kind: 'inSource', status: 'accepted' }] }),
    properties: {
      state: finding.state,
      severity: finding.severity,
      fullSeverity: finding.fullSeverity,
      subject: finding.subject,
      also: finding.also,
    },
  };
}

function notification(problem: Problem, file: FileReport, artifact: number): object {
  return {
    level: problem.severity === 'error' ? 'error' : problem.severity === 'warning' ? 'warning' : 'note',
    descriptor: { id: problem.code },
    message: message(problem.message),
    locations: [{ physicalLocation: physical(file, artifact, problem.span) }],
  };
}

function physical(file: FileReport, artifact: number, span: Span): object {
  const { start, end } = rangeIn(file, span);
  return {
    artifactLocation: { uri: uriOf(file.path), index: artifact },
    region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
  };
}

/** In a message of SARIF, brackets make a link: those of an author are only brackets. */
function message(text: string): { readonly text: string } {
  return { text: text.replace(/[[\]\\]/g, '\\$&') };
}

/** A relative path stays a relative reference, which belongs to the root of the sources. */
function uriOf(path: string): string {
  const parts = path.replace(/\p{Cs}/gu, '\ufffd').split('/');
  const [first = ''] = parts;
  if (/^[A-Za-z]:$/.test(first)) return `file:///${[first, ...parts.slice(1).map(encodeURIComponent)].join('/')}`;
  return `${first === '' ? 'file://' : ''}${parts.map(encodeURIComponent).join('/')}`;
}
