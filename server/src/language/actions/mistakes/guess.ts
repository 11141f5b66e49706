import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { covers, type KindTable } from '../../../model/kinds.ts';
import type { Snapshot } from '../../snapshot.ts';

const TABLES: Readonly<Partial<Record<string, KindTable>>> = { boundaries: 'boundaryKinds', data: 'dataKinds', elements: 'elementKinds' };
const MOST = 3;

/** The kinds of what a section declares. */
export function tableOf(section: string): KindTable | undefined {
  return Object.hasOwn(TABLES, section) ? TABLES[section] : undefined;
}

/** How an element is used where it is named: what tells of its kind. */
export interface Use {
  readonly as: 'from' | 'to' | 'through';
  /** Kind of the flow, if it says one. */
  readonly flow: string | undefined;
  /** Kind of the element at the other end. */
  readonly other: string | undefined;
}

/** The kinds that something of this name most probably is, best first: by its name, and by how it is used. */
export function guessKinds(snapshot: Snapshot, table: KindTable, id: string, use?: Use): readonly string[] {
  const { catalogue } = snapshot;
  const uses = use ? [use] : table === 'elementKinds' ? usesOf(snapshot, id) : [];
  const words = wordsOf(id);
  const scored = [...catalogue[table].values()].flatMap((kind) => {
    const names = [kind.id, kind.label, ...kind.aliases].map((name) => likeness(words, wordsOf(name)));
    const score = Math.max(...names) * 2 + uses.filter((known) => fits(catalogue, kind.id, known)).length;
    return score > 0 ? [{ id: kind.id, score }] : [];
  });
  const best = scored.sort((a, b) => b.score - a.score).slice(0, MOST);
  // What is much less like it is no guess.
  return best.filter(({ score }) => score * 2 >= (best[0]?.score ?? 0)).map((kind) => kind.id);
}

function usesOf({ model }: Snapshot, id: string): readonly Use[] {
  return [...model.flows.values()].flatMap((flow): Use[] => {
    const as = flow.from === id ? 'from' : flow.to === id ? 'to' : flow.through.includes(id) ? 'through' : undefined;
    const other = model.elements.get(as === 'from' ? flow.to : flow.from)?.kind;
    return as ? [{ as, flow: flow.statedKind, other }] : [];
  });
}

function fits({ elementKinds, flowKinds }: Catalogue, kind: string, { as, flow, other }: Use): boolean {
  const known = elementKinds.get(kind);
  if (!known || as === 'through') return known?.mediator ?? false;
  const far = elementKinds.get(other ?? '');
  return [...flowKinds.values()].some(
    ({ id, between }) =>
      (flow === undefined || flow === id) &&
      between.some((ends) => {
        const [here, there] = as === 'from' ? [ends.from, ends.to] : [ends.to, ends.from];
        return covers(here, kind, known.category) && (!far || covers(there, far.id, far.category));
      }),
  );
}

/** `vectorStore-2` → vector, store. */
function wordsOf(name: string): readonly string[] {
  const parts = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return parts.split(/[^a-z]+/).filter((word) => word.length > 1);
}

/** How much of a kind's name is in a name: 0 … 1. */
function likeness(words: readonly string[], kind: readonly string[]): number {
  if (kind.length === 0) return 0;
  const whole = words.join('');
  const found = kind.filter((word) => words.includes(word) || (word.length > 3 && whole.includes(word)));
  return found.length / kind.length;
}
