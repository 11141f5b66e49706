import { allCounts, badgesWidth, drawBadges, glyph } from './badges.ts';
import { facts, summary } from './describe.ts';
import type { DiagramMarks } from './graph.ts';
import { legendOf, type LegendEntry } from './legend.ts';
import { fitText, measureText, wrapText, type TextStyle } from './measure.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { text } from './text.ts';
import type { Trail } from './trail.ts';
import { h, num, type VElement } from './vnode.ts';

const HEADLINE: TextStyle = { size: 18, weight: 'bold' };
const FACTS: TextStyle = { size: 12, weight: 'regular' };
const MESSAGE: TextStyle = { size: 14, weight: 'bold' };
const MARGIN = 24;
const NARROWEST = 640;
const LEGEND_ROW = 24;

export interface Framed {
  readonly width: number;
  readonly height: number;
  readonly children: readonly VElement[];
}

/** What an exported picture needs to stand alone: a title, counts, the finding that is shown, and a legend of what is there. */
export function drawFrame(scene: Scene, marks: DiagramMarks, trail: Trail | undefined, palette: Palette, picture: VElement): Framed {
  const width = Math.max(NARROWEST, scene.width);
  const counts = allCounts(marks);
  const parts: VElement[] = [];
  let y = 24;
  parts.push(text(fitText(scene.title || 'Threat model', width - 2 * MARGIN, HEADLINE), MARGIN, y + 16, HEADLINE, palette.text));
  y += 40;
  const left = MARGIN + Math.max(0, badgesWidth(counts) + 10);
  const badges = drawBadges(counts, MARGIN, y, palette);
  if (badges) parts.push(badges);
  parts.push(
    text(
      fitText(badges ? facts(scene) : summary(scene, counts), width - left - MARGIN, FACTS),
      badges ? left : MARGIN,
      y + 4,
      FACTS,
      palette.muted,
    ),
  );
  y += 12;
  if (scene.fallback !== undefined) {
    parts.push(text(fitText(scene.fallback, width - 2 * MARGIN, FACTS), MARGIN, y + 14, FACTS, palette.high));
    y += 20;
  }
  const shift = (width - scene.width) / 2;
  parts.push(h('g', { transform: `translate(${num(shift)} ${num(y)})` }, [picture]));
  y += scene.height;
  if (trail) {
    const bar = findingBar(trail, width - 2 * MARGIN, palette);
    parts.push(h('g', { transform: `translate(${MARGIN} ${num(y)})` }, [bar.drawn]));
    y += bar.height + 16;
  }
  const legend = drawLegend(legendOf(scene, marks, trail, palette), width - 2 * MARGIN, palette);
  parts.push(h('g', { class: 'tw-legend', 'aria-hidden': 'true', transform: `translate(${MARGIN} ${num(y)})` }, legend.drawn));
  y += legend.height + 16;
  return { width, height: y, children: [h('rect', { width, height: y, fill: palette.canvas }), ...parts] };
}

/** The finding in its own words, and what would make it go away. */
function findingBar({ finding }: Trail, width: number, palette: Palette): { readonly drawn: VElement; readonly height: number } {
  const lines = wrapText(finding.message, width - 62, 3, MESSAGE);
  const ways = finding.missing.map((set) => set.join(' and ')).join('; or ');
  const state = finding.state === 'open' ? '' : words(finding.state);
  const first = [capital(finding.severity), state, finding.principles.map(words).join(', ')].filter((part) => part !== '').join(' · ');
  const rows = [first, ...(ways === '' ? [] : wrapText(`Missing: ${ways}`, width - 62, 3, FACTS))];
  const height = 24 + lines.length * 19 + rows.length * 18;
  const last = 14 + lines.length * 19;
  const drawn = h('g', { class: 'tw-finding' }, [
    h('rect', { width, height, rx: 10, fill: palette.actorFill, stroke: palette.nodeLine, 'stroke-opacity': 0.5 }),
    glyph(finding.severity, 24, 24, palette[finding.severity]),
    ...lines.map((line, index) => text(line, 42, 29 + index * 19, MESSAGE, palette.text)),
    ...rows.map((row, index) => text(fitText(row, width - 62, FACTS), 42, last + 16 + index * 18, FACTS, palette.muted)),
  ]);
  return { drawn, height };
}

function drawLegend(
  entries: readonly LegendEntry[],
  width: number,
  palette: Palette,
): { readonly drawn: VElement[]; readonly height: number } {
  let [x, y] = [0, LEGEND_ROW / 2];
  const drawn = entries.map(({ label, symbol }) => {
    const needed = 30 + measureText(label, FACTS) + 20;
    if (x > 0 && x + needed > width) {
      x = 0;
      y += LEGEND_ROW;
    }
    const entry = h('g', { transform: `translate(${num(x)} ${num(y)})` }, [...symbol, text(label, 30, 4, FACTS, palette.muted)]);
    x += needed;
    return entry;
  });
  return { drawn, height: y + LEGEND_ROW / 2 };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function words(id: string): string {
  return id.replaceAll('-', ' ');
}
