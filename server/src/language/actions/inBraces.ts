import type { TextEdit } from '../../syntax/textEdit.ts';
import type { Node, PlacedPair } from '../../syntax/tree.ts';
import { colonAfter, contentEnd } from '../collectionEdits.ts';
import type { Snapshot } from '../snapshot.ts';
import { lineEnd } from '../tokens.ts';

/** Longer lines are no shorter to read. */
const WIDEST = 140;

/**
 * A thing on lines of its own, as one line in braces. `undefined` where a comment, an anchor or a text of several lines would be
 * lost, and where the line would be long.
 */
export function inBraces({ text }: Snapshot, { base, pair }: PlacedPair): readonly TextEdit[] | undefined {
  const { value } = pair;
  const start = colonAfter(text, base, pair);
  if (start === undefined || value?.type !== 'map' || value.flow) return undefined;
  const end = contentEnd(text, base, pair);
  if (/(^|\s)[#&*!]/.test(text.slice(start, lineEnd(text, end)))) return undefined;
  const written = write(text, base, value);
  const column = start - (text.lastIndexOf('\n', start) + 1);
  return written === undefined || column + written.length > WIDEST ? undefined : [{ span: { start, end }, text: ` ${written}` }];
}

function write(text: string, base: number, node: Node | null): string | undefined {
  if (node === null) return undefined;
  if (node.type === 'scalar') {
    const source = text.slice(base + node.start, base + node.end).trimEnd();
    const isPlain = node.style === 'plain';
    // Commas and brackets mean something in braces.
    return node.style === 'block' || /[\r\n]/.test(source) || (isPlain && /[,[\]{}]|: |:$/.test(source)) ? undefined : source;
  }
  const parts =
    node.type === 'seq'
      ? node.items.map((item) => write(text, base, item))
      : node.pairs.map(({ key, value }) => {
          const said = write(text, base, value);
          return said === undefined ? undefined : `${write(text, base, key) ?? key.text}: ${said}`;
        });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return node.type === 'seq' ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}
