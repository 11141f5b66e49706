import type { Span } from '../syntax/tree.ts';
import { declarationOf, elsewhere, isOfFile, nameAt, type Declaration, type Elsewhere } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

export interface Definition {
  /** The word that was asked about. */
  readonly origin: Span;
  readonly target: Declaration | Elsewhere | CataloguePage;
}

/** The catalogue describes it. */
export interface CataloguePage {
  readonly page: 'rule' | 'control';
  readonly id: string;
}

/** Where that is declared or described which the word at an offset names. */
export function definitionAt(snapshot: Snapshot, offset: number): Definition | undefined {
  const used = usedAt(snapshot, offset);
  if (used) return used;
  const name = nameAt(snapshot, offset);
  if (!name) return undefined;
  const { id, space, span: origin } = name;
  if (isOfFile(name)) {
    const target = elsewhere(snapshot, name) ?? declarationOf(snapshot, name);
    return target && { origin, target };
  }
  if (space !== 'control' && space !== 'rule') return undefined;
  const { controls, rules } = snapshot.catalogue;
  return (space === 'control' ? controls : rules).has(id) ? { origin, target: { page: space, id } } : undefined;
}

/** The file that an entry of `use:` brings in. */
function usedAt(snapshot: Snapshot, offset: number): Definition | undefined {
  for (const { entry, used } of snapshot.model.uses.values()) {
    if (!used || offset < entry.start || offset > entry.end) continue;
    const other = snapshot.fileOf(used.file);
    const top = { start: 0, end: 0 };
    return other && { origin: entry, target: { file: used.file, text: other.text, key: top, whole: top } };
  }
  return undefined;
}
