import { badgeWidth, countsSum, PILL_HEIGHT, worst, type SeverityCounts } from './badges.ts';
import { findings } from './describe.ts';
import { measureText, type TextStyle } from './measure.ts';
import type { Box, Point, SceneEdge } from './scene.ts';

export const HOP: TextStyle = { size: 12, weight: 'bold' };
export const HOP_HEIGHT = 21;
/** So much of each other may two signs cover before they become one. */
const SLACK = 3;

/** A flow on which signs are to stand. */
export interface SignedFlow {
  readonly line: SceneEdge;
  readonly counts: SeverityCounts;
  /** Its numbers on the way of the finding that is looked at. */
  readonly hops: readonly number[];
  /** What steps back has no sign in common with what does not. */
  readonly opacity: number | undefined;
}
/** What stands on a flow; `at` is the middle, `title` says what each flow has when the sign is that of several. */
export interface FlowSigns {
  readonly badge?: { readonly at: Point; readonly counts: SeverityCounts; readonly title: string };
  readonly hop?: { readonly at: Point; readonly text: string; readonly title: string };
}

/** Flows that share their signs: one flow, as long as these cover no others. */
interface Crowd {
  readonly flows: readonly number[];
  readonly badge: Box | undefined;
  readonly hop: Box | undefined;
}

/**
 * The signs of each flow, in the same order. Where those of several flows would lie on each other, the last of these flows
 * has one for all, in their midst and above their lines; what steps back makes room for what does not.
 */
export function placeSigns(flows: readonly SignedFlow[]): readonly FlowSigns[] {
  const signs: FlowSigns[] = flows.map(() => ({}));
  let taken: readonly Box[] = [];
  const strongestFirst = [...new Set(flows.map(({ opacity = 1 }) => opacity))].sort((a, b) => b - a);
  for (const layer of strongestFirst) {
    const alone = flows.flatMap((flow, at): Crowd[] => {
      if ((flow.opacity ?? 1) !== layer || (worst(flow.counts) === undefined && flow.hops.length === 0)) return [];
      return [{ flows: [at], badge: badgeBox(flow), hop: hopBox(flow) }];
    });
    const crowds = joined(alone, flows).filter((crowd) => !boxesOf(crowd).some((box) => taken.some((other) => covers(box, other))));
    for (const crowd of crowds) {
      const { badge, hop } = signsOf(crowd, flows);
      if (badge) Object.assign(signs[crowd.flows.findLast((flow) => worst(flows[flow]!.counts) !== undefined)!]!, { badge });
      if (hop) Object.assign(signs[crowd.flows.findLast((flow) => flows[flow]!.hops.length > 0)!]!, { hop });
    }
    taken = [...taken, ...crowds.flatMap(boxesOf)];
  }
  return signs;
}

/** Two that have become one may cover a third. */
function joined(alone: readonly Crowd[], flows: readonly SignedFlow[]): readonly Crowd[] {
  let crowds = alone;
  for (;;) {
    const next = coveringEachOther(crowds).map((these) => (these.length === 1 ? these[0]! : oneOf(these, flows)));
    if (next.length === crowds.length) return next;
    crowds = next;
  }
}

/** Crowds that cover each other, directly or over others, together. */
function coveringEachOther(crowds: readonly Crowd[]): readonly (readonly Crowd[])[] {
  const groups = new Map<Crowd, Crowd[]>(crowds.map((crowd) => [crowd, [crowd]]));
  const boxes = crowds.flatMap((crowd) => boxesOf(crowd).map((box) => ({ crowd, box }))).sort((a, b) => a.box.x - b.box.x);
  boxes.forEach((a, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next]!.box.x < a.box.x + a.box.width; next++) {
      const b = boxes[next]!;
      const [ours, theirs] = [groups.get(a.crowd)!, groups.get(b.crowd)!];
      if (ours === theirs || !covers(a.box, b.box)) continue;
      ours.push(...theirs);
      for (const crowd of theirs) groups.set(crowd, ours);
    }
  });
  return [...new Set(groups.values())];
}

