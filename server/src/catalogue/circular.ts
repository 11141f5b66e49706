/** The names that lead back to themselves, in their order, and those that lie between two such. Linear. */
export function circular(next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  for (const [name, others] of next) {
    for (const other of others) {
      const known = before.get(other);
      if (known) known.push(name);
      else before.set(other, [name]);
    }
  }
  const backwards = prune(next, before, new Set(next.keys()));
  return prune(before, next, backwards);
}

/** Takes away what leads to nothing that is left, until nothing more can be taken away. */
function prune(
  next: ReadonlyMap<string, readonly string[]>,
  before: ReadonlyMap<string, readonly string[]>,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const left = new Set(names);
  const open = new Map([...names].map((name) => [name, (next.get(name) ?? []).filter((other) => names.has(other)).length]));
  const ends = [...names].filter((name) => open.get(name) === 0);
  for (let name = ends.pop(); name !== undefined; name = ends.pop()) {
    left.delete(name);
    for (const other of before.get(name) ?? []) {
      const count = (open.get(other) ?? 0) - 1;
      open.set(other, count);
      if (count === 0 && left.has(other)) ends.push(other);
    }
  }
  return left;
}
