import { originOf, type Name } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

/** A name as the file says it that declares what it names. */
export interface OwnName {
  readonly file: string;
  readonly name: Name;
}

/** Who declares what a name in a file stands for. */
export function ownerOf(snapshot: Snapshot, file: string, name: Name): OwnName {
  const origin = originOf(snapshot, name);
  return origin ? { file: origin.file, name: { space: name.space, id: origin.id } } : { file, name };
}

/** What a file calls a thing that it or another one declares; `undefined` when it does not have it. */
export function nameIn(snapshot: Snapshot, file: string, owner: OwnName): Name | undefined {
  if (file === owner.file) return owner.name;
  const imported = snapshot.model.imported.find((other) => other.file === owner.file);
  return imported && { space: owner.name.space, id: `${imported.namespace}.${owner.name.id}` };
}
