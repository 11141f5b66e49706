import assert from 'node:assert/strict';
import { rankOf } from '../../../server/src/language/fuzzy.ts';
import { outlineOf, type OutlineItem } from '../../../server/src/language/outline.ts';
import { snapshotOf } from './fixture.ts';

const MODEL = `threatmodel: 1
flows:
  talk: { from: user, to: bot }
  lost: { from: user, to: nobody }
boundaries:
  corp: { kind: zone, title: Corp net }
  inner: { kind: zone, in: corp }
  description: not a boundary
elements:
  user: { kind: user }
  bot: { kind: agent, title: Support bot, in: [inner, corp] }
  old: { kind: tool, in: corp, outOfScope: { reason: replaced } }
  odd: { kind: nonsense, in: nowhere }
  x-own: {}
data:
  ask: { kind: question }
accepted:
  - { rule: too-free-agent, at: bot, owner: me, reason: ok, until: 2027-01-01 }
`;

/** One line for each item: its name, kind and title, indented. */
function lines(items: readonly OutlineItem[], depth = 0): string[] {
  return items.flatMap(({ children, detail, faded, name, sort, title }) => [
    `${'  '.repeat(depth)}${sort} ${name} [${detail}]${title === undefined ? '' : ` "${title}"`}${faded ? ' faded' : ''}`,
    ...lines(children, depth + 1),
  ]);
}

describe('the outline', () => {
  it('has boundaries with what is inside them, then the rest', () => {
    assert.deepEqual(lines(outlineOf(snapshotOf(MODEL))), [
      'boundary corp [zone] "Corp net"',
      '  boundary inner [zone]',
      '    element bot [agent] "Support bot"',
      '  element old [tool] faded',
      'element user [user]',
      'element odd []',
      'section flows [2]',
      '  flow talk: user → bot [prompt]',
      '  flow lost []',
      'section data [1]',
      '  data ask [question]',
      'section accepted [1]',
      '  acceptance too-free-agent at bot [until 2027-01-01]',
    ]);
  });

  it('says where everything is', () => {
    const all = (items: readonly OutlineItem[]): readonly OutlineItem[] => items.flatMap((item) => [item, ...all(item.children)]);
    for (const { key, name, sort, whole } of all(outlineOf(snapshotOf(MODEL)))) {
      assert.ok(whole.start <= key.start && key.end <= whole.end, name);
      if (sort !== 'acceptance') assert.ok(name.startsWith(MODEL.slice(key.start, key.end)), name);
    }
  });

  const BROKEN: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['', []],
    ['elements:', []],
    ['elements: [a]', []],
    ['boundaries:\n  a: { in: b }\n  b: { in: a }', ['boundary a []', 'boundary b []']],
    [
      'boundaries:\n  a: { kind: zone }\n  a: { kind: zone }\nelements:\n  e: { in: a }',
      ['boundary a [zone]', '  element e []', 'boundary a [zone]'],
    ],
    ['elements:\n  a: { kind: agent, in: a }\n  __proto__: { kind: agent }', ['element a [agent]', 'element __proto__ [agent]']],
  ];
  for (const [text, expected] of BROKEN) {
    it(`of ${JSON.stringify(text)}`, () => assert.deepEqual(lines(outlineOf(snapshotOf(text))), expected));
  }
});

describe('a search for names', () => {
  for (const [text, query, rank] of [
    ['support-bot', '', 0],
    ['support-bot', 'SUP', 0],
    ['support-bot', 'bot', 1],
    ['support-bot', 'port', 2],
    ['support-bot', 'stb', 3],
    ['Support bot', 'support b', 3],
    ['support-bot', 'btb', undefined],
    ['support-bot', 'tbt', 3],
    ['support-bot', 'tobs', undefined],
  ] as const) {
    it(`${text} for ${JSON.stringify(query)}`, () => assert.equal(rankOf(text, query), rank));
  }
});
