import { meaningHash, type Model } from '../model/index.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import { parseDocument } from '../syntax/parseDocument.ts';
import { differenceOf, type TextEdit } from '../syntax/textEdit.ts';
import type { PlacedPair } from '../syntax/tree.ts';
import { contentEnd } from './collectionEdits.ts';
import { formatKeys } from './format.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import { lineEnd, nextLine } from './tokens.ts';

/**
 * Puts a file in order: sections as the documentation lists them, inner boundaries behind those around them, elements by
 * boundary, flows by the element that they come from; what is equal stays as it is. Each takes along the comments right above
 * it and what follows it. None where the file has a mistake in its syntax or anchors, whose order matters, and none that
 * would change what it says. A second time there is nothing to do.
 */
export function organized(snapshot: Snapshot): readonly TextEdit[] {
  const { model, syntax, text } = snapshot;
  if (syntax.problems.length > 0 || /(^|[\s[{,])[&*][\w-]/.test(text)) return [];
  const inner = sortItems(syntax, model);
  const after = sortSections(parseDocument(inner));
  if (after === text) return [];
  const then = takeSnapshot(after, snapshot.catalogue, snapshot.today, snapshot);
  const same = meaningHash(then.model) === meaningHash(model) && then.problems.length === snapshot.problems.length;
  return same ? [differenceOf(text, after)] : [];
}

/** Lines of the text that belong together. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly rank: number;
}

function sortSections({ sections, text }: SyntaxDocument): string {
  const keys = [...formatKeys('model').keys()];
  return rearranged(text, sections, (name) => (keys.includes(name) ? keys.indexOf(name) : keys.length), text.length);
}

function sortItems(document: SyntaxDocument, model: Model): string {
  const boundaries = nested(model);
  const elements = [...model.elements.values()].map(({ id, boundaries: [first] }) => [id, boundaries.get(first ?? '') ?? -1] as const);
  elements.sort((a, b) => a[1] - b[1]);
  const byElement = new Map(elements.map(([id], rank) => [id, rank]));
  const ranks: Readonly<Record<string, (name: string) => number>> = {
    boundaries: (name) => boundaries.get(name) ?? Infinity,
    elements: (name) => boundaries.get(model.elements.get(name)?.boundaries[0] ?? '') ?? -1,
    flows: (name) => byElement.get(model.flows.get(name)?.from ?? '') ?? Infinity,
  };
  let { text } = document;
  // From the end, so that what is before keeps its place.
  for (const [at, { items, pair }] of [...document.sections.entries()].reverse()) {
    const rank = ranks[pair.key.text];
    const next = document.sections[at + 1];
    if (rank && items) text = rearranged(text, items, rank, next ? blockStart(text, next) : text.length);
  }
  return text;
}

/** Each boundary's place in a walk from the outermost ones inwards. */
function nested({ boundaries }: Model): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const walk = (parent: string | undefined): void => {
    for (const boundary of boundaries.values()) {
      if (boundary.parent !== parent || places.has(boundary.id)) continue;
      places.set(boundary.id, places.size);
      walk(boundary.id);
    }
  };
  walk(undefined);
  return places;
}

/** The text with entries in the order of their ranks; as it is where they do not each begin a line. */
function rearranged(text: string, entries: readonly PlacedPair[], rankOf: (name: string) => number, limit: number): string {
  const last = entries.at(-1);
  if (!last || !entries.every((entry) => /^[ \t]*$/.test(text.slice(lineStart(text, startOf(entry)), startOf(entry))))) return text;
  const starts = entries.map((entry) => blockStart(text, entry));
  const end = Math.min(limit, endOfBlock(text, last));
  const blocks = entries.map(({ pair }, at): Block => ({ start: starts[at]!, end: starts[at + 1] ?? end, rank: rankOf(pair.key.text) }));
  const sorted = [...blocks].sort((a, b) => a.rank - b.rank);
  if (sorted.every((block, at) => block === blocks[at])) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  // Empty lines separate places, not entries.
  const parts = (list: readonly Block[]): string[] => list.map((block) => text.slice(block.start, block.end));
  const gaps = parts(blocks).map((part) => /(?:\n[ \t\r]*)*$/.exec(part)?.[0].replace('\n', '') ?? '');
  const lines = parts(sorted).map((part, at) => part.trimEnd() + eol + (gaps[at] ?? ''));
  return text.slice(0, starts[0]) + lines.join('') + text.slice(end);
}

function startOf({ base, pair }: PlacedPair): number {
  return base + pair.start;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the comments begin that stand right above an entry, as far in as it. */
function blockStart(text: string, entry: PlacedPair): number {
  let start = lineStart(text, startOf(entry));
  const column = startOf(entry) - start;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const comment = /^([ \t]*)#/.exec(text.slice(above, start));
    if (comment?.[1]?.length !== column) break;
    start = above;
  }
  return start;
}

/** Behind the last line of an entry and the comments below it that are as far in. */
function endOfBlock(text: string, entry: PlacedPair): number {
  const column = startOf(entry) - lineStart(text, startOf(entry));
  const { base, pair } = lastOf(entry);
  let end = below(text, contentEnd(text, base, pair));
  for (;;) {
    const comment = /^([ \t]*)#/.exec(text.slice(end, lineEnd(text, end)));
    if (comment?.[1] === undefined || comment[1].length < Math.max(column, 1)) return end;
    end = below(text, end);
  }
}

function below(text: string, offset: number): number {
  return Math.min(text.length, nextLine(text, offset));
}

/** Of a section, its last entry. */
function lastOf(entry: PlacedPair & { readonly items?: readonly PlacedPair[] | undefined }): PlacedPair {
  return entry.items?.at(-1) ?? entry;
}
