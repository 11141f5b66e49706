import { findings as findingsText, named } from '../describe.ts';
import type { GraphNode } from '../graph.ts';
import type { Exported } from './exported.ts';
import { paletteOf } from '../palette.ts';
import { countsOf, MOST_SEVERE_FIRST, worst } from '../badges.ts';
import { trustColor } from '../drawBoundary.ts';

/**
 * The picture as a Mermaid flowchart, for pages that draw these themselves. Its ids are numbered and its texts escaped:
 * nothing in a model is read as the language of the chart.
 */
export function toMermaid({ scene, marks, theme, made }: Exported): string {
  const palette = paletteOf(theme);
  const lines = [`---`, `title: ${JSON.stringify(plain(scene.title || 'Threat model'))}`, `---`];
  lines.push(`%% ${plain(made)}`, `flowchart ${scene.width > scene.height ? 'LR' : 'TB'}`);
  const ids = new Map<string, string>();
  scene.nodes.forEach(({ node }, at) => ids.set(node.id, `n${at}`));
  const groups = new Map(scene.boundaries.map(({ boundary }, at) => [boundary.id, `b${at}`]));
  const classes: string[] = [];
  const nodesIn = (place: string | undefined, indent: string): void => {
    for (const { node } of scene.nodes) {
      const inside = node.boundary !== undefined && groups.has(node.boundary) ? node.boundary : undefined;
      if (inside !== place) continue;
      const counts = countsOf(marks, node.id);
      lines.push(`${indent}${ids.get(node.id)}${shaped(node, label([...named(node), findingsText(counts)]))}`);
      const severity = worst(counts);
      if (severity !== undefined) classes.push(`  class ${ids.get(node.id)} ${severity}`);
    }
    for (const { boundary } of scene.boundaries) {
      const parent = boundary.parent !== undefined && groups.has(boundary.parent) ? boundary.parent : undefined;
      if (parent !== place || boundary.id === place) continue;
      const id = groups.get(boundary.id)!;
      lines.push(`${indent}subgraph ${id}[${label([...named(boundary)])}]`);
      nodesIn(boundary.id, `${indent}  `);
      lines.push(`${indent}end`);
      const color = trustColor(boundary.trust, palette);
      classes.push(`  style ${id} fill:${palette.canvas},stroke:${color},color:${color},stroke-dasharray:6 4`);
    }
  };
  nodesIn(undefined, '  ');
  scene.edges.forEach(({ edge }) => {
    const text = edge.id === edge.flow ? [edge.label, edge.data.join(', '), findingsText(countsOf(marks, edge.flow))] : [];
    const said = text.some((part) => part !== '') ? `|${label(text)}|` : '';
    const arrow = edge.crosses.length > 0 ? '==>' : '-->';
    lines.push(`  ${ids.get(edge.from)} ${arrow}${said} ${ids.get(edge.to)}`);
  });
  for (const severity of MOST_SEVERE_FIRST) {
    if (!classes.some((line) => line.endsWith(` ${severity}`))) continue;
    lines.push(
      `  classDef ${severity} fill:${palette[`${severity}Fill`]},stroke:${palette[severity]},color:${palette.text},stroke-width:2px`,
    );
  }
  return `${[...lines, ...classes].join('\n')}\n`;
}

function shaped({ shape }: GraphNode, text: string): string {
  switch (shape) {
    case 'actor':
      return `[${text}]`;
    case 'process':
      return `(${text})`;
    case 'store':
      return `[(${text})]`;
    case 'external':
      return `[[${text}]]`;
    case 'boundary':
      return `[/${text}/]`;
  }
}

function label(parts: readonly string[]): string {
  return `"${parts
    .filter((part) => part !== '')
    .map(escape)
    .join('<br/>')}"`;
}

/** Everything but letters, digits and harmless marks as the number of its character, which the language reads as text. */
function escape(text: string): string {
  return plain(text).replace(/[^\p{L}\p{M}\p{N} .,()+/…·-]/gu, (character) => `#${character.codePointAt(0)!};`);
}

/** On one line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
}
