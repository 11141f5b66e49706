/**
 * Which edges run against the order of a graph, so that without them it has no circles: a known heuristic that takes
 * sources from the front, sinks from the back, and in between what sends most more than it receives. Ties go to the
 * source order, which authors write from callers to called.
 */
export function backward(nodes: number, edges: readonly (readonly [from: number, to: number])[]): ReadonlySet<number> {
  const out = Array.from({ length: nodes }, (): number[] => []);
  const into = Array.from({ length: nodes }, (): number[] => []);
  edges.forEach(([from, to]) => {
    if (from === to) return;
    out[from]!.push(to);
    into[to]!.push(from);
  });
  const sends = out.map(({ length }) => length);
  const receives = into.map(({ length }) => length);
  const left = new Set(Array.from({ length: nodes }, (_, at) => at));
  const front: number[] = [];
  const back: number[] = [];
  const take = (node: number, list: number[]): void => {
    left.delete(node);
    list.push(node);
    for (const to of out[node]!) receives[to]!--;
    for (const from of into[node]!) sends[from]!--;
  };
  while (left.size > 0) {
    const sinks = [...left].filter((node) => sends[node] === 0);
    for (const node of sinks.toReversed()) take(node, back);
    const sources = [...left].filter((node) => receives[node] === 0);
    for (const node of sources) take(node, front);
    if (sinks.length + sources.length > 0 || left.size === 0) continue;
    let best: number | undefined;
    for (const node of left) {
      if (best === undefined || sends[node]! - receives[node]! > sends[best]! - receives[best]!) best = node;
    }
    take(best!, front);
  }
  const order = new Array<number>(nodes);
  [...front, ...back.toReversed()].forEach((node, at) => (order[node] = at));
  const turned = edges.flatMap(([from, to], at) => (order[from]! > order[to]! ? [at] : []));
  return new Set(turned);
}
