import type { Snapshot } from '../snapshot.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import type { PlacedPair } from '../../syntax/tree.ts';
import { contentEnd, listToMap, mapToList } from '../collectionEdits.ts';
import { lineEnd } from '../tokens.ts';
import type { Action } from './action.ts';
import { chainAt } from './chain.ts';
import { inBraces } from './inBraces.ts';

/** Other ways to write what is at an offset: controls as a list or a map, a thing in braces or on lines. */
export function* notations(snapshot: Snapshot, offset: number): Generator<Action> {
  const { syntax } = snapshot;
  const chain = chainAt(syntax, offset);
  const controls = chain.find(({ placed }) => placed.pair.key.text === 'controls')?.placed;
  const value = controls?.pair.value;
  if (controls && value?.type === 'seq') {
    yield rewrite('Write these controls as a map, to state how far each is', () => listToMap(syntax, controls.base, value, 'in-place'));
  }
  if (controls && value?.type === 'map') {
    const edits = mapToList(syntax, controls.base, value, 'in-place');
    if (edits) yield rewrite('Write these controls as a list', () => edits);
  }
  const thing = chain[1]?.placed;
  const body = thing?.pair.value;
  if (thing && !chain[1]?.isItem && body?.type === 'map' && body.flow) {
    const edits = onLines(snapshot, thing);
    if (edits) yield rewrite(`Write ${thing.pair.key.text} on lines of its own`, () => edits);
  }
  if (thing && !chain[1]?.isItem && body?.type === 'map' && !body.flow) {
    const edits = inBraces(snapshot, thing);
    if (edits) yield rewrite(`Write ${thing.pair.key.text} in braces, on one line`, () => edits);
  }
}

function rewrite(title: string, edits: Action['edits']): Action {
  return { kind: 'refactor.rewrite', title, preferred: false, about: undefined, edits };
}

/** A thing in braces, on one line and without comments, as one line a key. */
function onLines({ text, syntax }: Snapshot, { base, pair }: PlacedPair): readonly TextEdit[] | undefined {
  const value = pair.value;
  if (value?.type !== 'map' || value.pairs.length === 0) return undefined;
  const [start, end] = [base + value.start, base + value.end];
  const line = text.lastIndexOf('\n', base + pair.start - 1) + 1;
  const margin = text.slice(line, base + pair.start);
  if (margin.trim() !== '' || text.charAt(start) !== '{' || end > lineEnd(text, base + pair.start)) return undefined;
  const indent = margin + ' '.repeat(syntax.indent);
  const entries = value.pairs.map((entry) => text.slice(base + entry.start, contentEnd(text, base, entry)));
  return [{ span: { start: start - 1, end }, text: entries.map((entry) => syntax.eol + indent + entry).join('') }];
}
