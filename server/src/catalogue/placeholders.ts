import type { ElementParts, FlowParts, Match } from './rule.ts';
import type { Words } from './words.ts';

/** Names that a message of a rule with this match may have in braces. With alternatives: those that all of them offer. */
export function placeholdersOf(match: Match): ReadonlySet<string> {
  if ('anyOf' in match) {
    const [first = new Set<string>(), ...others] = match.anyOf.map(placeholdersOf);
    return new Set([...first].filter((name) => others.every((other) => other.has(name))));
  }
  if ('capability' in match) return new Set(['subject', ...match.capability.legs.map((leg) => leg.name)]);
  if ('path' in match || 'cycle' in match) return new Set(['subject', 'from', 'to', 'source', 'sink', 'via']);
  if ('model' in match) return new Set(['subject', 'value']);
  const own = 'flow' in match ? ['subject', 'from', 'to'] : ['subject'];
  return new Set(testsIn(match).length > 0 ? [...own, 'value'] : own);
}

/**
 * Whether `{value}` could stand for nothing in a rule about elements or flows: every property that it tests also matches
 * when the file says nothing, and then there is no value to name.
 */
export function valueMayBeUnsaid(match: Match, words: Words): boolean {
  if ('anyOf' in match) return match.anyOf.some((part) => valueMayBeUnsaid(part, words));
  if (!('element' in match) && !('flow' in match)) return false;
  return testsIn(match).every(({ where, kind, on }) =>
    Object.entries(where ?? {}).every(([name, values]) => {
      const property = words.properties[on].get(name);
      if (property === undefined) return false;
      const silences = (kind ?? [undefined]).map((of) => (of === undefined ? undefined : property.defaults[of]) ?? property.default);
      return values.some((value) => silences.includes(value));
    }),
  );
}

type Test = Pick<ElementParts | FlowParts, 'kind' | 'where'> & { readonly on: 'element' | 'flow' };

const OF_FLOWS: readonly string[] = ['flow', 'receives', 'sends', 'existsFlow', 'sinkFlow'];
const OF_ELEMENTS: readonly string[] = ['element', 'from', 'to', 'source', 'sink', 'some'];

/** Every test of properties in a match. */
function testsIn(part: unknown, on: Test['on'] = 'element'): readonly Test[] {
  if (Array.isArray(part)) return part.flatMap((item) => testsIn(item, on));
  if (typeof part !== 'object' || part === null) return [];
  const below = Object.entries(part).flatMap(([key, value]) => {
    if (key === 'where') return [];
    return testsIn(value, OF_FLOWS.includes(key) ? 'flow' : OF_ELEMENTS.includes(key) ? 'element' : on);
  });
  return 'where' in part ? [{ ...(part as Omit<Test, 'on'>), on }, ...below] : below;
}
