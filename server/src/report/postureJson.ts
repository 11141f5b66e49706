import type { Finding } from '../analysis/index.ts';
import {
  byPillar,
  byPrinciple,
  byStage,
  strideTable,
  tally,
  type ControlPosture,
  type Part,
  type Step,
  type Threat,
} from '../posture/index.ts';
import { jsonText } from './jsonText.ts';
import { lineNumber, titleOf, type ModelReport } from './modelReport.ts';

/** Posture for programs; docs/schema/posture.schema.json describes it. Byte-identical for the same input. */
export function postureJson(reports: readonly ModelReport[], today: string): string {
  return jsonText({ version: 1, today, models: reports.map(modelJson) });
}

function modelJson(report: ModelReport): object {
  const { posture, roadmap, progress, catalogue, model, path } = report;
  const { columns, rows } = strideTable(posture.threats, model, catalogue);
  return {
    path,
    title: titleOf(report),
    summary: tally(posture.controls),
    pillars: byPillar(posture.controls, catalogue).map((pillar) => ({
      ...partJson(pillar),
      lanes: pillar.lanes.map((lane) => ({ ...partJson(lane), groups: lane.groups.map(partJson) })),
    })),
    principles: byPrinciple(posture.controls).map(partJson),
    stages: byStage(posture.controls, catalogue).map(partJson),
    controls: posture.controls.map((control) => controlJson(control, report)),
    threats: posture.threats.map(threatJson),
    stride: {
      categories: columns.map(({ id, title }) => ({ id, title })),
      subjects: rows.map(({ subject, cells }) => ({
        subject,
        cells: cells.map((cell) =>
          cell
            ? {
                open: cell.open.length,
                satisfied: cell.satisfied.length,
                accepted: cell.accepted.length,
                notApplicable: cell.notApplicable.length,
              }
            : null,
        ),
      })),
    },
    roadmap: { steps: roadmap.steps.map(stepJson), left: roadmap.left, isCut: roadmap.isCut, single: roadmap.single.map(stepJson) },
    progress: progress
      ? {
          since: progress.since,
          controls: progress.between.controls.map(({ control, before, after }) => ({
            control,
            before: before ?? null,
            after: after ?? null,
          })),
          closed: progress.between.closed.map(findingJson),
          opened: progress.between.opened.map(findingJson),
        }
      : null,
  };
}

function partJson({ id, title, total, states, needed, controls }: Part): object {
  return { id, title, total, states, needed, controls: controls.map(({ control }) => control.id) };
}

function controlJson({ control, state, demand, stated, neededAt }: ControlPosture, report: ModelReport): object {
  const { id, title, pillar, swimLane, group, principles, stages, phase } = control;
  return {
    ...{ id, title, pillar, lane: swimLane, group, principles, stages, phase, state, demand },
    stated: stated.map(({ at, status, owner, due, evidence, reason, span }) => ({
      ...{ at, status, line: lineNumber(report, span) },
      ...{ owner: owner ?? null, due: due ?? null, evidence: evidence ?? null, reason: reason ?? null },
    })),
    neededAt,
  };
}

function threatJson({ rule, subject, state, severity, by }: Threat): object {
  return { rule, subject, state, severity, by };
}

function stepJson({ phase, placed, clears, risk, effort }: Step): object {
  return { phase, placed, clears: clears.map(findingJson), risk, effort };
}

function findingJson({ rule, subject, fullSeverity }: Finding): object {
  return { rule, subject, severity: fullSeverity };
}
