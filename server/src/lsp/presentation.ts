import {
  FoldingRangeKind,
  InlayHintKind,
  type CodeLens,
  type DocumentLink as LspLink,
  type FoldingRange,
  type InlayHint as LspHint,
  type Range,
  type SelectionRange,
  type SemanticTokens,
  type SemanticTokensDelta,
  type ServerCapabilities,
  type TextEdit,
} from 'vscode-languageserver';
import { lensesOf, lensTitle } from '../language/codeLens.ts';
import { documentLinksOf } from '../language/documentLinks.ts';
import { foldsOf, type Fold } from '../language/folding.ts';
import { inlayHintsOf, type InlayHint } from '../language/inlayHints.ts';
import { semanticTokensOf } from '../language/semanticTokens.ts';
import { afterLineBreak } from '../language/typing.ts';
import { rangeOf, spanOf, toEdit } from './convert.ts';
import type { OpenDocument } from './documents.ts';
import { safely } from './safe.ts';
import { AnsweredTokens, encode, TOKEN_LEGEND } from './semanticTokens.ts';
import type { Session } from './session.ts';

export const PRESENTATION: ServerCapabilities = {
  codeLensProvider: { resolveProvider: true },
  inlayHintProvider: true,
  semanticTokensProvider: { legend: TOKEN_LEGEND, full: { delta: true }, range: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
};

/** What a lens is about, for when its words are asked for. */
interface LensData {
  readonly uri: string;
  readonly id: string;
}

/** Answers what an editor shows of a text besides its characters. */
export class Presentation {
  private readonly session: Session;
  private readonly tokens = new AnsweredTokens();

  constructor(session: Session) {
    this.session = session;
    this.answerLenses();
    this.answerTokens();
    this.answerStructure();
    this.answerFormatting();
    this.answerTyping();
  }

  /** The client has closed a document. */
  forget(uri: string): void {
    this.tokens.forget(uri);
  }

  private answerLenses(): void {
    const { connection, documents, log, pages, settings } = this.session;
    connection.onCodeLens(
      safely(log, 'code lens', null as CodeLens[] | null, ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        if (!document || !settings().codeLens) return null;
        const { snapshot, text, uri } = document;
        const lenses: CodeLens[] = lensesOf(snapshot).map(({ id, span }) => {
          const data: LensData = { uri, id };
          return { range: rangeOf(text, span), data };
        });
        // A client that does not show our pages has none of our commands.
        if (pages() && snapshot.model.elements.size > 0)
          lenses.unshift({ range: TOP, command: { title: 'Open diagram', command: 'threatwright.openDiagram', arguments: [uri] } });
        return lenses;
      }),
    );
    connection.onCodeLensResolve((lens, token) =>
      safely(log, 'code lens', lens, ({ data }: CodeLens) => {
        const { id, uri } = data as LensData;
        const snapshot = documents.get(uri)?.snapshot;
        const title = snapshot ? lensTitle(snapshot, id) : '';
        const command = pages() ? 'threatwright.showInDiagram' : '';
        return { ...lens, command: { title, command, arguments: [uri, { id }] } };
      })(lens, token),
    );
    connection.languages.inlayHint.on(
      safely(log, 'inlay hints', null as LspHint[] | null, ({ range, textDocument }) => {
        const document = documents.get(textDocument.uri);
        const which = settings().inlayHints;
        if (!document || which === 'off') return null;
        return inlayHintsOf(document.snapshot, spanOf(document.text, range), which).map((hint) => toHint(document, hint));
      }),
    );
  }

  private answerTokens(): void {
    const { connection, documents, log } = this.session;
    const { semanticTokens } = connection.languages;
    const none: SemanticTokens = { data: [] };
    semanticTokens.on(
      safely(log, 'semantic tokens', none, ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        return document ? this.tokens.full(document, semanticTokensOf(document.snapshot)) : none;
      }),
    );
    semanticTokens.onDelta(
      safely(log, 'semantic tokens', none as SemanticTokens | SemanticTokensDelta, ({ previousResultId, textDocument }) => {
        const document = documents.get(textDocument.uri);
        return document ? this.tokens.delta(document, semanticTokensOf(document.snapshot), previousResultId) : none;
      }),
    );
    semanticTokens.onRange(
      safely(log, 'semantic tokens', none, ({ range, textDocument }) => {
        const document = documents.get(textDocument.uri);
        return document ? { data: encode(document.text, semanticTokensOf(document.snapshot, spanOf(document.text, range))) } : none;
      }),
    );
  }

  private answerFormatting(): void {
    const { connection, documents, log } = this.session;
    connection.onDocumentFormatting(
      safely(log, 'formatting', null as TextEdit[] | null, async ({ textDocument }) => {
        const { formattingOf } = await import('./late/changing.ts');
        const document = documents.get(textDocument.uri);
        return document ? formattingOf(document.snapshot.syntax).map((edit) => toEdit(document.text, edit)) : null;
      }),
    );
    connection.onDocumentRangeFormatting(
      safely(log, 'formatting', null as TextEdit[] | null, async ({ range, textDocument }) => {
        const { formattingOf } = await import('./late/changing.ts');
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const { snapshot, text } = document;
        return formattingOf(snapshot.syntax, spanOf(text, range)).map((edit) => toEdit(text, edit));
      }),
    );
  }

  private answerTyping(): void {
    const { connection, documents, log } = this.session;
    connection.onDocumentOnTypeFormatting(
      safely(log, 'formatting', null as TextEdit[] | null, ({ position, textDocument }) => {
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const { snapshot, text } = document;
        return afterLineBreak(snapshot.syntax, text.offsetAt(position)).map((edit) => toEdit(text, edit));
      }),
    );
  }

  private answerStructure(): void {
    const { connection, documents, log, used } = this.session;
    connection.onFoldingRanges(
      safely(log, 'folding', null as FoldingRange[] | null, ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        return document ? foldsOf(document.snapshot).map((fold) => toFold(document, fold)) : null;
      }),
    );
    connection.onSelectionRanges(
      safely(log, 'selection', null as SelectionRange[] | null, async ({ positions, textDocument }) => {
        const { selectionAt } = await import('./late/changing.ts');
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const { snapshot, text } = document;
        return positions.map((position) => {
          const spans = selectionAt(snapshot, text.offsetAt(position));
          let selection: SelectionRange | undefined;
          for (const span of spans.toReversed()) selection = { range: rangeOf(text, span), ...(selection && { parent: selection }) };
          return selection ?? { range: { start: position, end: position } };
        });
      }),
    );
    connection.onDocumentLinks(
      safely(log, 'links', null as LspLink[] | null, ({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        return documentLinksOf(document.snapshot).map(({ span, target, tooltip }) => ({
          range: rangeOf(document.text, span),
          target: 'url' in target ? target.url : used.uriOf(target.file),
          ...(tooltip !== undefined && { tooltip }),
        }));
      }),
    );
  }
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function toHint({ text, uri }: OpenDocument, { offset, parts, sort, tooltip }: InlayHint): LspHint {
  return {
    position: text.positionAt(offset),
    label: parts.map((part) => ({
      value: part.text,
      ...(part.declared && { location: { uri, range: rangeOf(text, part.declared) } }),
    })),
    ...(sort === 'kind' && { kind: InlayHintKind.Type }),
    tooltip,
    paddingLeft: true,
  };
}

function toFold({ text }: OpenDocument, { end, sort, start }: Fold): FoldingRange {
  const lines = { startLine: text.positionAt(start).line, endLine: text.positionAt(end).line };
  if (sort === 'text') return lines;
  return { ...lines, kind: sort === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region };
}
