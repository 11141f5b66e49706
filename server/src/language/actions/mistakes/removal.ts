import type { TextEdit } from '../../../syntax/textEdit.ts';
import { entriesOf, removeEntries, type Entry } from '../../removal.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { Step } from '../chain.ts';
import type { Cure, Mistake, Remedy } from './remedy.ts';

/** Cures that take out what has no effect, or must not be there. */
export const REMOVAL: Readonly<Record<string, Cure>> = {
  'acceptance-matches-nothing': (mistake) => removeItem(mistake, 'Remove this acceptance', false),
  'acceptance-refused': (mistake) => removeItem(mistake, 'Remove this acceptance', false),
  'acceptance-new-source': (mistake) => removeItem(mistake, 'Remove this acceptance', true),
  'duplicate-control': (mistake) => removeInnermost(mistake, 'it is stated already', false),
  'unused-property': (mistake) => removeInnermost(mistake, 'it has no effect', false),
  'through-own-end': (mistake) => removeInnermost(mistake, 'it is an end of the flow', false),
  'nesting-cycle': removeNesting,
  'duplicate-key': (mistake) => removeInnermost(mistake, 'the first one counts', true),
  'merge-key': (mistake) => removeInnermost(mistake, 'it has no meaning here', true),
  'missing-value': (mistake) => removeInnermost(mistake, 'it says nothing', true),
  'unknown-key': (mistake) => removeInnermost(mistake, 'it has no meaning here', true),
  'unknown-property': (mistake) => removeInnermost(mistake, 'it has no meaning here', true),
  'unknown-control': (mistake) => removeInnermost(mistake, 'there is no such control', true),
};

/** Edits that take out the last step of a chain, with its lines or its comma. */
export function removeStep({ text }: Snapshot, chain: readonly Step[]): readonly TextEdit[] | undefined {
  const [around, step] = chain.slice(-2);
  if (!around || !step) return undefined;
  const { base, pair } = around.placed;
  const start = step.placed.base + step.placed.pair.start;
  const is = (entry: Entry): boolean => entry.base + entry.written.start === start;
  if ('items' in around.placed && around.placed.items) {
    const items = around.placed.items.map((item): Entry => ({ base: item.base, written: item.pair }));
    const first = items[0];
    const lineStart = first ? text.lastIndexOf('\n', first.base + first.written.start - 1) + 1 : 0;
    const braces = first !== undefined && text.slice(lineStart, first.base + first.written.start).trim() !== '';
    return removeEntries(text, items, is, braces);
  }
  const collection = pair.value;
  if (collection?.type !== 'map' && collection?.type !== 'seq') return undefined;
  return removeEntries(text, entriesOf(base, collection), is, collection.flow);
}

function removeItem({ snapshot, chain }: Mistake, title: string, doubtful: boolean): Remedy[] {
  const at = chain.findIndex(({ isItem }) => isItem);
  return at < 0 ? [] : [{ title, edits: removeStep(snapshot, chain.slice(0, at + 1)), doubtful }];
}

function removeInnermost({ snapshot, chain, problem }: Mistake, why: string, doubtful: boolean): Remedy[] {
  const name = snapshot.text.slice(problem.span.start, problem.span.end).split('\n', 1)[0] ?? '';
  return chain.length < 2 ? [] : [{ title: `Remove "${name}": ${why}`, edits: removeStep(snapshot, chain), doubtful }];
}

function removeNesting({ snapshot, chain }: Mistake): Remedy[] {
  const at = chain.findIndex(({ placed }) => placed.pair.key.text === 'in');
  return at < 0 ? [] : [{ title: 'Put it outside of that boundary', edits: removeStep(snapshot, chain.slice(0, at + 1)), doubtful: true }];
}
