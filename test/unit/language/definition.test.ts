import assert from 'node:assert/strict';
import { definitionAt } from '../../../server/src/language/definition.ts';
import { cursor } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

/** `$0` where the question is asked, `^…^` around the key that is the answer; none when there is no answer. */
const DEFINITIONS: readonly (readonly [name: string, text: string])[] = [
  ['an element from a flow', 'elements:\n  user: { kind: user }\n  ^bot^: { kind: agent }\nflows:\n  a: { from: user, to: b$0ot }'],
  ['an element on the way', 'elements:\n  ^gate^:\n    kind: gateway\nflows:\n  a:\n    through:\n      - ga$0te'],
  ['a boundary', 'boundaries:\n  ^corp^: { kind: zone }\nelements:\n  corp2: { in: [co$0rp] }'],
  [
    'a data asset, not an element of the same name',
    'data:\n  ^ask^: { kind: question }\nelements:\n  ask: { kind: store, holds: [as$0k] }',
  ],
  ['a guarded flow', 'elements:\n  a: { kind: approver, guards: [$0f] }\n  b: { kind: tool }\nflows:\n  ^f^: { from: a, to: b }'],
  ['the subject of an acceptance', 'elements:\n  ^a^: { kind: agent }\naccepted:\n  - rule: x\n    at: a$0'],
  ['an id itself', 'elements:\n  ^a$0^: { kind: agent }'],
  ['an id in quotes', 'elements:\n  ^"a"^: { kind: agent }\nflows:\n  f: { from: "$0a" }'],
  [
    'an id with astral characters before it',
    'elements:\n  x: { title: 🦊🦊 }\n  ^a^: { kind: agent }\nflows:\n  f: { title: 🦊, from: $0a }',
  ],
  ['nothing for a kind', 'elements:\n  a: { kind: age$0nt }'],
  ['nothing for an unknown id', 'flows:\n  f: { from: nobo$0dy }'],
  ['a flow that ends nowhere', 'elements:\n  a: { kind: approver, guards: [$0f] }\nflows:\n  ^f^: { from: a, to: nobody }'],
  ['an element named constructor', 'elements:\n  ^constructor^: { kind: agent }\nflows:\n  f: { from: constr$0uctor }'],
  ['nothing for a control that nobody knows', 'controls: [non$0sense]'],
  ['nothing for a name that every object has', 'flows:\n  f: { from: toStr$0ing }'],
  ['nothing for a text', 'elements:\n  a: { kind: agent, title: a$0 }'],
];

describe('definition', () => {
  for (const [name, marked] of DEFINITIONS) {
    it(name, () => {
      const [, key] = /\^(.*?)\^/.exec(marked.replace('$0', '')) ?? [];
      const start = marked.replace('$0', '').indexOf('^');
      const { text, offset } = cursor(marked.replaceAll('^', ''));
      const found = definitionAt(snapshotOf(text), offset);
      if (key === undefined) assert.equal(found, undefined);
      else {
        assert.ok(found && 'key' in found.target);
        assert.deepEqual(found.target.key, { start, end: start + key.length });
        assert.equal(text.slice(found.origin.start, found.origin.end), key.replaceAll('"', ''));
        assert.ok(found.target.whole.start <= start && found.target.whole.end >= start + key.length);
      }
    });
  }

  const PAGES: readonly (readonly [text: string, page: 'control' | 'rule', id: string])[] = [
    ['controls: [inven$0tory]', 'control', 'inventory'],
    ['elements:\n  a: { kind: agent, controls: { iden$0tity: planned } }', 'control', 'identity'],
    ['elements:\n  a: { kind: agent, controls: [old-pol$0icy] }', 'control', 'policy'],
    ['accepted:\n  - rule: too-free$0-agent', 'rule', 'too-free-agent'],
  ];
  for (const [marked, page, id] of PAGES) {
    it(`the page of the ${page} ${id}`, () => {
      const { text, offset } = cursor(marked);
      assert.deepEqual(definitionAt(snapshotOf(text), offset)?.target, { page, id });
    });
  }
});
