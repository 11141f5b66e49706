import type { PlacedPair } from '../../../syntax/tree.ts';
import { colonAfter, isNothing } from '../../collectionEdits.ts';
import { setEntry } from '../../edits.ts';
import { writeScalar } from '../../written.ts';
import { withHoles } from '../action.ts';
import { inAQuarter, ownerOf } from '../defaults.ts';
import { guessKinds, tableOf } from './guess.ts';
import type { Cure, Mistake, Remedy } from './remedy.ts';

/** Cures for what must be said and is not. */
export const MISSING_KEYS: Readonly<Record<string, Cure>> = {
  'missing-kind': missingKind,
  'missing-from': emptyKey('from'),
  'missing-to': emptyKey('to'),
  'missing-rule': emptyKey('rule'),
  'missing-at': emptyKey('at'),
  'missing-title': emptyKey('title'),
  'missing-by': emptyKey('by'),
  'missing-decision': (mistake) => [say(mistake, 'decision', 'approved'), say(mistake, 'decision', 'changes-requested')],
  'missing-status': (mistake) => [say(mistake, 'status', 'planned'), say(mistake, 'status', 'in-place')],
  'missing-reason': missingReason,
  'incomplete-acceptance': incompleteAcceptance,
  'guards-nothing': (mistake) => [hole(mistake, 'guards', '[]')],
};

/** The list entry, thing or statement that lacks a key. */
function ownerIn({ chain }: Mistake): PlacedPair | undefined {
  const item =
    chain.findLast(({ isItem }) => isItem) ?? chain.findLast(({ placed: { pair } }) => pair.value === null || pair.value.type === 'map');
  return item?.placed;
}

function say(mistake: Mistake, key: string, value: string): Remedy {
  const owner = ownerIn(mistake);
  const edits = owner && setEntry(mistake.snapshot.syntax, owner, key, value);
  return { title: `Add "${key}: ${value}"`, edits, doubtful: true };
}

function hole(mistake: Mistake, key: string, value: string): Remedy {
  const owner = ownerIn(mistake);
  const edits = owner && setEntry(mistake.snapshot.syntax, owner, key, value);
  return { title: `Add "${key}"`, edits: edits && withHoles(edits, [[key, value]]) };
}

function emptyKey(key: string): Cure {
  return (mistake) => [hole(mistake, key, '""')];
}

function* missingKind(mistake: Mistake): Generator<Remedy> {
  const { chain, snapshot } = mistake;
  const section = chain[0]?.placed.pair.key.text ?? '';
  const thing = chain[1]?.placed;
  const table = tableOf(section);
  if (!thing || !table) return;
  for (const kind of guessKinds(snapshot, table, thing.pair.key.text)) {
    const edits = setEntry(snapshot.syntax, thing, 'kind', kind);
    yield { title: `Add "kind: ${kind}"`, edits, doubtful: true };
  }
}

/** `not-applicable` and `outOfScope` without a reason. */
function missingReason(mistake: Mistake): Remedy[] {
  const { snapshot, chain } = mistake;
  const placed = chain.findLast(({ placed: { pair } }) => pair.key.text !== 'status')?.placed;
  if (!placed) return [];
  const { base, pair } = placed;
  const title = 'Add a reason';
  const entries = [['reason', '""']] as const;
  if (pair.value?.type === 'scalar' && !isNothing(pair.value)) {
    const text = `{ status: ${pair.value.text}, reason: "" }`;
    const span = { start: base + pair.value.start, end: base + pair.value.end };
    return [{ title, edits: withHoles([{ span, text }], entries) }];
  }
  if (pair.value === null) {
    const at = colonAfter(snapshot.text, base, pair);
    return at === undefined ? [] : [{ title, edits: withHoles([{ span: { start: at, end: at }, text: ' { reason: "" }' }], entries) }];
  }
  const edits = setEntry(snapshot.syntax, placed, 'reason', '""');
  return [{ title, edits: edits && withHoles(edits, entries) }];
}

function incompleteAcceptance(mistake: Mistake): Remedy[] {
  const { snapshot } = mistake;
  const owner = ownerIn(mistake);
  const map = owner?.pair.value;
  if (!owner || map?.type !== 'map') return [];
  const valueOf = (key: string): string | undefined => {
    const value = map.pairs.find((pair) => pair.key.text === key)?.value;
    return value?.type === 'scalar' ? value.text : undefined;
  };
  const all = [
    ['owner', writeScalar(ownerOf(snapshot, valueOf('at') ?? ''))],
    ['reason', '""'],
    ['until', inAQuarter(snapshot.today)],
  ] as const;
  const lacking = all.filter(([key]) => !map.pairs.some((pair) => pair.key.text === key));
  const edits = lacking.map(([key, value]) => setEntry(snapshot.syntax, owner, key, value));
  if (lacking.length === 0 || !edits.every((edit) => edit !== undefined)) return [];
  return [{ title: `Add ${lacking.map(([key]) => key).join(', ')}`, edits: withHoles(edits.flat(), lacking) }];
}
