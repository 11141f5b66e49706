import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, ServerCapabilities } from 'vscode-languageserver';
import { safely } from './safe.ts';
import type { Session } from './session.ts';
import type { WorkspaceModels } from './workspace/models.ts';

export const DATA_FLOW: ServerCapabilities = { callHierarchyProvider: true };

/** Answers who sends data to an element and where its data goes, as what editors call a call hierarchy. */
export function answerDataFlow({ connection, documents, log }: Session, models: WorkspaceModels): void {
  connection.languages.callHierarchy.onPrepare(
    safely(log, 'data flow', null as CallHierarchyItem[] | null, async ({ textDocument, position }) => {
      const { itemsAt } = await import('./late/showing.ts');
      const document = documents.get(textDocument.uri);
      const items = document ? itemsAt(document, position) : [];
      return items.length === 0 ? null : items;
    }),
  );

  const hops = async ({ uri, data }: CallHierarchyItem, direction: 'in' | 'out') => {
    const { hopItems } = await import('./late/showing.ts');
    const document = await models.load(uri);
    return document && typeof data === 'string' ? hopItems(document, data, direction) : [];
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
