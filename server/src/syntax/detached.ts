/**
 * The same text, as a string of its own: parts of a string keep all of it in memory. What is read of an edit outlives the
 * version that it was read from, and there is one for every key that is pressed.
 */
export function detached(part: string): string {
  return ` ${part}`.slice(1);
}
