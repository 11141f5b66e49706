import {
  buildGraph,
  buildMarks,
  defaultCollapsed,
  layoutGraph,
  paletteOf,
  pinScene,
  renderScene,
  svgText,
  viewOf,
  type ElkLike,
  type Pins,
} from './diagram/index.ts';
import type { Snapshot } from './language/snapshot.ts';
import { assessmentProblems, atOnce, postureOf, roadmapOf, type Assessment, type Work } from './posture/index.ts';
import type { ModelReport } from './report/index.ts';

/** More boxes than that nobody makes out on a page; laying out all of 5,000 elements takes as long as all else of a report. */
const MOST_BOXES = 400;

/** A model with all that reports for reviewers say of it, but for its picture. */
export function modelReportOf(path: string, snapshot: Snapshot, assessment?: Assessment): ModelReport {
  return atOnce(modelReportWork(path, snapshot, assessment));
}

/** `modelReportOf`, which stops after each analysis of the model. */
export function* modelReportWork(path: string, snapshot: Snapshot, assessment?: Assessment): Work<ModelReport> {
  const { text, model, catalogue, findings, problems, analysis } = snapshot;
  yield;
  const evidence = assessment && assessmentProblems(assessment, model, analysis, catalogue);
  const posture = postureOf(snapshot);
  yield;
  const roadmap = yield* roadmapOf(snapshot);
  const base = { path, text, model, catalogue, findings, problems, posture, roadmap };
  return evidence ? { ...base, evidence } : base;
}

/** Of a large model some boundaries are drawn closed; elements stand where they were put by hand, as in the editor. */
export async function withPictures(
  reports: readonly ModelReport[],
  elk: ElkLike,
  pinsOf: (report: ModelReport) => Pins | Promise<Pins>,
): Promise<readonly ModelReport[]> {
  const drawn: ModelReport[] = [];
  for (const it of reports) {
    const { model, catalogue, findings } = it;
    const all = buildGraph(model, catalogue);
    const closed = defaultCollapsed(all, MOST_BOXES);
    const { graph, marks } = viewOf(all, buildMarks(model, findings, catalogue), { collapsed: closed });
    const scene = pinScene(await layoutGraph(graph, elk), await pinsOf(it));
    const svg = svgText(renderScene(scene, marks, { palette: paletteOf('light'), frame: true }));
    drawn.push({ ...it, svg, closed: closed.length });
  }
  return drawn;
}
