import type { Problem } from '../../../syntax/problem.ts';
import type { Snapshot } from '../../snapshot.ts';
import { chainAt } from '../chain.ts';
import { CREATION } from './create.ts';
import { MISSING_KEYS } from './missingKeys.ts';
import { REMOVAL } from './removal.ts';
import type { Remedy } from './remedy.ts';
import { TEXTS } from './texts.ts';
import { VALUES } from './values.ts';

const FAMILIES = [MISSING_KEYS, CREATION, VALUES, TEXTS, REMOVAL];

/** What can be done about a mistake in the file, best first: what its author may have meant, then cures of its kind. */
export function* remediesOf(snapshot: Snapshot, problem: Problem): Generator<Remedy> {
  const { suggestions = [], span } = problem;
  for (const text of suggestions) yield { title: `Change to "${text}"`, edits: [{ span, text }] };
  const mistake = { problem, snapshot, chain: chainAt(snapshot.syntax, span.start) };
  for (const family of FAMILIES) {
    const cure = Object.hasOwn(family, problem.code) ? family[problem.code] : undefined;
    for (const remedy of cure?.(mistake) ?? []) if (remedy.edits) yield remedy;
  }
}
