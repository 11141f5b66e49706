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
export async function sayersOf(owner: OwnName, session: Session, models: WorkspaceModels): Promise<readonly Sayer[]> {
  const users = await usersOf(owner.file, session, models);
  return users.flatMap((document) => {
    const name = nameIn(document.snapshot, keyOf(document.uri), owner);
    return name ? [{ document, name }] : [];
  });
}

/** A file and whatever may use it, itself or through others: every model that uses any. */
export async function usersOf(file: string, { documents, used }: Session, models: WorkspaceModels): Promise<readonly ModelDocument[]> {
  const users: ModelDocument[] = [];
  const seen = new Set<string>();
  for (const uri of [...documents.all().map((open) => open.uri), used.uriOf(file), ...(await models.uris())]) {
    const key = keyOf(uri);
    if (seen.has(key)) continue;
    seen.add(key);
    if (models.peek(uri) === undefined) await pause();
    if (key !== file && !(documents.get(uri) ? usesOthers(documents.get(uri)!) : await models.ask(uri, usesOthers))) continue;
    const document = await models.load(uri);
    if (!document) continue;
    await used.ready(document);
    users.push(document);
  }
  return users;
}

/** Cheap for the many models that use nothing. */
function usesOthers(document: ModelDocument): boolean {
  return /\buse["']?\s*:/.test(document.text.getText()) && document.snapshot.used.size > 0;
}
