import {
  SymbolKind,
  SymbolTag,
  type DocumentSymbol,
  type ServerCapabilities,
  type SymbolInformation,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rankOf } from '../language/fuzzy.ts';
import { outlineOf, type OutlineItem } from '../language/outline.ts';
import { rangeOf } from './convert.ts';
import { pause } from './pause.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { ModelDocument, WorkspaceModels } from './workspace/models.ts';
import { nameOf } from './workspace/uris.ts';

export const SYMBOLS: ServerCapabilities = { documentSymbolProvider: { label: 'Threat model' }, workspaceSymbolProvider: true };

/** Nobody reads more; an author types one character more instead. */
const MOST = 300;

/** Answers what a model has in it, and where in all models something is. */
export function answerSymbols({ connection, documents, log, client }: Session, models: WorkspaceModels): void {
  connection.onDocumentSymbol(
    safely(log, 'outline', null as DocumentSymbol[] | SymbolInformation[] | null, ({ textDocument }) => {
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const nested = client().textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport;
      if (!nested) return namedIn(document).map(({ symbol }) => symbol as SymbolInformation);
      return outlineOf(document.snapshot).map((item) => toSymbol(document.text, item));
    }),
  );

  connection.onWorkspaceSymbol(
    safely(log, 'symbols', null as WorkspaceSymbol[] | null, async ({ query }, token) => {
      const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
      for (const uri of await models.uris()) {
        if (models.peek(uri) === undefined) await pause();
        if (token.isCancellationRequested) return null;
        for (const { symbol, words } of (await models.ask(uri, namedIn)) ?? []) {
          const ranks = words.flatMap((word) => rankOf(word, query) ?? []);
          if (ranks.length > 0) found.push({ symbol, rank: Math.min(...ranks) });
        }
      }
      return found
        .sort((a, b) => a.rank - b.rank || a.symbol.name.length - b.symbol.name.length)
        .slice(0, MOST)
        .map(({ symbol }) => symbol);
    }),
  );
}

const KINDS: Readonly<Record<OutlineItem['sort'], SymbolKind>> = {
  boundary: SymbolKind.Namespace,
  element: SymbolKind.Class,
  flow: SymbolKind.Event,
  data: SymbolKind.Struct,
  acceptance: SymbolKind.Property,
  section: SymbolKind.Module,
};

function toSymbol(text: TextDocument, { sort, name, detail, key, whole, faded, children }: OutlineItem): DocumentSymbol {
  return {
    // A symbol without a name is an error in some clients.
    name: name === '' ? '""' : name,
    detail,
    kind: KINDS[sort],
    ...(faded && { tags: [SymbolTag.Deprecated] }),
    range: rangeOf(text, whole),
    selectionRange: rangeOf(text, key),
    ...(children.length > 0 && { children: children.map((child) => toSymbol(text, child)) }),
  };
}

interface Named {
  readonly symbol: WorkspaceSymbol;
  /** What it can be found by. */
  readonly words: readonly string[];
}

/** Everything in a model that has a name. */
function namedIn({ snapshot, text, uri }: ModelDocument): readonly Named[] {
  const containerName = snapshot.model.title ?? nameOf(uri);
  const named: Named[] = [];
  const add = ({ sort, name, title, key, faded, children }: OutlineItem): void => {
    if (sort !== 'section') {
      const symbol: WorkspaceSymbol = {
        name: title === undefined ? name : `${name} (${title})`,
        kind: KINDS[sort],
        ...(faded && { tags: [SymbolTag.Deprecated] }),
        containerName,
        location: { uri, range: rangeOf(text, key) },
      };
      named.push({ symbol, words: title === undefined ? [name] : [name, title] });
    }
    children.forEach(add);
  };
  outlineOf(snapshot).forEach(add);
  return named;
}
