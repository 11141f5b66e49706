import { circular } from '../circular.ts';
import type { CatalogueProblem, CatalogueSources } from '../sources.ts';
import { MOST_LEVELS } from './written.ts';

/** Parts of a named test, with all that it names written out. */
const MOST_PARTS = 4096;

/**
 * Named tests that are too much when what they name is written out: a few lines can double a test again and again.
 * Those that are defined by themselves are for another check.
 */
export function oversizeTests({ predicates: { file, data } }: CatalogueSources): readonly CatalogueProblem[] {
  const tests = new Map<string, unknown>([...Object.entries(data.elements), ...Object.entries(data.flows)]);
  const known = new Map<string, Size>();
  const endless = circular(new Map([...tests].map(([name, test]) => [name, namesIn(test)])));
  for (const name of endless) known.set(name, { parts: 0, levels: 0 });
  const problems: CatalogueProblem[] = [];
  for (const name of tests.keys()) {
    const { parts, levels } = sizeOfName(name, tests, known);
    if (parts <= MOST_PARTS && levels <= MOST_LEVELS) continue;
    const at = `${Object.hasOwn(data.elements, name) ? 'elements' : 'flows'}.${name}`;
    const what = levels > MOST_LEVELS ? `is deeper than ${MOST_LEVELS} levels` : `has more than ${MOST_PARTS.toLocaleString('en')} parts`;
    problems.push({ file, at, code: 'limit-test', message: `"${name}" ${what} when all that it names is written out` });
  }
  return problems;
}

interface Size {
  readonly parts: number;
  readonly levels: number;
}

function sizeOfName(name: string, tests: ReadonlyMap<string, unknown>, known: Map<string, Size>): Size {
  const remembered = known.get(name);
  if (remembered) return remembered;
  const size = sizeOf(tests.get(name), tests, known);
  known.set(name, size);
  return size;
}

function sizeOf(part: unknown, tests: ReadonlyMap<string, unknown>, known: Map<string, Size>): Size {
  if (typeof part === 'string' && tests.has(part)) return sizeOfName(part, tests, known);
  if (typeof part !== 'object' || part === null) return { parts: 1, levels: 1 };
  let parts = 1;
  let levels = 0;
  for (const inner of Object.values(part)) {
    const size = sizeOf(inner, tests, known);
    parts = Math.min(parts + size.parts, MOST_PARTS + 1);
    levels = Math.max(levels, size.levels);
  }
  return { parts, levels: levels + 1 };
}

function namesIn(part: unknown): readonly string[] {
  if (typeof part === 'string') return part.startsWith('$') ? [part] : [];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(namesIn) : [];
}
