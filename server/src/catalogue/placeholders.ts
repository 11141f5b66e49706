import type { Match } from './rule.ts';

/** Names that a message of a rule with this match may have in braces. With alternatives: those that all of them offer. */
export function placeholdersOf(match: Match): ReadonlySet<string> {
  if ('anyOf' in match) {
    const [first = new Set<string>(), ...others] = match.anyOf.map(placeholdersOf);
    return new Set([...first].filter((name) => others.every((other) => other.has(name))));
  }
  const offered = new Set(['subject']);
  const add = (...names: readonly string[]) => names.forEach((name) => offered.add(name));
  if ('flow' in match) add('from', 'to');
  if ('path' in match) add('from', 'to', 'source', 'sink', 'via');
  if ('cycle' in match) add('via');
  if ('capability' in match) add(...match.capability.legs.map((leg) => leg.name));
  if (testsProperty(match)) add('value');
  return offered;
}

/** Some part of the match tests the value of a property. */
function testsProperty(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(testsProperty);
  if (typeof part !== 'object' || part === null) return false;
  return 'where' in part || Object.values(part).some(testsProperty);
}
