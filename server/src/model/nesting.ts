import { absolute } from '../syntax/tree.ts';
import { quote, type Notes } from './notes.ts';
import type { BoundaryRead } from './things.ts';

/** A boundary and where this version of the file has it. */
export interface PlacedBoundary {
  readonly read: BoundaryRead;
  readonly base: number;
}

/** Reports every boundary that would be inside itself; none of them gets a parent. */
export function findNestingCycles(notes: Notes, boundaries: ReadonlyMap<string, PlacedBoundary>): Set<string> {
  const inCycle = new Set<string>();
  const seen = new Set<string>();
  for (const start of boundaries.keys()) {
    const way: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      way.push(at);
      const parent: string | undefined = boundaries.get(at)?.read.parent?.text;
      at = parent !== undefined && boundaries.has(parent) ? parent : undefined;
    }
    const from = at === undefined ? -1 : way.indexOf(at);
    if (from >= 0) reportCycle(notes, boundaries, way.slice(from), inCycle);
  }
  return inCycle;
}

function reportCycle(notes: Notes, boundaries: ReadonlyMap<string, PlacedBoundary>, cycle: readonly string[], inCycle: Set<string>): void {
  const links = cycle.flatMap((id) => {
    const { read, base } = boundaries.get(id) ?? {};
    return read?.parent && base !== undefined ? [{ id, base, parent: read.parent }] : [];
  });
  for (const { id, base, parent } of links) {
    inCycle.add(id);
    const message =
      cycle.length === 1
        ? `${quote(id)} cannot be inside itself`
        : `${quote(id)} is inside ${quote(parent.text)}, which is inside ${quote(id)}`;
    // A cycle of thousands is a hostile file; a few links show it.
    const related = links
      .slice(0, 8)
      .filter((other) => other.id !== id)
      .map((other) => ({
        message: `${quote(other.id)} is inside ${quote(other.parent.text)}`,
        span: absolute(other.base, other.parent),
      }));
    notes.at(base).error('nesting-cycle', message, parent, { related });
  }
}
