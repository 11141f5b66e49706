import { isPrivate } from '../model/fields.ts';
import { quote } from '../model/notes.ts';
import { isAside } from '../model/system.ts';
import { isLegalId } from '../model/things.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import { namesIn } from './occurrences.ts';
import type { Refusal } from './rename.ts';
import type { Snapshot } from './snapshot.ts';

/** The name under which a file uses another, and the file that says it. */
export interface Namespace {
  readonly file: string;
  readonly name: string;
}

/** The namespace that an entry of `use:` at an offset declares. */
export function namespaceAt(snapshot: Snapshot, offset: number): { readonly name: string; readonly span: Span } | undefined {
  const key = keysOf(snapshot).find(({ span }) => span.start <= offset && offset <= span.end);
  return key && snapshot.model.uses.has(key.name) ? key : undefined;
}

/** Why the namespace of a file cannot be called `name`. */
export function namespaceRefusal({ model }: Snapshot, before: string, name: string): Refusal | undefined {
  if (name === before) return undefined;
  if (!isLegalId(name) || isPrivate(name))
    return { refused: `${quote(name)} cannot be a namespace: it begins with a letter and consists of letters, digits, "_" and "-".` };
  return model.uses.has(name) ? { refused: `The namespace ${quote(name)} is taken in this model.` } : undefined;
}

/** The edits that give a namespace another name, in the file that declares it or in one that uses that. */
export function renamedNamespace(snapshot: Snapshot, file: string, owner: Namespace, name: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  if (file === owner.file) for (const key of keysOf(snapshot)) if (key.name === owner.name) edits.push({ span: key.span, text: name });
  for (const { role, span, text } of namesIn(snapshot, { start: 0, end: snapshot.text.length })) {
    // Written with escapes, it has other places than its letters.
    if (role === 'id' || snapshot.text.slice(span.start, span.end) !== text) continue;
    let at: string | undefined = file;
    let { start } = span;
    for (const part of text.split('.').slice(0, -1)) {
      if (at === owner.file && part === owner.name) edits.push({ span: { start, end: start + part.length }, text: name });
      start += part.length + 1;
      at = at === undefined ? undefined : usedBy(snapshot, file, at, part);
    }
  }
  return edits;
}

function usedBy(snapshot: Snapshot, file: string, at: string, namespace: string): string | undefined {
  const model = at === file ? snapshot.model : snapshot.fileOf(at)?.model;
  return model?.uses.get(namespace)?.used?.file;
}

/** The keys below `use:`, without their quotes. */
function keysOf({ syntax, text }: Snapshot): readonly { readonly name: string; readonly span: Span }[] {
  const items = syntax.sections.filter(({ pair }) => pair.key.text === 'use').flatMap((section) => section.items ?? []);
  return items.flatMap((item) => {
    if (isAside(item)) return [];
    const { start, end } = absolute(item.base, item.pair.key);
    const quotes = /["']/.test(text.charAt(start)) ? 1 : 0;
    return [{ name: item.pair.key.text, span: { start: start + quotes, end: end - quotes } }];
  });
}
