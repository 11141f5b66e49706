import type { Giver, Model } from '../model/model.ts';

/** How names and values are written: what completion needs of what changes texts. */

/** The wanted id, or one like it that nothing in the model has. */
export function freeId(model: Model, wanted: string): string {
  const taken = (id: string): boolean => giverOf(model, id) !== undefined || model.data.has(id);
  let id = wanted;
  for (let number = 2; taken(id); number++) id = `${wanted}-${number}`;
  return id;
}

export type PlainValue = string | number | boolean;

/** A value as YAML: plain where that means the same, else quoted. */
export function writeScalar(value: PlainValue): string {
  if (typeof value !== 'string') return String(value);
  const plain = /^[A-Za-z][\w-]*( [\w-]+)*$/.test(value) && !/^(true|false|null)$/i.test(value);
  return plain || /^\d{4}-\d\d-\d\d$/.test(value) ? value : JSON.stringify(value);
}

/** What has an id here. What stands in another file cannot be edited here. */
export function giverOf(model: Model, id: string): Giver | undefined {
  const thing = model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
  return thing?.origin ? undefined : thing;
}
