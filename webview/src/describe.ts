import { plural, words, type View } from './view.ts';

/** The picture in words, for those who cannot see it and for documents: boundaries, elements, flows and findings. */
export function describe({ graph, names, findings, scene }: View): string {
  const lines = [scene.title || 'Threat model', ''];
  const tell = (parent: string | undefined, level: number): void => {
    if (level > 30) return;
    const margin = '  '.repeat(level);
    for (const it of graph.boundaries.filter(
      (boundary) => (names.boundaries.has(boundary.parent ?? '') ? boundary.parent : undefined) === parent,
    )) {
      lines.push(`${margin}- ${it.title} (trust boundary, ${it.kindLabel})`);
      tell(it.id, level + 1);
    }
    for (const it of graph.nodes.filter((node) => node.boundary === parent)) lines.push(`${margin}- ${it.title} (${it.kindLabel})`);
  };
  tell(undefined, 0);
  lines.push('', `${plural(names.flows.size, 'flow')}:`);
  for (const [flow, [leg]] of names.flows) {
    const data = leg && leg.data.length > 0 ? `, carries ${leg.data.join(', ')}` : '';
    lines.push(`- ${names.titleOf(flow)}${data}`);
  }
  lines.push('', `${plural(findings.length, 'finding')}:`);
  for (const { severity, message } of findings) lines.push(`- ${words(severity)}: ${message}`);
  return lines.join('\n');
}
