import path from 'node:path';
/** Milliseconds that something takes. */
export async function timed(run: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** An environment whose user has the caches of programs in a folder. */
export function cachesIn(folder: string): Readonly<Record<string, string>> {
  return { XDG_CACHE_HOME: path.join(folder, 'kept'), LOCALAPPDATA: path.join(folder, 'kept'), HOME: folder };
}
