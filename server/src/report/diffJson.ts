import type { Part } from '../diff/index.ts';
import { isSame } from '../diff/index.ts';
import type { DiffReport } from './diffDocument.ts';
import { jsonText } from './jsonText.ts';

/** A comparison for programs; docs/schema/diff.schema.json describes it. Byte-identical for the same input. */
export function diffJson({ before, after, diff }: DiffReport): string {
  return jsonText({
    version: 1,
    before,
    after,
    same: isSame(diff),
    ...Object.fromEntries(diff.parts.map((part) => [part.name, partJson(part)])),
  });
}

function partJson({ added, removed, changed }: Part): object {
  const thing = ({ id, title, facts }: Part['added'][number]): object => ({ id, title, facts: Object.fromEntries(facts) });
  return {
    added: added.map(thing),
    removed: removed.map(thing),
    changed: changed.map(({ id, title, what }) => ({
      id,
      title,
      changes: what.map(({ name, before = null, after = null }) => ({ name, before, after })),
    })),
  };
}
