import type { Dispatch } from '../actions.ts';
import { ask } from '../lib/prompt.ts';
import type { View } from '../view.ts';

type Place = { readonly x: number; readonly y: number };

/** Asks for another title of a thing, at a point of the page. */
export function askTitle({ names }: View, id: string, dispatch: Dispatch, at: Place): void {
  const value = names.nodes.get(id)?.title ?? names.boundaries.get(id)?.title ?? names.flows.get(id)?.[0]?.label;
  if (value === undefined) return;
  ask({ label: 'New title', value, ...at, answer: (title) => dispatch({ do: 'edit', edit: { do: 'retitle', id, title } }) });
}

/** Asks for another id of a thing, by which texts name it. */
export function askId({ names }: View, id: string, at: Place, answer: (to: string) => void): void {
  if (names.sortOf(id) !== undefined) ask({ label: 'New id, here and wherever it is named', value: id, ...at, answer });
}
