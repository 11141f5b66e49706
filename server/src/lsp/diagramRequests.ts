import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MODEL_SUBJECT } from '../analysis/index.ts';
import type { Drawing } from '../diagram/drawing.ts';
import { cardOf } from '../language/cards.ts';
import { declarationOf, elsewhere } from '../language/occurrences.ts';
import { subjectAt } from '../language/subjectAt.ts';
import { meaningHash } from '../model/index.ts';
import {
  AT_REQUEST,
  CARD_REQUEST,
  DIAGRAM_REQUEST,
  HASH_REQUEST,
  type HashResult,
  LOCATE_REQUEST,
  PAGE_REQUEST,
  type AtParams,
  type AtResult,
  type CardResult,
  type DiagramParams,
  type DiagramResult,
  type LocateParams,
  type LocateResult,
  type PageParams,
  type PageResult,
} from '../protocol/messages.ts';
import { rangeOf } from './convert.ts';
import type { Documents, Knowledge, OpenDocument } from './documents.ts';
import type * as Showing from './late/showing.ts';
import { safely, type BugLog } from './safe.ts';

/** Answers the requests that are not LSP: the diagram, where its things are written, pages of the catalogue. */
export class DiagramRequests {
  /** By uri: the picture of the last version whose text was whole. */
  private readonly good = new Map<string, Drawing>();
  /** By uri: what was answered last. */
  private readonly answered = new Map<string, Drawing>();

  constructor(connection: Connection, documents: Documents, log: BugLog, knowledge: () => Knowledge, uriOf: (file: string) => string) {
    connection.onRequest(
      DIAGRAM_REQUEST,
      safely(log, 'diagram', null as DiagramResult | null, async (asked: DiagramParams) => {
        const showing = await import('./late/showing.ts');
        const document = documents.get(asked.uri);
        return document ? this.diagram(document, asked, showing) : null;
      }),
    );
    connection.onRequest(
      LOCATE_REQUEST,
      safely(log, 'locate', null as LocateResult | null, ({ uri, id }: LocateParams) => {
        const document = documents.get(uri);
        return document ? locate(document, id, uriOf) : null;
      }),
    );
    connection.onRequest(
      AT_REQUEST,
      safely(log, 'selection', { id: undefined } as AtResult, ({ uri, position }: AtParams) => {
        const document = documents.get(uri);
        return { id: document && subjectAt(document.snapshot, document.text.offsetAt(position)) };
      }),
    );
    connection.onRequest(
      CARD_REQUEST,
      safely(log, 'card', { markdown: undefined } as CardResult, ({ uri, id }: LocateParams) => {
        const snapshot = documents.get(uri)?.snapshot;
        const { model } = snapshot ?? {};
        const thing = model?.elements.get(id) ?? model?.flows.get(id) ?? model?.boundaries.get(id);
        return { markdown: snapshot && thing && cardOf({ type: thing.type, id, declared: true }, snapshot) };
      }),
    );
    connection.onRequest(
      HASH_REQUEST,
      safely(log, 'hash', { hash: undefined } as HashResult, ({ uri }: Pick<LocateParams, 'uri'>) => {
        const document = documents.get(uri);
        return { hash: document && meaningHash(document.snapshot.model) };
      }),
    );
    connection.onRequest(
      PAGE_REQUEST,
      safely(log, 'page', { markdown: undefined } as PageResult, async (asked: PageParams) => {
        const { pageOf } = await import('./late/showing.ts');
        return { markdown: pageOf(asked, knowledge().catalogues()) };
      }),
    );
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.good.delete(uri);
    this.answered.delete(uri);
  }

  /** While the text is broken, the last good picture stands; without one, what can be read is drawn. */
  private diagram(
    { snapshot, uri, version }: OpenDocument,
    { have, since }: DiagramParams,
    { drawingOf, deltaBetween }: Pick<typeof Showing, 'drawingOf' | 'deltaBetween'>,
  ): DiagramResult {
    const stale = snapshot.syntax.problems.some(({ severity }) => severity === 'error');
    const last = stale ? this.good.get(uri) : undefined;
    const drawing = last ?? drawingOf(snapshot.model, snapshot.catalogue, snapshot.findings);
    if (!stale) this.good.set(uri, drawing);
    const answered = this.answered.get(uri);
    this.answered.set(uri, drawing);
    const { key: picture, revision, graph, marks } = drawing;
    const facts = { uri, version, picture, revision, stale };
    if (answered && answered.revision === since) return { ...facts, delta: deltaBetween(answered, drawing) };
    return { ...facts, graph: picture === have ? undefined : graph, marks };
  }
}

/** The key of an element, flow, boundary or data asset, in whatever file; of `$model`, the beginning of the file's first line. */
function locate({ snapshot, text }: OpenDocument, id: string, uriOf: (file: string) => string): LocateResult | null {
  if (id === MODEL_SUBJECT) {
    const key = snapshot.model.keySpan('title') ?? snapshot.model.keySpan('threatmodel') ?? { start: 0, end: 0 };
    return { range: rangeOf(text, key) };
  }
  const frame = snapshot.model.imported.find(({ namespace }) => id === `${namespace}.`);
  if (frame) return { uri: uriOf(frame.file), range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
  const other = elsewhere(snapshot, { space: 'drawn', id }) ?? elsewhere(snapshot, { space: 'data', id });
  if (other) return { uri: uriOf(other.file), range: rangeOf(TextDocument.create('', '', 0, other.text), other.key) };
  const place = declarationOf(snapshot, { space: 'drawn', id }) ?? declarationOf(snapshot, { space: 'data', id });
  return place ? { range: rangeOf(text, place.key) } : null;
}
