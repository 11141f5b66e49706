import type { Report } from './check-match.ts';
import type { Mappings } from './vocabulary.ts';
import type { Words } from './words.ts';

/** Every taxonomy is known and has the ids that are named. */
export function checkMappings(mappings: Mappings, at: string, words: Words, report: Report): void {
  for (const [name, ids] of Object.entries(mappings)) {
    const place = at === '' ? name : `${at}.${name}`;
    const taxonomy = words.taxonomies.get(name);
    if (taxonomy === undefined) {
      report(place, 'unknown-taxonomy', `unknown taxonomy "${name}"`);
      continue;
    }
    for (const id of ids) if (!taxonomy.has(id)) report(place, 'unknown-taxonomy-id', `"${id}" is not in taxonomy "${name}"`, id);
  }
}
