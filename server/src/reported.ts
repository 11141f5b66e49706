import { buildGraph, buildMarks, layoutGraph, paletteOf, renderScene, svgText, type ElkLike } from './diagram/index.ts';
import type { Snapshot } from './language/snapshot.ts';
import { assessmentProblems, postureOf, roadmapOf, type Assessment } from './posture/index.ts';
import type { ModelReport } from './report/index.ts';

/** A model with all that reports for reviewers say of it, but for its picture. */
export function modelReportOf(path: string, snapshot: Snapshot, assessment?: Assessment): ModelReport {
  const { text, model, catalogue, findings, problems, analysis } = snapshot;
  const evidence = assessment && assessmentProblems(assessment, model, analysis, catalogue);
  const base = { path, text, model, catalogue, findings, problems, posture: postureOf(snapshot), roadmap: roadmapOf(snapshot) };
  return evidence ? { ...base, evidence } : base;
}

export async function withPictures(reports: readonly ModelReport[], elk: ElkLike): Promise<readonly ModelReport[]> {
  const drawn: ModelReport[] = [];
  for (const it of reports) {
    const { model, catalogue, findings } = it;
    const scene = await layoutGraph(buildGraph(model, catalogue), elk);
    const picture = renderScene(scene, buildMarks(model, findings, catalogue), { palette: paletteOf('light'), frame: true });
    drawn.push({ ...it, svg: svgText(picture) });
  }
  return drawn;
}
