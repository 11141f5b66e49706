import { readFileSync } from 'node:fs';
import { pinsFileOf, readPins, type Pins } from '../diagram/index.ts';
import { shown } from './models.ts';

/** Where elements of a model were put by hand, by the file beside it that the editor keeps; or why that cannot be read. */
export function pinsBeside(model: string): { readonly pins: Pins } | { readonly error: string } {
  const none: Pins = new Map();
  if (model === '-') return { pins: none };
  const file = pinsFileOf(model);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { pins: none } : { error: `${shown(file)} cannot be read: elements stand where the layout puts them.` };
  }
  const pins = readPins(text);
  return pins ? { pins } : { error: `${shown(file)} says no places of elements: they stand where the layout puts them.` };
}
