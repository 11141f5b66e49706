import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionItemDefaults,
  type CompletionList,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { cardOf } from '../language/cards.ts';
import { asksForPath, completionsAt, type Completion } from '../language/completion.ts';
import type { Meaning } from '../language/meaning.ts';
import { rangeOf, toEdit } from './convert.ts';
import type { PackFiles } from './packFiles.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import { snippetOf } from './workspaceEdits.ts';

const ITEM_KINDS: Readonly<Record<Completion['sort'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  property: CompletionItemKind.Field,
  kind: CompletionItemKind.Class,
  thing: CompletionItemKind.Reference,
  control: CompletionItemKind.Constant,
  rule: CompletionItemKind.Event,
  value: CompletionItemKind.EnumMember,
  skeleton: CompletionItemKind.Snippet,
};

/** What was offered last, to look up what the author asks more about. */
interface Offered {
  readonly uri: string;
  readonly byLabel: ReadonlyMap<string, Completion>;
  cardOf(about: Meaning): string | undefined;
}

/**
 * Answers what may be written at a place, in models and in files of an organisation's rules; `pathsFrom` are the paths of
 * the models that a file may use. Documentation is made when it is asked for.
 */
export function answerCompletion(
  { connection, documents, log, client }: Session,
  packFiles: PackFiles,
  pathsFrom: (uri: string) => Promise<readonly string[]>,
): void {
  let offered: Offered | undefined;
  const offer = (text: TextDocument, completions: readonly Completion[], card: Offered['cardOf']): CompletionList => {
    offered = { uri: text.uri, byLabel: new Map(completions.map((completion) => [completion.label, completion])), cardOf: card };
    const { completionItem, completionList } = client().textDocument?.completion ?? {};
    return listOf(text, completions, completionItem?.snippetSupport ?? false, completionList?.itemDefaults ?? []);
  };
  connection.onCompletion(
    safely(log, 'completion', null as CompletionList | null, async ({ textDocument: { uri }, position }) => {
      const document = documents.get(uri);
      if (!document) {
        const inPack = packFiles.completions(uri, (text) => text.offsetAt(position));
        return inPack ? offer(inPack.text, inPack.completions, (about) => packFiles.cardOf(uri, about)) : null;
      }
      const asksPath = asksForPath(document.snapshot, document.text.offsetAt(position));
      const paths = asksPath ? await pathsFrom(uri) : [];
      const { snapshot, text } = document;
      return offer(text, completionsAt(snapshot, text.offsetAt(position), paths), (about) => cardOf(about, snapshot));
    }),
  );
  connection.onCompletionResolve((item, token) =>
    safely(log, 'completion documentation', item, (asked: CompletionItem) => {
      const about = offered?.uri === asked.data ? offered?.byLabel.get(asked.label)?.about : undefined;
      const value = about && offered?.cardOf(about);
      return value === undefined ? asked : { ...asked, documentation: { kind: MarkupKind.Markdown, value } };
    })(item, token),
  );
}

/** All offers are for one range: said once where the client knows that, because there may be thousands. */
function listOf(text: TextDocument, completions: readonly Completion[], snippets: boolean, known: readonly string[]): CompletionList {
  const [first] = completions;
  if (!first) return { isIncomplete: false, items: [] };
  const range = rangeOf(text, first.span);
  const [once, dataOnce] = [known.includes('editRange'), known.includes('data')];
  const itemDefaults: CompletionItemDefaults = { ...(once && { editRange: range }), ...(dataOnce && { data: text.uri }) };
  const items = completions.map((completion): CompletionItem => {
    const { detail, holes, insert, label, margin, order, sort } = completion;
    const isSnippet = snippets && holes !== undefined && holes.length > 0;
    const newText = isSnippet ? snippetOf(insert, holes) : insert;
    return {
      label,
      kind: ITEM_KINDS[sort],
      ...(detail !== '' && { labelDetails: { description: detail } }),
      sortText: order,
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(!once && { textEdit: { range, newText } }),
      ...(once && newText !== label && { textEditText: newText }),
      ...(margin && { additionalTextEdits: [toEdit(text, margin)] }),
      ...(!dataOnce && { data: text.uri }),
    };
  });
  return { isIncomplete: false, ...((once || dataOnce) && { itemDefaults }), items };
}
