import type { Connection, Hover } from 'vscode-languageserver';
import { hoverAt } from '../language/hover.ts';
import { toHover } from './convert.ts';
import type { Documents } from './documents.ts';
import type { PackFiles } from './packFiles.ts';
import { safely, type BugLog } from './safe.ts';

/** Answers what a word stands for. */
export function answerAuthor(connection: Connection, documents: Documents, packFiles: PackFiles, log: BugLog): void {
  connection.onHover(
    safely(log, 'hover', null as Hover | null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const hover = document && hoverAt(document.snapshot, document.text.offsetAt(position));
      if (!document) return packFiles.hover(textDocument.uri, (text) => text.offsetAt(position)) ?? null;
      return hover ? toHover(document.text, hover) : null;
    }),
  );
}
