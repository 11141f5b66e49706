import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The shipped fonts by the names of their files, in the order of these. */
export function fontsIn(folder: string): ReadonlyMap<string, Uint8Array> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(path.join(folder, name))]),
  );
}
