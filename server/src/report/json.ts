import type { Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Problem } from '../syntax/index.ts';
import { rangeIn, summarise, type FileReport } from './fileReport.ts';
import { jsonText } from './jsonText.ts';

/** The machine-readable result; docs/schema/check.schema.json describes it. Byte-identical for the same input. */
export function jsonReport(files: readonly FileReport[], catalogue: Catalogue): string {
  return jsonText({ version: 1, files: files.map((file) => fileJson(file, file.catalogue ?? catalogue)), summary: summaryJson(files) });
}

/** Keys about an earlier run are there only when there was one. */
function summaryJson(files: readonly FileReport[]): object {
  const { known, ...summary } = summarise(files);
  return files.some((file) => file.known) ? { ...summary, known } : summary;
}

function fileJson(file: FileReport, catalogue: Catalogue): object {
  return {
    path: file.path,
    problems: file.problems.map((problem) => problemJson(problem, file)),
    findings: file.findings.map((finding) => findingJson(finding, file, catalogue)),
  };
}

function problemJson(problem: Problem, file: FileReport): object {
  return {
    code: problem.code,
    severity: problem.severity,
    message: problem.message,
    range: rangeIn(file, problem.span),
    related: (problem.related ?? []).map((place) => ({ message: place.message, range: rangeIn(file, place.span) })),
    suggestions: problem.suggestions ?? [],
  };
}

function findingJson(finding: Finding, file: FileReport, catalogue: Catalogue): object {
  const rule = catalogue.rules.get(finding.rule);
  const standing = catalogue.standings.get(finding.rule);
  return {
    rule: finding.rule,
    severity: finding.severity,
    fullSeverity: finding.fullSeverity,
    state: finding.state,
    subject: finding.subject,
    message: finding.message,
    range: rangeIn(file, finding.span),
    missing: finding.missing,
    present: finding.present,
    related: finding.related.map((place) => ({ subject: place.subject, message: place.message, range: rangeIn(file, place.span) })),
    sources: finding.sources,
    also: finding.also,
    fingerprint: finding.fingerprint,
    ...(rule && standing && { standing: { principles: rule.principles, ...standing } }),
    ...(file.known && { new: !file.known.has(finding.fingerprint) }),
  };
}
