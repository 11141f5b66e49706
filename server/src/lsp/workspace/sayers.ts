import { nameIn, type OwnName } from '../../language/acrossFiles.ts';
import type { Name } from '../../language/occurrences.ts';
import { pause } from '../pause.ts';
import type { Session } from '../session.ts';
import type { ModelDocument, WorkspaceModels } from './models.ts';
import { keyOf } from './uris.ts';

/** A model that has a thing, and what it calls it. */
export interface Sayer {
  readonly document: ModelDocument;
  readonly name: Name;
}

/** All models that may say a name: the one that declares it, and those that use that one, open or not. */
export async function sayersOf(owner: OwnName, { documents, used }: Session, models: WorkspaceModels): Promise<readonly Sayer[]> {
  const sayers: Sayer[] = [];
  const seen = new Set<string>();
  for (const uri of [...documents.all().map((open) => open.uri), used.uriOf(owner.file), ...(await models.uris())]) {
    const key = keyOf(uri);
    if (seen.has(key)) continue;
    seen.add(key);
    if (models.peek(uri) === undefined) await pause();
    if (key !== owner.file && !(documents.get(uri) ? usesOthers(documents.get(uri)!) : await models.ask(uri, usesOthers))) continue;
    const document = await models.load(uri);
    if (!document) continue;
    await used.ready(document);
    const name = nameIn(document.snapshot, key, owner);
    if (name) sayers.push({ document, name });
  }
  return sayers;
}

/** Cheap for the many models that use nothing. */
function usesOthers(document: ModelDocument): boolean {
  return /\buse["']?\s*:/.test(document.text.getText()) && document.snapshot.used.size > 0;
}
