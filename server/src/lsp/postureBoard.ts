import { byPillar, postureOf, roadmapOf, type ControlPosture, type Work } from '../posture/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import type { BoardCard, PostureBoard } from '../protocol/posture.ts';
import { postureSummary, subjectName } from '../report/index.ts';
import type { Span } from '../syntax/index.ts';
import type { PlainRange } from '../protocol/messages.ts';

/** So many elements may be looked at for the roadmap while an author types: a large model gets the next steps only. */
const MOST_LOOKED_AT = 2_000;
const MOST_PLACES = 6;
const LONGEST = 300;

const boards = new WeakMap<Snapshot, PostureBoard>();

/** What the board shows of one version of a model. Stops after each analysis of it, but asks for ranges before the first stop. */
export function* boardOf(uri: string, snapshot: Snapshot, rangeOf: (span: Span) => PlainRange): Work<PostureBoard> {
  const known = boards.get(snapshot);
  if (known) return known;
  const { model, catalogue, findings } = snapshot;
  const posture = postureOf(snapshot);
  const name = (id: string): string => cut(subjectName(model, id));
  const cardOf = ({ control, state, stated, neededAt }: ControlPosture, group: string): BoardCard => ({
    control: control.id,
    title: control.title,
    group,
    state,
    phase: control.phase,
    stated: stated.slice(0, MOST_PLACES).map(({ at, status, span }) => {
      const range = rangeOf(span);
      return { text: `${status.replaceAll('-', ' ')} at ${name(at)}, line ${range.start.line + 1}`, range };
    }),
    neededAt: neededAt.slice(0, MOST_PLACES).map(name),
    neededMore: Math.max(0, neededAt.length - MOST_PLACES),
  });
  // Now and not after a stop: the text may change meanwhile.
  const pillars = byPillar(posture.controls, catalogue).map(({ title, lanes }) => ({
    title,
    lanes: lanes.map((lane) => ({
      title: lane.title,
      cards: lane.groups.flatMap((group) => group.controls.map((control) => cardOf(control, group.title))),
    })),
  }));
  yield;
  const { steps, left } = yield* roadmapOf(snapshot, MOST_LOOKED_AT);
  const board: PostureBoard = {
    uri,
    title: cut(model.title ?? ''),
    summary: postureSummary({ findings, posture }),
    pillars,
    roadmap: steps.map(({ phase, placed, clears, risk }) => ({
      phase,
      controls: [...new Set(placed.map(({ control }) => catalogue.controls.get(control)?.title ?? control))],
      at: [...new Set(placed.map(({ at }) => at))].slice(0, MOST_PLACES).map(name),
      clears: clears.length,
      risk,
    })),
    left,
  };
  boards.set(snapshot, board);
  return board;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
