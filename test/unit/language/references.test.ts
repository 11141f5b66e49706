import assert from 'node:assert/strict';
import { nameAt, occurrencesOf } from '../../../server/src/language/occurrences.ts';
import { highlightsAt, referencesTo } from '../../../server/src/language/references.ts';
import { cursor, ranges } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

/** `$0` where the question is asked, `«…»` around every place that says the same name. */
const REFERENCES: readonly (readonly [name: string, text: string])[] = [
  [
    'an element, wherever it is named',
    `elements:
  «bot»: { kind: agent }
  bot2: { kind: agent, title: bot }
  gate: { kind: approver, guards: [«bot», buy] }
flows:
  ask: { from: user, to: «bot» }
  buy: { from: «bo$0t», to: pay, title: bot }
  way:
    from: user
    to: pay
    through:
      - gate
      - «bot»
data:
  bot: { kind: question }
threats:
  - { title: bot, at: «bot» }
accepted:
  - rule: too-free-agent
    at: «bot»
    from: [user, «bot»]
    owner: bot
`,
  ],
  ['a flow', 'elements:\n  a: { kind: approver, guards: [«f»] }\nflows:\n  «$0f»: { from: a, to: b }\naccepted:\n  - { rule: x, at: «f» }'],
  ['a boundary', 'boundaries:\n  «z»: { kind: zone }\n  y: { in: «z» }\nelements:\n  a: { in: «$0z» }\n  b: { in: [y, «z»] }'],
  [
    'data, apart from an element of the same name',
    'data:\n  «d»: { kind: question }\nelements:\n  d: { kind: store, holds: [«$0d»] }\nflows:\n  f: { from: d, carries: [«d»], returns: [«d», x] }',
  ],
  [
    'a kind of data, in flows and in assets',
    'data:\n  d: { kind: «personal» }\nflows:\n  f: { carries: [d, «per$0sonal»] }\nelements:\n  e: { holds: [«personal»] }',
  ],
  [
    'an asset named like its kind, which is not the kind',
    'data:\n  «personal»: { kind: personal }\nflows:\n  f: { carries: [«per$0sonal»] }',
  ],
  [
    'a control in all its notations, and under its old name',
    `controls: { «policy»: planned, tls: in-place }
boundaries:
  z: { kind: zone, controls: [«policy»] }
elements:
  a: { kind: agent, controls: { «old-policy»: { status: planned, reason: policy } } }
flows:
  f:
    controls:
      - «pol$0icy»
`,
  ],
  ['controls of the system in a list', 'controls: [«$0tls»]\nflows:\n  f: { controls: [«tls»] }'],
  ['a rule', 'accepted:\n  - { rule: «too-f$0ree-agent», at: a }\n  - { rule: «too-free-agent», at: b }'],
  ['a kind and its old name', 'elements:\n  a: { kind: «sto$0re» }\n  b: { kind: «database» }\n  store: { kind: tool }'],
  ['an id that nobody declares', 'flows:\n  f: { from: «no$0body», to: x }\n  g: { from: x, to: «nobody» }'],
  ['a name that every object has', 'elements:\n  «__proto__»: { kind: agent }\nflows:\n  f: { from: «__pr$0oto__», to: x }'],
  ['quotes are not part of it', `elements:\n  '«b$0ot»': { kind: agent }\nflows:\n  f: { from: "«bot»", to: «bot» }`],
  ['escapes are', 'elements:\n  «bot»: { kind: agent }\nflows:\n  f: { from: "«b\\u006ft»", to: «b$0ot» }'],
  ['text of many lines that is one word', 'elements:\n  «bot»: { kind: agent }\nflows:\n  f:\n    from: >-\n      «bot»\n    to: «b$0ot»'],
  ['an alias', 'elements:\n  «bot»: { kind: agent }\nflows:\n  f: { from: &b «b$0ot», to: x }\n  g: { from: x, to: «*b» }'],
  ['what a map brings in by an alias, once', 'elements:\n  a: &a { kind: agent, in: «z» }\n  b: *a\nboundaries:\n  «$0z»: { kind: zone }'],
  ['what is declared twice', 'elements:\n  «a»: { kind: agent }\n  «a»: { kind: tool }\nflows:\n  f: { from: «$0a» }'],
  ['in broken text', 'elements:\n  «a»: { kind: agent\nflows:\n  f: { from: «$0a», to: «a» }\n  g: { from: «a»'],
  ['not in keys of the author', 'elements:\n  «a»: { kind: agent, x-at: a }\n  x-b: { in: a }\nx-c: [a]\nflows:\n  f: { from: «$0a» }'],
];

describe('references', () => {
  for (const [name, marked] of REFERENCES) {
    it(name, () => {
      const { text: withCursor, spans } = ranges(marked);
      const { text, offset } = cursor(withCursor);
      const start = withCursor.indexOf('$0');
      const expected = spans.map((span) => ({
        start: span.start - (span.start > start ? 2 : 0),
        end: span.end - (span.start > start ? 2 : 0),
      }));
      const snapshot = snapshotOf(text);
      const found = nameAt(snapshot, offset);
      assert.ok(found);
      assert.deepEqual(referencesTo(snapshot, found, true), expected);
    });
  }

  it('leaves the declaration out when it is not wanted', () => {
    const { text, offset } = cursor('elements:\n  a: { kind: agent }\nflows:\n  f: { from: $0a, to: a }');
    const snapshot = snapshotOf(text);
    const name = nameAt(snapshot, offset);
    assert.ok(name);
    assert.deepEqual(
      referencesTo(snapshot, name, false).map(({ start }) => start),
      [offset, text.lastIndexOf('a')],
    );
  });

  for (const marked of ['elements:\n  a: { title: so$0me }', 'elements:\n  a: { ki$0nd: agent }', 'x-own: a$0', '# a$0', '$0']) {
    it(`finds no name in ${JSON.stringify(marked)}`, () => {
      const { text, offset } = cursor(marked);
      assert.equal(nameAt(snapshotOf(text), offset), undefined);
    });
  }

  it('has one index for all questions about a snapshot', () => {
    const snapshot = snapshotOf('elements:\n  a: { kind: agent }\nflows:\n  f: { from: a, to: a }');
    const roles = occurrencesOf(snapshot, { space: 'drawn', id: 'a' }).map(({ role }) => role);
    assert.deepEqual(roles, ['id', 'from', 'to']);
  });
});

describe('highlights', () => {
  it('say where something comes from and where it goes', () => {
    const { text, offset } = cursor(
      'elements:\n  bot: { kind: agent }\nflows:\n  a: { from: b$0ot, to: x }\n  b: { from: y, to: bot, through: [bot] }',
    );
    const found = highlightsAt(snapshotOf(text), offset);
    assert.deepEqual(
      found.map(({ span, use }) => `${text.slice(span.start, span.end)} ${use}`),
      ['bot text', 'bot read', 'bot write', 'bot text'],
    );
  });

  it('are none where there is no name', () => {
    assert.deepEqual(highlightsAt(snapshotOf('title: x'), 8), []);
  });
});
