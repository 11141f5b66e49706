import { SymbolKind, type CallHierarchyItem, type Position, type Range } from 'vscode-languageserver';
import { hopsOf, stopsAt, type Hop, type Stop } from '../language/dataFlow.ts';
import { rangeOf } from './convert.ts';
import type { OpenDocument } from './documents.ts';

/** So many flows are named beside an element; the others are among the ranges. */
const MOST_NAMED = 3;

/** What a position names that data comes to and goes from. */
export function itemsAt(document: OpenDocument, position: Position): CallHierarchyItem[] {
  return stopsAt(document.snapshot, document.text.offsetAt(position)).map((stop) => toItem(document, stop, stop.kind));
}

/** Each hop from or to the item with this id, with the ranges of its flows. */
export function hopItems(document: OpenDocument, id: string, direction: 'in' | 'out'): { item: CallHierarchyItem; fromRanges: Range[] }[] {
  return hopsOf(document.snapshot, id, direction).map((hop) => ({
    item: toItem(document, hop.stop, [hop.stop.kind, namesOf(hop)].filter((part) => part !== '').join(' · ')),
    fromRanges: hop.flows.map(({ span }) => rangeOf(document.text, span)),
  }));
}

function toItem({ text, uri }: OpenDocument, { id, key, title, whole }: Stop, detail: string): CallHierarchyItem {
  return { name: title, kind: SymbolKind.Class, detail, uri, range: rangeOf(text, whole), selectionRange: rangeOf(text, key), data: id };
}

function namesOf({ flows }: Hop): string {
  const names = flows.slice(0, MOST_NAMED).map(({ id, reply }) => (reply ? `${id} (reply)` : id));
  if (flows.length > MOST_NAMED) names.push(`${flows.length - MOST_NAMED} more`);
  return names.join(', ');
}
