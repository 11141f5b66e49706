import assert from 'node:assert/strict';
import { inlayHintsOf, LONGEST } from '../../../server/src/language/inlayHints.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { ranges } from '../../tools/markers.ts';
import { modelOf } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { snapshotOf, TODAY } from './fixture.ts';

const THINGS = `boundaries:
  web: { kind: internet }
  corp: { kind: zone }
  inner: { kind: zone, in: corp }
elements:
  user: { kind: user, in: web }
  bot: { kind: agent, in: inner }
  pay: { kind: tool, in: corp }
  free: { kind: tool }
`;

function shown(snapshot: Snapshot, which: 'kinds' | 'all', range = { start: 0, end: snapshot.text.length }): string {
  let text = snapshot.text;
  const hints = [...inlayHintsOf(snapshot, range, which)].sort((a, b) => b.offset - a.offset);
  for (const { offset, parts } of hints) text = `${text.slice(0, offset)}⟨${parts.map((part) => part.text).join('')}⟩${text.slice(offset)}`;
  return text.slice(text.indexOf('flows:'));
}

const HINTS: readonly (readonly [name: string, which: 'kinds' | 'all', shown: string])[] = [
  ['the kind that follows from the ends', 'kinds', 'flows:\n  a⟨prompt⟩: { from: user, to: bot }\n'],
  ['no kind that is stated', 'kinds', 'flows:\n  a: { from: user, to: bot, kind: prompt }\n'],
  ['no kind that does not follow', 'kinds', 'flows:\n  a: { from: pay, to: bot }\n'],
  ['what is crossed, by its outermost boundary', 'all', 'flows:\n  a: { from: user, to: bot, kind: prompt }⟨web → corp⟩\n'],
  [
    'what is left or entered alone',
    'all',
    'flows:\n  a: { from: bot, to: pay, kind: call }⟨inner →⟩\n  b: { from: free, to: bot, kind: call }⟨→ corp⟩\n',
  ],
  ['nothing of a flow that stays', 'all', 'flows:\n  a: { from: free, to: free, kind: call }\n'],
  ['beside the key of a flow of several lines', 'all', 'flows:\n  a⟨prompt⟩:⟨web → corp⟩\n    from: user\n    to: bot\n'],
];

describe('inlay hints', () => {
  for (const [name, which, expected] of HINTS) {
    it(`say ${name}`, () => assert.equal(shown(snapshotOf(THINGS + expected.replace(/⟨.*?⟩/g, '')), which), expected));
  }

  it('are only for what is seen', () => {
    const { spans, text } = ranges(
      `${THINGS}flows:\n  a: { from: user, to: bot }\n  b«: { from: user,» to: bot }\n  c: { from: user, to: bot }\n`,
    );
    assert.equal(
      shown(snapshotOf(text), 'kinds', spans[0]),
      'flows:\n  a: { from: user, to: bot }\n  b⟨prompt⟩: { from: user, to: bot }\n  c: { from: user, to: bot }\n',
    );
  });

  it('say in full what they cut, and lead to the boundary', () => {
    const long = 'a-boundary-with-a-name-that-nobody-reads';
    const text = `${THINGS.replaceAll('web', long)}flows:\n  a: { from: user, to: bot, kind: prompt }\n`;
    const [hint] = inlayHintsOf(snapshotOf(text), { start: 0, end: text.length }, 'all');
    assert.ok(hint && hint.parts.map((part) => part.text).join('').length <= LONGEST);
    assert.ok(hint.tooltip.includes(long));
    assert.deepEqual(
      hint.parts.flatMap(({ declared }) => (declared ? [text.slice(declared.start, declared.end)] : [])),
      [long, 'corp'],
    );
  });

  it('say what a flow carries by its kind, when it does not say', () => {
    const catalogue = readCatalogue();
    const kind = [...catalogue.flowKinds.values()].find(({ carries }) => carries.length > 0);
    assert.ok(kind);
    const element = [...catalogue.elementKinds.keys()][0];
    const text = `elements:\n  a: { kind: ${element} }\nflows:\n  f: { from: a, to: a, kind: ${kind.id} }\n  g: { from: a, to: a, kind: ${kind.id}, carries: [${kind.carries[0]}] }\n`;
    assert.equal(modelOf(text).flows.size, 2);
    const hints = inlayHintsOf(takeSnapshot(text, catalogue, TODAY), { start: 0, end: text.length }, 'all');
    assert.equal(hints.length, 1);
    const label = catalogue.dataKinds.get(kind.carries[0]!)?.label.toLowerCase() ?? '';
    assert.ok(hints[0]?.tooltip.includes(label));
  });
});
