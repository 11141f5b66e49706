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
import { TextDocument } from 'vscode-languageserver-textdocument';
import { definitionAt, type Definition } from '../language/definition.ts';
import { ownerOf } from '../language/acrossFiles.ts';
import { isOfFile, nameAt, type Name } from '../language/occurrences.ts';
import { highlightsAt, referencesTo, type Highlight } from '../language/references.ts';
import type { Refusal } from '../language/rename.ts';
import type { TextEdit as Change } from '../syntax/textEdit.ts';
import { pageUri, rangeOf, toEdit } from './convert.ts';
import type { OpenDocument } from './documents.ts';
import { pause } from './pause.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { ModelDocument, WorkspaceModels } from './workspace/models.ts';
import { sayersOf, usersOf } from './workspace/sayers.ts';
import type { UsedModels } from './workspace/used.ts';
import { keyOf } from './workspace/uris.ts';
import { toWorkspaceEdit, type FileEdits } from './workspaceEdit.ts';

export const NAVIGATION: ServerCapabilities = {
  definitionProvider: true,
  typeDefinitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
};

type Places = Location | LocationLink[] | null;

/** Answers where a name is declared, described and used, and changes it. */
export function answerNavigation(session: Session, models: WorkspaceModels): void {
  const { connection, documents, log, client, pages, used } = session;
  connection.onDefinition(
    safely(log, 'definition', null as Places, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const definition = document && definitionAt(document.snapshot, document.text.offsetAt(position));
      if (!definition || ('page' in definition.target && !pages())) return null;
      return toPlaces(document, definition, used, client().textDocument?.definition?.linkSupport);
    }),
  );

  connection.onTypeDefinition(
    safely(log, 'type definition', null as Places, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const definition = document && definitionAt(document.snapshot, document.text.offsetAt(position));
      if (!definition || !('page' in definition.target) || !pages()) return null;
      return toPlaces(document, definition, used, client().textDocument?.typeDefinition?.linkSupport);
    }),
  );

  connection.onReferences(
    safely(log, 'references', null as Location[] | null, async ({ textDocument, position, context }, token) => {
      const document = documents.get(textDocument.uri);
      const name = document && nameAt(document.snapshot, document.text.offsetAt(position));
      if (!name) return null;
      if (isOfFile(name)) {
        const sayers = await sayersOf(ownerOf(document.snapshot, keyOf(document.uri), name), session, models);
        return sayers.flatMap((sayer) => placesOf(sayer.document, sayer.name, context.includeDeclaration));
      }
      const found = placesOf(document, name, context.includeDeclaration);
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
    safely(log, 'rename', null as Range | Refused | null, async ({ textDocument, position }) => {
      const { namespaceAt, renamableAt } = await import('./late/changing.ts');
      const document = documents.get(textDocument.uri);
      const namespace = document && namespaceAt(document.snapshot, document.text.offsetAt(position));
      if (document && namespace) return rangeOf(document.text, namespace.span);
      const name = document && renamableAt(document.snapshot, document.text.offsetAt(position));
      if (!name) return null;
      return 'refused' in name ? refusal(name) : rangeOf(document.text, name.span);
    }),
  );

  connection.onRenameRequest(
    safely(log, 'rename', null as WorkspaceEdit | Refused | null, async ({ textDocument, position, newName }) => {
      const changing = await import('./late/changing.ts');
      const { refusalOf, renamableAt, renamed } = changing;
      const document = documents.get(textDocument.uri);
      const edit = (edits: readonly FileEdits[], id: string): WorkspaceEdit =>
        toWorkspaceEdit(
          edits.filter((file) => file.edits.length > 0),
          client(),
          `Rename to ${id}`,
        );
      const inFile = ({ text, uri }: ModelDocument, edits: readonly Change[]): FileEdits => ({
        uri,
        version: documents.get(uri)?.version ?? null,
        edits: edits.map((change) => toEdit(text, change)),
        elsewhere: uri !== document?.uri,
      });
      const namespace = document && changing.namespaceAt(document.snapshot, document.text.offsetAt(position));
      if (namespace) {
        const refused = changing.namespaceRefusal(document.snapshot, namespace.name, newName);
        if (refused) return refusal(refused);
        const owner = { file: keyOf(document.uri), name: namespace.name };
        const users = await usersOf(owner.file, session, models);
        const edits = users.map((user) => inFile(user, changing.renamedNamespace(user.snapshot, keyOf(user.uri), owner, newName)));
        return edit(edits, newName);
      }
      const name = document && renamableAt(document.snapshot, document.text.offsetAt(position));
      if (!name) return null;
      if ('refused' in name) return refusal(name);
      const owner = ownerOf(document.snapshot, keyOf(document.uri), name);
      // Whoever writes the whole of it means the last part.
      const prefix = name.id.slice(0, name.id.length - owner.name.id.length);
      const id = newName.startsWith(prefix) ? newName.slice(prefix.length) : newName;
      const sayers = await sayersOf(owner, session, models);
      const owning = sayers.find((sayer) => keyOf(sayer.document.uri) === owner.file);
      if (!owning) return refusal({ refused: `The file that declares ${name.id} cannot be changed from here.` });
      const refused = refusalOf(owning.document.snapshot, owning.name, id);
      if (refused) return refusal(refused);
      return edit(
        sayers.map((sayer) => inFile(sayer.document, renamed(sayer.document.snapshot, sayer.name, id))),
        id,
      );
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

function toPlaces(document: OpenDocument, { origin, target }: Definition, used: UsedModels, links: boolean | undefined): Places {
  const [targetUri, targetRange, targetSelectionRange] = place(document, target, used);
  if (!links) return { uri: targetUri, range: targetSelectionRange };
  return [{ targetUri, targetRange, targetSelectionRange, originSelectionRange: rangeOf(document.text, origin) }];
}

function place({ text, uri }: OpenDocument, target: Definition['target'], used: UsedModels): readonly [string, Range, Range] {
  if ('page' in target) return [pageUri(target.page, target.id), TOP, TOP];
  const [at, its] = 'file' in target ? [used.uriOf(target.file), TextDocument.create('', '', 0, target.text)] : [uri, text];
  return [at, rangeOf(its, target.whole), rangeOf(its, target.key)];
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
