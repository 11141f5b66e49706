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
  it('has sections with what is in them, as the text has it', () => {
    assert.deepEqual(lines(outlineOf(snapshotOf(MODEL))), [
      'section flows [2]',
      '  flow talk: user → bot [prompt]',
      '  flow lost []',
      'section boundaries [2]',
      '  boundary corp [zone] "Corp net"',
      '  boundary inner [zone · corp]',
      'section elements [4]',
      '  element user [user]',
      '  element bot [agent · inner, corp] "Support bot"',
      '  element old [tool · corp] faded',
      '  element odd []',
      'section data [1]',
      '  data ask [question]',
      'section accepted [1]',
      '  acceptance too-free-agent at bot [until 2027-01-01]',
    ]);
  });

  it('has everything within what it belongs to, in the order of the text', () => {
    const check = (items: readonly OutlineItem[], start: number, end: number): void => {
      let last = start;
      for (const { children, name, whole } of items) {
        assert.ok(last <= whole.start && whole.end <= end, name);
        check(children, whole.start, whole.end);
        last = whole.end;
      }
    };
    for (const text of [MODEL, MODEL.replaceAll('\n', '\r\n'), ...BROKEN.map(([text]) => text)]) {
      check(outlineOf(snapshotOf(text)), 0, text.length);
    }
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
    ['boundaries:\n  a: { in: b }\n  b: { in: a }', ['section boundaries [2]', '  boundary a []', '  boundary b []']],
    [
      'boundaries:\n  a: { kind: zone }\n  a: { kind: zone }\nelements:\n  e: { in: a }',
      ['section boundaries [2]', '  boundary a [zone]', '  boundary a [zone]', 'section elements [1]', '  element e [a]'],
    ],
    [
      'elements:\n  a: { kind: agent, in: a }\n  __proto__: { kind: agent }',
      ['section elements [2]', '  element a [agent]', '  element __proto__ [agent]'],
    ],
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
