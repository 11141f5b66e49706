import type { CompletionItem, Connection, Hover } from 'vscode-languageserver';
import { cardOf } from '../language/cards.ts';
import { asksForPath, completionsAt } from '../language/completion.ts';
import { hoverAt } from '../language/hover.ts';
import type { Meaning } from '../language/meaning.ts';
import { toCompletionItem, toHover } from './convert.ts';
import type { Documents } from './documents.ts';
import type { PackFiles } from './packFiles.ts';
import { safely, type BugLog } from './safe.ts';

/** Answers the requests of an author who is writing: completion, hover. */
export function answerAuthor(
  connection: Connection,
  documents: Documents,
  packFiles: PackFiles,
  log: BugLog,
  pathsFrom: (uri: string) => Promise<readonly string[]>,
): void {
  connection.onCompletion(
    safely(log, 'completion', null as CompletionItem[] | null, async ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (!document) return packFiles.completions(textDocument.uri, (text) => text.offsetAt(position)) ?? null;
      const paths = asksForPath(document.snapshot, document.text.offsetAt(position)) ? await pathsFrom(document.uri) : [];
      const { snapshot, text } = document;
      return completionsAt(snapshot, text.offsetAt(position), paths).map((completion) => toCompletionItem(text, completion));
    }),
  );

  connection.onCompletionResolve((item, token) =>
    safely(log, 'completion documentation', item, ({ data }: CompletionItem) => {
      const about = data as { readonly uri: string; readonly about: Meaning } | undefined;
      const snapshot = about && documents.get(about.uri)?.snapshot;
      const value = snapshot ? cardOf(about.about, snapshot) : about && packFiles.cardOf(about.uri, about.about);
      return value === undefined ? item : { ...item, documentation: { kind: 'markdown' as const, value } };
    })(item, token),
  );

  connection.onHover(
    safely(log, 'hover', null as Hover | null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const hover = document && hoverAt(document.snapshot, document.text.offsetAt(position));
      if (!document) return packFiles.hover(textDocument.uri, (text) => text.offsetAt(position)) ?? null;
      return hover ? toHover(document.text, hover) : null;
    }),
  );
}
