import {
  DocumentHighlightKind,
  LSPErrorCodes,
  ResponseError,
  type DocumentHighlight,
  type Location,
  type LocationLink,
  type Range,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { definitionAt, type Definition } from '../language/definition.ts';
import { isOfFile, nameAt, type Name } from '../language/occurrences.ts';
import { highlightsAt, referencesTo, type Highlight } from '../language/references.ts';
import { renamableAt, renameAt, type Refusal } from '../language/rename.ts';
import { pageUri, rangeOf, toEdit } from './convert.ts';
import type { OpenDocument } from './documents.ts';
import { pause } from './pause.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';
import { keyOf } from './workspace/uris.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

export const NAVIGATION: ServerCapabilities = {
  definitionProvider: true,
  typeDefinitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
};

type Places = Location | LocationLink[] | null;

/** Answers where a name is declared, described and used, and changes it. */
export function answerNavigation({ connection, documents, log, client, pages }: Session, models: WorkspaceModels): void {
  connection.onDefinition(
    safely(log, 'definition', null as Places, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const definition = document && definitionAt(document.snapshot, document.text.offsetAt(position));
      if (!definition || ('page' in definition.target && !pages())) return null;
      return toPlaces(document, definition, client().textDocument?.definition?.linkSupport);
    }),
  );

  connection.onTypeDefinition(
    safely(log, 'type definition', null as Places, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const definition = document && definitionAt(document.snapshot, document.text.offsetAt(position));
      if (!definition || !('page' in definition.target) || !pages()) return null;
      return toPlaces(document, definition, client().textDocument?.typeDefinition?.linkSupport);
    }),
  );

  connection.onReferences(
    safely(log, 'references', null as Location[] | null, async ({ textDocument, position, context }, token) => {
      const document = documents.get(textDocument.uri);
      const name = document && nameAt(document.snapshot, document.text.offsetAt(position));
      if (!name) return null;
      const found = placesOf(document, name, context.includeDeclaration);
      if (isOfFile(name)) return found;
      // Every model may say what the catalogue names.
      for (const uri of await models.uris()) {
        if (keyOf(uri) === keyOf(document.uri)) continue;
        await pause();
        if (token.isCancellationRequested) return null;
        const other = await models.load(uri);
        if (other) found.push(...placesOf(other, name, false));
      }
      return found;
    }),
  );

  connection.onDocumentHighlight(
    safely(log, 'highlights', null as DocumentHighlight[] | null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const { snapshot, text } = document;
      return highlightsAt(snapshot, text.offsetAt(position)).map(({ span, use }) => ({ range: rangeOf(text, span), kind: USES[use] }));
    }),
  );

  connection.onPrepareRename(
    safely(log, 'rename', null as Range | Refused | null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const name = document && renamableAt(document.snapshot, document.text.offsetAt(position));
      if (!name) return null;
      return 'refused' in name ? refusal(name) : rangeOf(document.text, name.span);
    }),
  );

  connection.onRenameRequest(
    safely(log, 'rename', null as WorkspaceEdit | Refused | null, ({ textDocument, position, newName }) => {
      const document = documents.get(textDocument.uri);
      const edits = document && renameAt(document.snapshot, document.text.offsetAt(position), newName);
      if (!edits) return null;
      if ('refused' in edits) return refusal(edits);
      const { text, uri, version } = document;
      const here = { uri, version, edits: edits.map((edit) => toEdit(text, edit)), elsewhere: false };
      return toWorkspaceEdit([here], client(), `Rename to ${newName}`);
    }),
  );
}

function placesOf({ snapshot, text, uri }: OpenDocument, name: Name, declarations: boolean): Location[] {
  return referencesTo(snapshot, name, declarations).map((span) => ({ uri, range: rangeOf(text, span) }));
}

type Refused = ResponseError<never>;

function refusal({ refused }: Refusal): Refused {
  return new ResponseError<never>(LSPErrorCodes.RequestFailed, refused);
}

const USES: Readonly<Record<Highlight['use'], DocumentHighlightKind>> = {
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
  text: DocumentHighlightKind.Text,
};

function toPlaces({ text, uri }: OpenDocument, { origin, target }: Definition, links: boolean | undefined): Places {
  const [targetUri, targetRange, targetSelectionRange] =
    'page' in target ? [pageUri(target.page, target.id), TOP, TOP] : [uri, rangeOf(text, target.whole), rangeOf(text, target.key)];
  if (!links) return { uri: targetUri, range: targetSelectionRange };
  return [{ targetUri, targetRange, targetSelectionRange, originSelectionRange: rangeOf(text, origin) }];
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
