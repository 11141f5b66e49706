const MOST = 3;
const LONGEST = 80;

/**
 * The names that somebody who wrote `word` may have meant, best first and at most three: equal but for case, then within
 * two typing mistakes (one in a short word; a swapped pair of letters is one mistake), then those that begin with it.
 * Names of an earlier group come before those of a later one: put the sort that is expected first.
 */
export function nearest(word: string, ...groups: Iterable<string>[]): string[] {
  const wanted = word.toLowerCase();
  if (wanted.length === 0 || wanted.length > LONGEST) return [];
  const allowed = wanted.length <= 3 ? 1 : 2;
  const found = new Map<string, { group: number; rank: number }>();
  groups.forEach((names, group) => {
    for (const name of names) {
      if (name === word || found.has(name)) continue;
      const rank = rankOf(wanted, name.toLowerCase(), allowed);
      if (rank !== undefined) found.set(name, { group, rank });
    }
  });
  return [...found]
    .sort(([a, x], [b, y]) => x.group - y.group || x.rank - y.rank || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([name]) => name);
}

function rankOf(wanted: string, name: string, allowed: number): number | undefined {
  const distance = distanceWithin(wanted, name, Math.min(allowed, name.length - 1));
  if (distance !== undefined) return distance;
  return wanted.length >= 2 && name.startsWith(wanted) ? allowed + 1 : undefined;
}

/** Damerau-Levenshtein distance (optimal string alignment); `undefined` when it is over `limit`. */
export function distanceWithin(a: string, b: string, limit: number): number | undefined {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return undefined;
    beforeLast = last;
    last = current;
  }
  const distance = at(last, b.length);
  return distance <= limit ? distance : undefined;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