/** One number and one badge beside each other, in the midst of all. */
function oneOf(crowds: readonly Crowd[], flows: readonly SignedFlow[]): Crowd {
  const together = crowds.flatMap((crowd) => crowd.flows).sort((a, b) => a - b);
  const boxes = crowds.flatMap(boxesOf);
  const middle = (of: (box: Box) => number): number => boxes.reduce((total, box) => total + of(box), 0) / boxes.length;
  const at = { x: middle(({ x, width }) => x + width / 2), y: middle(({ y, height }) => y + height / 2) };
  const badge = badgeWidth(countsIn(together, flows));
  const text = hopsIn(together, flows);
  const hop = text === '' ? 0 : hopWidth(text);
  return {
    flows: together,
    badge: badge === 0 ? undefined : boxAround({ x: at.x + hop / 2, y: at.y }, badge, PILL_HEIGHT),
    hop: hop === 0 ? undefined : boxAround({ x: at.x - badge / 2, y: at.y }, hop, HOP_HEIGHT),
  };
}

function signsOf({ flows: crowd, badge, hop }: Crowd, flows: readonly SignedFlow[]): FlowSigns {
  const told = (what: (flow: number) => string): string => {
    const each = crowd.map((flow) => [flows[flow]!.line.edge.label, what(flow)]).filter(([, words]) => words !== '');
    return crowd.length === 1 ? '' : each.map((words) => words.join(': ')).join('; ');
  };
  return {
    ...(badge && { badge: { at: midst(badge), counts: countsIn(crowd, flows), title: told((flow) => findings(flows[flow]!.counts)) } }),
    ...(hop && { hop: { at: midst(hop), text: hopsIn(crowd, flows), title: told((flow) => hopsIn([flow], flows)) } }),
  };
}

function countsIn(crowd: readonly number[], flows: readonly SignedFlow[]): SeverityCounts {
  return countsSum(crowd.map((flow) => flows[flow]!.counts));
}

function hopsIn(crowd: readonly number[], flows: readonly SignedFlow[]): string {
  return numbers(crowd.flatMap((flow) => flows[flow]!.hops));
}

function boxesOf({ badge, hop }: Crowd): readonly Box[] {
  return [badge, hop].flatMap((box) => box ?? []);
}

/** "1, 3–5". */
export function numbers(list: readonly number[]): string {
  const inOrder = [...new Set(list)].sort((a, b) => a - b);
  const runs: [first: number, last: number][] = [];
  for (const number of inOrder) {
    const run = runs.at(-1);
    if (run && run[1] + 1 === number) run[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}–${last}`))
    .join(', ');
}

export function hopWidth(text: string): number {
  return Math.max(HOP_HEIGHT, measureText(text, HOP) + 12);
}

/** On the upper edge of the name, else on the middle of the line. */
function badgeBox({ line: { points, label }, counts }: SignedFlow): Box | undefined {
  if (worst(counts) === undefined) return undefined;
  const at = label ? { x: label.x + label.width / 2, y: label.y - PILL_HEIGHT / 2 + 2 } : middleOf(points);
  return boxAround(at, badgeWidth(counts), PILL_HEIGHT);
}

/** At the left of the name, else on the middle of the line; beside the badge when there would be no room for both. */
function hopBox(flow: SignedFlow): Box | undefined {
  if (flow.hops.length === 0) return undefined;
  const { points, label } = flow.line;
  const width = hopWidth(numbers(flow.hops));
  const box = boxAround(label ? { x: label.x - 8, y: label.y + label.height / 2 } : middleOf(points), width, HOP_HEIGHT);
  const badge = badgeBox(flow);
  return badge && covers(box, badge) ? { ...box, x: badge.x - width } : box;
}

/** The middle of the longest straight part. */
export function middleOf(points: readonly Point[]): Point {
  let best = { x: 0, y: 0, length: -1 };
  points.slice(1).forEach((b, index) => {
    const a = points[index]!;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length > best.length) best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, length };
  });
  return best;
}

function covers(a: Box, b: Box): boolean {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > SLACK && down > SLACK;
}

function boxAround({ x, y }: Point, width: number, height: number): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function midst({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
