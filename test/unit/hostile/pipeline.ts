import assert from 'node:assert/strict';
import type { Finding } from '../../../server/src/analysis/index.ts';
import type { ElkLike } from '../../../server/src/diagram/index.ts';
import { buildGraph, buildMarks, layoutGraph, paletteOf, renderScene, svgText } from '../../../server/src/diagram/index.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { jsonReport, sarifReport, textReport } from '../../../server/src/report/index.ts';
import type { Problem, Span } from '../../../server/src/syntax/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

const catalogue = readCatalogue();

/** An engine that always fails: what is drawn is the plain grid. */
export const NO_ENGINE: ElkLike = { layout: () => Promise.reject(new Error('there is no engine')) };

/** A snapshot whose every error is thrown, and whose every place is in the text. */
export function snapshotOf(text: string, previous?: Snapshot): Snapshot {
  const snapshot = take(text, previous);
  assertInside(snapshot);
  return snapshot;
}

/** An edit says the same as its text says without the version before. */
export function assertAsFresh(snapshot: Snapshot): void {
  const fresh = take(snapshot.text);
  assert.deepEqual(snapshot.findings.map(tell), fresh.findings.map(tell), 'findings of an edit are not those of the text');
  assert.deepEqual(snapshot.problems.map(tellProblem), fresh.problems.map(tellProblem), 'problems of an edit are not those of the text');
}

function take(text: string, previous?: Snapshot): Snapshot {
  return takeSnapshot(text, catalogue, TODAY, previous, (_, error) => {
    throw error;
  });
}

function tell({ rule, subject, state, span, fingerprint }: Finding): string {
  return [rule, subject, state, span.start, span.end, fingerprint].join(' ');
}

function tellProblem({ code, severity, message, span }: Problem): string {
  return [code, severity, span.start, span.end, message].join(' ');
}

/** Every place that is named is a place of the text. */
function assertInside({ text, findings, problems }: Snapshot): void {
  const inside = (span: Span): boolean => span.start >= 0 && span.start <= span.end && span.end <= Math.max(1, text.length);
  for (const finding of findings) {
    assert.ok(
      inside(finding.span) && finding.related.every(({ span }) => inside(span)),
      `${finding.rule} at ${finding.subject} is outside`,
    );
    assert.notEqual(finding.message, '');
  }
  for (const problem of problems)
    assert.ok(inside(problem.span) && (problem.related ?? []).every(({ span }) => inside(span)), `${problem.code} is outside`);
}

/** The picture of a model, with the trail of its first finding. */
export async function pictureOf(snapshot: Snapshot, engine: ElkLike): Promise<string> {
  const graph = buildGraph(snapshot.model, catalogue);
  const marks = buildMarks(snapshot.model, snapshot.findings, catalogue);
  const scene = await layoutGraph(graph, engine);
  const svg = svgText(renderScene(scene, marks, { palette: paletteOf('light'), frame: true, highlight: marks.findings[0]?.key }));
  assert.equal(scene.nodes.length, snapshot.model.elements.size);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined="|[\p{Cc}\p{Cs}]|<(?:script|b|img|foreignObject)\b/u);
  return svg;
}

/** Everything that the command line may print of a model. */
export function reportsOf({ text, problems, findings }: Snapshot): {
  readonly text: string;
  readonly json: string;
  readonly sarif: string;
} {
  const files = [{ path: 'm.threatmodel.yaml', text, problems, findings }];
  const reports = {
    text: textReport(files, catalogue, { color: false }),
    json: jsonReport(files, catalogue),
    sarif: sarifReport(files, catalogue, '1.0.0'),
  };
  for (const report of Object.values(reports)) assert.doesNotMatch(report.replaceAll('\n', ''), /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
  const json = JSON.parse(reports.json) as { files: [{ findings: unknown[]; problems: unknown[] }] };
  assert.equal(json.files[0].findings.length, findings.length);
  assert.equal(json.files[0].problems.length, problems.length);
  JSON.parse(reports.sarif);
  return reports;
}
