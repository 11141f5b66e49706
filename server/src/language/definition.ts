import type { Span } from '../syntax/tree.ts';
import { declarationOf, isOfFile, nameAt, type Declaration } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

export interface Definition {
  /** The word that was asked about. */
  readonly origin: Span;
  readonly target: Declaration | CataloguePage;
}

/** The catalogue describes it. */
export interface CataloguePage {
  readonly page: 'rule' | 'control';
  readonly id: string;
}

/** Where that is declared or described which the word at an offset names. */
export function definitionAt(snapshot: Snapshot, offset: number): Definition | undefined {
  const name = nameAt(snapshot, offset);
  if (!name) return undefined;
  const { id, space, span: origin } = name;
  if (isOfFile(name)) {
    const target = declarationOf(snapshot, name);
    return target && { origin, target };
  }
  if (space !== 'control' && space !== 'rule') return undefined;
  const { controls, rules } = snapshot.catalogue;
  return (space === 'control' ? controls : rules).has(id) ? { origin, target: { page: space, id } } : undefined;
}
