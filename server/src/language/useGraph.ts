/** A chain of files that use one another may be so long. */
const DEEPEST = 16;
/** A file may bring in so many, itself or through others. */
const MOST = 256;

/** Why a file cannot bring in another one, as far as it depends on what that one uses itself. */
export type GraphRefusal = 'circle' | 'too-deep' | 'too-many';

/**
 * Judges one link by what lies behind it, and by nothing else: whoever reads the file that has the link, and on whatever
 * way they came, gets the same answer. A link in a circle is refused in every file of the circle; in front of a chain that is too
 * long, every link is.
 */
export function judgeLink(from: string, to: string, linksOf: (file: string) => readonly string[]): GraphRefusal | undefined {
  const reached = new Set([to]);
  // A set grows at its end while it is walked.
  for (const file of reached) {
    if (file === from) return 'circle';
    if (reached.size > MOST) return 'too-many';
    for (const next of linksOf(file)) reached.add(next);
  }
  return longestChain(to, linksOf, new Map()) > DEEPEST ? 'too-deep' : undefined;
}

/** How many files the longest chain that begins with a file has; links that lead back do not count. */
function longestChain(file: string, linksOf: (file: string) => readonly string[], known: Map<string, number>): number {
  const found = known.get(file);
  if (found !== undefined) return found;
  known.set(file, 0);
  const longest = 1 + Math.max(0, ...linksOf(file).map((next) => longestChain(next, linksOf, known)));
  known.set(file, longest);
  return longest;
}
