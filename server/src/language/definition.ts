import { absolute, type Span } from '../syntax/tree.ts';
import { meaningAt } from './meaning.ts';
import { placeAt } from './place.ts';
import type { Snapshot } from './snapshot.ts';

export interface Definition {
  /** The word that was asked about. */
  readonly origin: Span;
  /** The key that declares it. */
  readonly key: Span;
  /** The whole declaration. */
  readonly whole: Span;
}

/** Where the element, flow, boundary or data asset is declared that the word at an offset names. */
export function definitionAt(snapshot: Snapshot, offset: number): Definition | undefined {
  const place = placeAt(snapshot.text, offset);
  const meaning = meaningAt(place, snapshot.model, snapshot.catalogue);
  if (!meaning || !('declared' in meaning)) return undefined;
  const whole = declarationOf(snapshot, meaning.id, meaning.type === 'data');
  return whole && { origin: place.word, ...whole };
}

/** Where an id is declared: `data` says in which of the two namespaces. */
export function declarationOf({ model }: Snapshot, id: string, data: boolean): Pick<Definition, 'key' | 'whole'> | undefined {
  const thing = data ? model.data.get(id) : (model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id));
  if (!thing) return undefined;
  const base = model.baseOf(thing);
  return { key: absolute(base, thing.pair.key), whole: absolute(base, thing.pair) };
}
