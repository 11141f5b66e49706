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
import { rankOf } from '../language/fuzzy.ts';
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
  const offer = (text: TextDocument, all: readonly Completion[], offset: number, card: Offered['cardOf']): CompletionList => {
    const completions = bestOf(all, text, offset);
    offered = { uri: text.uri, byLabel: new Map(completions.map((completion) => [completion.label, completion])), cardOf: card };
    const { completionItem, completionList } = client().textDocument?.completion ?? {};
    const list = listOf(text, completions, completionItem?.snippetSupport ?? false, completionList?.itemDefaults ?? []);
    return { ...list, isIncomplete: completions.length < all.length };
  };
  connection.onCompletion(
    safely(log, 'completion', null as CompletionList | null, async ({ textDocument: { uri }, position }) => {
      const document = documents.get(uri);
      if (!document) {
        const inPack = packFiles.completions(uri, (text) => text.offsetAt(position));
        return inPack
          ? offer(inPack.text, inPack.completions, inPack.text.offsetAt(position), (about) => packFiles.cardOf(uri, about))
          : null;
      }
      const asksPath = asksForPath(document.snapshot, document.text.offsetAt(position));
      const paths = asksPath ? await pathsFrom(uri) : [];
      const { snapshot, text } = document;
      const offset = text.offsetAt(position);
      return offer(text, completionsAt(snapshot, offset, paths), offset, (about) => cardOf(about, snapshot));
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

/** More are no choice, and slow an editor down. */
const MOST_OFFERED = 500;

/** Of too many offers the best that fit what is typed: the client asks again with every letter. */
function bestOf(all: readonly Completion[], text: TextDocument, offset: number): readonly Completion[] {
  const [first] = all;
  if (all.length <= MOST_OFFERED || !first) return all;
  const typed = text.getText().slice(first.span.start, offset);
  const fitting = all.flatMap((completion) => {
    const rank = rankOf(completion.label, typed);
    return rank === undefined ? [] : [{ completion, rank }];
  });
  fitting.sort((a, b) => a.rank - b.rank || (a.completion.order < b.completion.order ? -1 : 1));
  return fitting.slice(0, MOST_OFFERED).map(({ completion }) => completion);
}

/** All offers are for one range: said once where the client knows that, because there may be thousands. */
function listOf(
  text: TextDocument,
  completions: readonly Completion[],
  snippets: boolean,
  known: readonly string[],
): Omit<CompletionList, 'isIncomplete'> {
  const [first] = completions;
  if (!first) return { items: [] };
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
  return { ...((once || dataOnce) && { itemDefaults }), items };
}
