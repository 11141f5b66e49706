import assert from 'node:assert/strict';
import { numbers, placeSigns, type SignedFlow } from '../../../server/src/diagram/signs.ts';
import { edge } from './support.ts';

/** A flow straight down at a place, without a name or with one. */
function flow(id: string, x: number, more: Partial<SignedFlow> & { readonly name?: number } = {}): SignedFlow {
  const { name, ...others } = more;
  const points = [
    { x, y: 0 },
    { x, y: 100 },
  ];
  const label = name === undefined ? undefined : { x: x - name / 2, y: 40, width: name, height: 20, lines: [id] };
  return { line: { edge: edge(id, 'a', 'b', { label: id }), points, label }, counts: {}, hops: [], opacity: undefined, ...others };
}

describe('signs on flows', () => {
  it('stand on the middle of a line, or at its name', () => {
    const [bare, named] = placeSigns([flow('a', 50, { counts: { high: 1 } }), flow('b', 300, { counts: { low: 2 }, hops: [1], name: 80 })]);
    assert.deepEqual(bare, { badge: { at: { x: 50, y: 50 }, counts: { high: 1 }, title: '' } });
    assert.deepEqual(named, {
      badge: { at: { x: 300, y: 33 }, counts: { low: 2 }, title: '' },
      hop: { at: { x: 252, y: 50 }, text: '1', title: '' },
    });
  });

  it('become one where they would lie on each other, and say what each flow has', () => {
    const signs = placeSigns([
      flow('a', 100, { counts: { high: 1 }, hops: [3] }),
      flow('far', 400, { counts: { low: 1 }, hops: [6] }),
      flow('b', 114, { counts: { critical: 1, high: 2 }, hops: [4] }),
      flow('c', 128, { hops: [5] }),
    ]);
    const [{ badge }, { hop }] = [signs[2]!, signs[3]!];
    assert.deepEqual([badge?.counts, badge?.title], [{ critical: 1, high: 3 }, 'a: 1 high finding; b: 1 critical, 2 high findings']);
    assert.deepEqual([hop?.text, hop?.title], ['3–5', 'a: 3; b: 4; c: 5']);
    assert.ok(hop!.at.x < badge!.at.x - 20 && hop!.at.y === badge!.at.y);
    assert.deepEqual([signs[1]!.badge!.title, signs[1]!.hop!.text], ['', '6']);
    assert.deepEqual([signs[0], signs[2]!.hop, signs[3]!.badge], [{}, undefined, undefined]);
  });

  it('that have become one and are larger take in what they now cover', () => {
    const signs = placeSigns([0, 30, 66, 104].map((x, at) => flow(`f${at}`, x, { counts: { high: 900 } })));
    assert.deepEqual(
      signs.map(({ badge }) => badge?.counts),
      [undefined, undefined, undefined, { high: 3600 }],
    );
  });

  it('of what steps back are no part of those of what does not, and make room for them', () => {
    const dim = { counts: { high: 1 }, opacity: 0.28 };
    const signs = placeSigns([flow('under', 105, dim), flow('a', 100, { counts: { high: 1 } }), flow('beside', 200, dim)]);
    assert.deepEqual(
      signs.map(({ badge }) => badge?.counts),
      [undefined, { high: 1 }, { high: 1 }],
    );
  });

  it('of one flow stand beside each other', () => {
    const [{ badge, hop } = {}] = placeSigns([flow('a', 100, { counts: { high: 1 }, hops: [1, 2] })]);
    assert.ok(badge && hop && hop.at.x < badge.at.x - 20 && hop.at.y === badge.at.y, JSON.stringify({ badge, hop }));
  });

  it('numbers are told as runs', () => {
    assert.deepEqual([[1], [2, 1], [3, 4, 5], [1, 3, 4, 5, 8, 9]].map(numbers), ['1', '1, 2', '3–5', '1, 3–5, 8, 9']);
  });
});
