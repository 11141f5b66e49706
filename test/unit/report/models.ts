import { readFileSync } from 'node:fs';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { atOnce, postureOf, progressBetween, roadmapOf } from '../../../server/src/posture/index.ts';
import type { ModelReport } from '../../../server/src/report/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { catalogue } from './support.ts';

const HOUSE = readFileSync(new URL('../../fixtures/report/house.threatmodel.yaml', import.meta.url), 'utf8');

/** A model with one of everything and texts that mean harm in every format, and a model with nothing to say. */
export function modelReports(): readonly [ModelReport, ModelReport] {
  const house = reportOf('häuser/house | =1.threatmodel.yaml', HOUSE);
  const before = reportOf('before', HOUSE.replace('controls: [chain] }', 'controls: { chain: absent } }').replace(/\n {2}sneak:.*/, ''));
  return [
    { ...house, progress: { since: 'v1.0 | `main`', between: progressBetween(before, house) } },
    reportOf('empty.threatmodel.yaml', 'threatmodel: 1\n'),
  ];
}

export function reportOf(path: string, text: string): ModelReport {
  const snapshot = takeSnapshot(text, catalogue, TODAY);
  const { model, findings, problems } = snapshot;
  return { path, text, model, catalogue, findings, problems, posture: postureOf(snapshot), roadmap: atOnce(roadmapOf(snapshot)) };
}
