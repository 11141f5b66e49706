import type { Severity } from '../catalogue/rule.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { DiagramMarks } from './graph.ts';
import { measureText, type TextStyle } from './measure.ts';
import type { Palette } from './palette.ts';
import { text } from './text.ts';
import { h, num, type VElement } from './vnode.ts';

export type SeverityCounts = Readonly<Partial<Record<Severity, number>>>;

export const MOST_SEVERE_FIRST: readonly Severity[] = [...SEVERITIES].reverse();

/** A shape of its own for each severity: colour is never the only sign. Centred on 0, about 11 wide. */
const GLYPHS: Readonly<Record<Severity, string>> = {
  critical: 'M0-6 6 0 0 6-6 0Z',
  high: 'M0-5.5 6 5H-6Z',
  medium: 'M-4.5-4.5H4.5V4.5H-4.5Z',
  low: 'M0-4.5A4.5 4.5 0 1 1 0 4.5 4.5 4.5 0 1 1 0-4.5Z',
};
const COUNT: TextStyle = { size: 11.5, weight: 'bold' };
const MORE: TextStyle = { size: 11, weight: 'regular' };
export const PILL_HEIGHT = 18;
const PILL_GAP = 2;

/** How many findings of each severity a thing has. */
export function countsOf(marks: DiagramMarks, id: string): SeverityCounts {
  return Object.hasOwn(marks.counts, id) ? (marks.counts[id] ?? {}) : {};
}

/** By what they are about: how many of each severity. */
export function countBySubject(findings: DiagramMarks['findings']): DiagramMarks['counts'] {
  const counts = new Map<string, Partial<Record<Severity, number>>>();
  for (const { subject, severity } of findings) {
    const ofSubject = counts.get(subject) ?? {};
    counts.set(subject, ofSubject);
    ofSubject[severity] = (ofSubject[severity] ?? 0) + 1;
  }
  return Object.fromEntries(counts);
}

/** How many findings there are of each severity. */
export function allCounts(marks: DiagramMarks): SeverityCounts {
  const sum: Partial<Record<Severity, number>> = {};
  for (const { severity } of marks.findings) sum[severity] = (sum[severity] ?? 0) + 1;
  return sum;
}

/** Several together. */
export function countsSum(all: readonly SeverityCounts[]): SeverityCounts {
  const sum: Partial<Record<Severity, number>> = {};
  for (const severity of SEVERITIES) {
    const count = all.reduce((total, counts) => total + (counts[severity] ?? 0), 0);
    if (count > 0) sum[severity] = count;
  }
  return sum;
}

export function worst(counts: SeverityCounts): Severity | undefined {
  return MOST_SEVERE_FIRST.find((severity) => (counts[severity] ?? 0) > 0);
}

export function total(counts: SeverityCounts): number {
  return SEVERITIES.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
}

export function glyph(severity: Severity, x: number, y: number, fill: string): VElement {
  return h('path', { d: GLYPHS[severity], transform: `translate(${num(x)} ${num(y)})`, fill });
}

interface Pill {
  readonly severity: Severity;
  readonly count: number;
  readonly width: number;
}

function pillsOf(counts: SeverityCounts): readonly Pill[] {
  return MOST_SEVERE_FIRST.flatMap((severity) => {
    const count = counts[severity] ?? 0;
    return count > 0 ? [{ severity, count, width: Math.ceil(28 + measureText(String(count), COUNT)) }] : [];
  });
}

export function badgesWidth(counts: SeverityCounts): number {
  return pillsOf(counts).reduce((sum, { width }) => sum + width + PILL_GAP, -PILL_GAP);
}

/** One pill: shape and count of the worst, and how many more there are; with `title`, what it says to who points at it. */
export function drawBadge(counts: SeverityCounts, left: number, y: number, palette: Palette, title = ''): VElement | undefined {
  const severity = worst(counts);
  if (severity === undefined) return undefined;
  const [count, more] = badgeTexts(counts, severity);
  const children = [
    ...(title === '' ? [] : [h('title', {}, [title])]),
    h('rect', {
      ...{ width: badgeWidth(counts), height: PILL_HEIGHT, rx: PILL_HEIGHT / 2 },
      ...{ fill: palette[severity], stroke: palette.canvas, 'stroke-width': 1.5 },
    }),
    glyph(severity, 13, PILL_HEIGHT / 2, palette.onSeverity),
    text(count, 22, 13, COUNT, palette.onSeverity),
  ];
  if (more !== '') children.push(text(more, 22 + measureText(count, COUNT) + 5, 13, MORE, palette.onSeverity));
  return h('g', { class: 'tw-badge', transform: `translate(${num(left)} ${num(y - PILL_HEIGHT / 2)})` }, children);
}

export function badgeWidth(counts: SeverityCounts): number {
  const severity = worst(counts);
  if (severity === undefined) return 0;
  const [count, more] = badgeTexts(counts, severity);
  return Math.ceil(28 + measureText(count, COUNT) + (more === '' ? 0 : measureText(more, MORE) + 6));
}

function badgeTexts(counts: SeverityCounts, severity: Severity): readonly [string, string] {
  const count = counts[severity] ?? 0;
  const more = total(counts) - count;
  return [String(count), more > 0 ? `+${more}` : ''];
}

/** A pill for each severity with its shape and count, from left to right; `y` is the middle. */
export function drawBadges(counts: SeverityCounts, left: number, y: number, palette: Palette): VElement | undefined {
  const pills = pillsOf(counts);
  if (pills.length === 0) return undefined;
  let x = left;
  const drawn = pills.map(({ severity, count, width }) => {
    const pill = h('g', { transform: `translate(${num(x)} ${num(y - PILL_HEIGHT / 2)})` }, [
      h('rect', { width, height: PILL_HEIGHT, rx: PILL_HEIGHT / 2, fill: palette[severity], stroke: palette.canvas, 'stroke-width': 1.5 }),
      glyph(severity, 13, PILL_HEIGHT / 2, palette.onSeverity),
      text(String(count), 22, 13, COUNT, palette.onSeverity),
    ]);
    x += width + PILL_GAP;
    return pill;
  });
  return h('g', { class: 'tw-badges' }, drawn);
}
