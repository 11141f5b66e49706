import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { hopsOf, stopsAt, type Hop, type Stop } from '../language/dataFlow.ts';
import { rangeOf } from './convert.ts';
import type { OpenDocument } from './documents.ts';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';

export const DATA_FLOW: ServerCapabilities = { callHierarchyProvider: true };

/** So many flows are named beside an element; the others are among the ranges. */
const MOST_NAMED = 3;

/** Answers who sends data to an element and where its data goes, as what editors call a call hierarchy. */
export function answerDataFlow({ connection, documents, log }: Session, models: WorkspaceModels): void {
  connection.languages.callHierarchy.onPrepare(
    safely(log, 'data flow', null as CallHierarchyItem[] | null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (!document) return null;
      const stops = stopsAt(document.snapshot, document.text.offsetAt(position));
      return stops.length === 0 ? null : stops.map((stop) => toItem(document, stop, stop.kind));
    }),
  );

  /** Each hop from or to an item, with the ranges of its flows. */
  const hops = async ({ uri, data }: CallHierarchyItem, direction: 'in' | 'out') => {
    const document = await models.load(uri);
    if (!document || typeof data !== 'string') return [];
    return hopsOf(document.snapshot, data, direction).map((hop) => ({
      item: toItem(document, hop.stop, [hop.stop.kind, namesOf(hop)].filter((part) => part !== '').join(' · ')),
      fromRanges: hop.flows.map(({ span }) => rangeOf(document.text, span)),
    }));
  };
  connection.languages.callHierarchy.onIncomingCalls(
    safely(log, 'data flow', null as CallHierarchyIncomingCall[] | null, async ({ item }) =>
      (await hops(item, 'in')).map(({ item: from, fromRanges }) => ({ from, fromRanges })),
    ),
  );
  connection.languages.callHierarchy.onOutgoingCalls(
    safely(log, 'data flow', null as CallHierarchyOutgoingCall[] | null, async ({ item }) =>
      (await hops(item, 'out')).map(({ item: to, fromRanges }) => ({ to, fromRanges })),
    ),
  );
}

function toItem({ text, uri }: OpenDocument, { id, key, title, whole }: Stop, detail: string): CallHierarchyItem {
  return { name: title, kind: SymbolKind.Class, detail, uri, range: rangeOf(text, whole), selectionRange: rangeOf(text, key), data: id };
}

function namesOf({ flows }: Hop): string {
  const names = flows.slice(0, MOST_NAMED).map(({ id, reply }) => (reply ? `${id} (reply)` : id));
  if (flows.length > MOST_NAMED) names.push(`${flows.length - MOST_NAMED} more`);
  return names.join(', ');
}
