import { isPrivate } from '../model/fields.ts';
import { findKind } from '../model/kinds.ts';
import { quote } from '../model/notes.ts';
import { isLegalId } from '../model/things.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { Span } from '../syntax/tree.ts';
import { declarationOf, nameAt, occurrencesOf, originOf, type Name } from './occurrences.ts';
import type { Snapshot } from './snapshot.ts';

/** Why something cannot be renamed, for the author to read. */
export interface Refusal {
  readonly refused: string;
}

/** The id at an offset that can be renamed, without the namespace; `undefined` where there is no name. */
export function renamableAt(snapshot: Snapshot, offset: number): (Name & { readonly span: Span }) | Refusal | undefined {
  const name = nameAt(snapshot, offset);
  if (!name) return undefined;
  const owned = OWNED[name.space];
  if (owned) return { refused: `${quote(name.id)} is a ${owned} of the catalogue: only what this model declares has a name to change.` };
  if (!declarationOf(snapshot, name)) return { refused: `Nothing in this model has the id ${quote(name.id)}.` };
  return { ...name, span: localPart(snapshot, name, name.span) };
}

/** Why the thing with a name cannot be called `id` in the file that declares it. */
export function refusalOf(snapshot: Snapshot, name: Name, id: string): Refusal | undefined {
  const refused = id === name.id ? undefined : whyNot(snapshot, name, id);
  return refused === undefined ? undefined : { refused };
}

/** The edits that give a thing another id wherever a file names it: the one that declares it, or one that uses that. Quotes stay as they are. */
export function renamed(snapshot: Snapshot, name: Name, id: string): readonly TextEdit[] {
  return occurrencesOf(snapshot, name)
    .filter(({ alias }) => !alias)
    .map(({ span }) => ({ span: localPart(snapshot, name, span), text: id }));
}

/** What of a written name is the id in the file that declares it. */
function localPart(snapshot: Snapshot, name: Name, { start, end }: Span): Span {
  const local = originOf(snapshot, name)?.id;
  return local !== undefined && snapshot.text.slice(start, end).endsWith(`.${local}`) ? { start: end - local.length, end } : { start, end };
}

function whyNot(snapshot: Snapshot, { space, id: before }: Name, id: string): string | undefined {
  const { catalogue, model } = snapshot;
  if (!isLegalId(id)) return `${quote(id)} cannot be an id: ids begin with a letter and consist of letters, digits, "_" and "-".`;
  if (isPrivate(id)) return `${quote(id)} cannot be an id: what begins with "x-" is not read.`;
  if (declarationOf(snapshot, { space, id })) return `The id ${quote(id)} is taken in this model.`;
  if (space !== 'data') return undefined;
  const kind = findKind(catalogue, 'dataKinds', id);
  if (kind === undefined) return undefined;
  const said = occurrencesOf(snapshot, { space: 'dataKinds', id: kind }).some(({ role }) => role !== 'kind');
  const own = model.data.get(before)?.kind === kind && !said;
  return own ? undefined : `${quote(id)} is a kind of data: an asset needs a name of its own.`;
}

const OWNED: Readonly<Partial<Record<Name['space'], string>>> = {
  control: 'control',
  rule: 'rule',
  elementKinds: 'kind',
  flowKinds: 'kind',
  boundaryKinds: 'kind',
  dataKinds: 'kind',
};
