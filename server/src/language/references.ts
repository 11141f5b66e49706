import type { Span } from '../syntax/tree.ts';
import { nameAt, occurrencesOf, type Name } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

/** Every place of the file that says a name; `declarations`: the places that declare it too. */
export function referencesTo(snapshot: Snapshot, name: Name, declarations: boolean): readonly Span[] {
  return occurrencesOf(snapshot, name)
    .filter(({ declares }) => declarations || !declares)
    .map(({ span }) => span);
}

export interface Highlight {
  readonly span: Span;
  /** `read`: it is where something comes from; `write`: where something goes. */
  readonly use: 'read' | 'write' | 'text';
}

/** Every place that says the name at an offset, and what it is there. */
export function highlightsAt(snapshot: Snapshot, offset: number): readonly Highlight[] {
  const name = nameAt(snapshot, offset);
  if (!name) return [];
  return occurrencesOf(snapshot, name).map(({ role, span }) => ({ span, use: USES[role] ?? 'text' }));
}

const USES: Readonly<Partial<Record<string, Highlight['use']>>> = { from: 'read', to: 'write' };
