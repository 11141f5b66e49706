import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Found } from '../../../server/src/language/frames.ts';
import { placeAt } from '../../../server/src/language/place.ts';
import { scanBlock, scanSection } from '../../../server/src/language/placeInBlock.ts';
import { generateModel } from '../../bench/models.ts';
import { cursor } from '../../tools/markers.ts';

/** Text with a cursor → path, role and word, with the flags that differ from their usual value. */
const PLACES: readonly (readonly [name: string, text: string, expected: string])[] = [
  ['an empty file', '$0', '/ key ""'],
  ['the first line of a file that begins with an empty one', '\n  el$0', '/ key "el" alone'],
  ['an empty line above the file', '$0\nelements: {}', '/ key ""'],
  ['a new section', 'title: x\nel$0', '/ key "el"'],
  ['a section key', 'ele$0ments:\n  a: {}', '/ key "elements" colon'],
  ['a blank line between sections', 'title: x\n$0\nelements:\n  a: {}', '/ key ""'],
  ['a value of the file', 'completeness: dr$0', '/completeness value "dr"'],
  ['the gap before a value', 'completeness: $0', '/completeness value "" alone'],
  ['an id', 'elements:\n  ag$0ent:\n    kind: agent', '/elements key "agent" colon'],
  ['an indented blank line of a section', 'elements:\n  a: {}\n  $0', '/elements key ""'],
  ['the first line of a section', 'elements:\n  $0', '/elements key "" alone'],
  ['a key of an element', 'elements:\n  agent:\n    ki$0', '/elements/agent key "ki" alone'],
  ['a key of an element before others', 'elements:\n  agent:\n    ki$0\n    in: a', '/elements/agent key "ki"'],
  ['an indented blank line of an element', 'elements:\n  agent:\n    kind: agent\n    $0\n  b: {}', '/elements/agent key ""'],
  ['a half-indented blank line', 'elements:\n  agent:\n    kind: agent\n   $0\n  b: {}', '/elements/agent key ""'],
  ['the first line of an element, siblings below', 'elements:\n  agent:\n    $0\n    in: a', '/elements/agent key ""'],
  ['a value in block style', 'elements:\n  agent:\n    kind: ag$0ent # x', '/elements/agent/kind value "agent"'],
  ['a quoted value', 'elements:\n  agent:\n    kind: "ag$0ent"', '/elements/agent/kind value "agent"'],
  ['a comment', 'elements:\n  agent:\n    kind: agent # x$0', '/elements/agent none ""'],
  ['behind a value', 'elements:\n  agent:\n    kind: agent $0', '/elements/agent none ""'],
  ['the second line of a text', 'elements:\n  agent:\n    title: a\n      long ti$0tle', '/elements/agent/title none ""'],
  ['a block text', 'elements:\n  agent:\n    description: |\n      one ki$0nd\n    kind: a', '/elements/agent none ""'],
  ['below a block text', 'elements:\n  agent:\n    description: |\n      one\n    $0', '/elements/agent key ""'],
  ['an item with a dash', 'elements:\n  a:\n    controls:\n      - on$0', '/elements/a/controls item "on"'],
  ['an empty item with a dash', 'elements:\n  a:\n    controls:\n      - $0', '/elements/a/controls item ""'],
  ['an item that still needs its dash', 'elements:\n  a:\n    controls:\n      - x\n      $0', '/elements/a/controls item "" dash'],
  ['a word that still needs its dash', 'elements:\n  a:\n    controls:\n      - x\n      on$0', '/elements/a/controls item "on" dash'],
  ['a list as deep as its key', 'accepted:\n- rule: x\n  at: $0', '/accepted/at value "" alone'],
  ['a key in an item', 'accepted:\n  - rule: x\n    re$0', '/accepted key "re"'],
  ['the first key in an item', 'accepted:\n  - ru$0', '/accepted item "ru"'],
  ['a value in the first line of an item', 'accepted:\n  - rule: ab$0c', '/accepted/rule value "abc"'],
  ['a new section after a flat list', 'accepted:\n- rule: x\n$0', '/ key ""'],
  ['a key in braces', 'elements:\n  a: { kind: agent, $0 }', '/elements/a key "" braces'],
  ['a typed key in braces', 'elements:\n  a: { kind: agent, ti$0 }', '/elements/a key "ti" braces'],
  ['a key in empty braces', 'elements:\n  a: {$0}', '/elements/a key "" braces'],
  ['a value in braces', 'elements:\n  a: { kind: ag$0, in: b }', '/elements/a/kind value "ag" braces'],
  ['an empty value in braces', 'elements:\n  a: { kind: $0, in: b }', '/elements/a/kind value "" braces'],
  ['a value in unclosed braces', 'flows:\n  a: { from: x, to: $0\n  b: { from: y }', '/flows/a/to value "" braces'],
  ['an item in brackets in braces', 'flows:\n  a: { through: [g, $0], from: b }', '/flows/a/through item "" braces'],
  ['after unclosed braces', 'flows:\n  a: { from: x, to:\n  b: { from: $0 }', '/flows/b/from value "" braces'],
  ['after an unclosed quote', 'flows:\n  a: { from: "x, to: y }\n  b: { from: $0 }', '/flows/b/from value "" braces'],
  ['behind a value in braces', 'elements:\n  a: { kind: agent $0}', '/elements/a none "" braces'],
  ['a nested map in braces', 'elements:\n  a: { controls: { x: { status: pl$0 } } }', '/elements/a/controls/x/status value "pl" braces'],
  ['braces over several lines', 'elements:\n  a: {\n    kind: agent,\n    $0\n  }\n  b: {}', '/elements/a key "" braces'],
  ['a comment in braces', 'elements:\n  a: {\n    kind: agent, # x$0\n  }', '/elements/a none ""'],
  ['a comma in a quoted value', 'elements:\n  a: { title: "x, y", in: $0 }', '/elements/a/in value "" braces'],
  ['CRLF', 'elements:\r\n  a:\r\n    kind: ag$0\r\n    in: b\r\n', '/elements/a/kind value "ag"'],
  ['CRLF blank line', 'elements:\r\n  a:\r\n    kind: agent\r\n    $0\r\n', '/elements/a key ""'],
  ['behind an astral character', 'elements:\n  a: { title: 🦊, in: $0 }', '/elements/a/in value "" braces'],
  ['a tab', 'elements:\n\ta: { kind: $0 }', '/elements/a/kind value "" braces'],
  ['a key named like a method', 'elements:\n  constructor:\n    __proto__: $0', '/elements/constructor/__proto__ value "" alone'],
];

function describePlace(text: string, offset: number): string {
  const place = placeAt(text, offset);
  assert.equal(place.text, text.slice(place.word.start, place.word.end));
  const flags = [place.colon && 'colon', place.braces && 'braces', place.dash && 'dash'].filter((flag) => flag !== false);
  const alone = place.role !== 'none' && place.siblings === 'none' ? ['alone'] : [];
  return [`/${place.path.join('/')}`, place.role, JSON.stringify(place.text), ...flags, ...alone].join(' ');
}

describe('the place at an offset', () => {
  for (const [name, marked, expected] of PLACES) {
    it(name, () => {
      const { text, offset } = cursor(marked);
      assert.equal(describePlace(text, offset), expected);
    });
  }

  it('knows the other entries of the map, above and below', () => {
    const { text, offset } = cursor('elements:\n  a:\n    kind: agent\n    t$0\n    in: b\n    holds: [x]\n  c:\n    owner: d\n');
    assert.deepEqual(
      [...placeAt(text, offset).entries],
      [
        ['kind', 'agent'],
        ['in', 'b'],
        ['holds', ''],
      ],
    );
  });

  it('knows the other entries in braces and leaves out the word itself', () => {
    const { text, offset } = cursor('flows:\n  a: { from: b, t$0: c, kind: "prompt", through: [g] }\n');
    assert.deepEqual(
      [...placeAt(text, offset).entries],
      [
        ['from', 'b'],
        ['kind', 'prompt'],
        ['through', ''],
      ],
    );
  });

  it('knows the other items of a list', () => {
    const { text, offset } = cursor('controls: [a, $0, b]\n');
    assert.deepEqual([...placeAt(text, offset).items], ['a', 'b']);
    const block = cursor('controls:\n  - a\n  - $0\n  - b\n');
    assert.deepEqual([...placeAt(block.text, block.offset).items], ['a', 'b']);
  });

  it('answers at every offset of every text, below an empty line too', () => {
    for (const [, marked] of PLACES.flatMap((place) => [place, ['', `\n${place[1]}`] as const])) {
      const { text } = cursor(marked);
      for (let offset = 0; offset <= text.length; offset++) assert.ok(placeAt(text.slice(0, offset), offset).role);
      for (let offset = 0; offset <= text.length; offset++) assert.ok(placeAt(text, offset).role);
    }
  });
});

describe('the place in an item', () => {
  const PIECES = [
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\n',
    '\n ',
    '\n  ',
    '\n    ',
    ': ',
    '- ',
    '\n  - ',
    '#',
    ' | ',
    '>\n',
    '\t',
    'x',
    ',',
    ':',
    '\r\n',
  ];
  const MODELS = [generateModel('local', 12), readFileSync('test/fixtures/format-example.threatmodel.yaml', 'utf8')];

  it('is the same from the top of the item as from the top of the section, whatever the text', () => {
    const places = fc.record({
      model: fc.constantFrom(...MODELS),
      edits: fc.array(fc.record({ at: fc.nat(20_000), remove: fc.nat(3), piece: fc.constantFrom('', ...PIECES) }), { maxLength: 6 }),
      offsets: fc.array(fc.nat(20_000), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(places, ({ model, edits, offsets }) => {
        let text = model;
        for (const { at, remove, piece } of edits) text = text.slice(0, at % text.length) + piece + text.slice((at % text.length) + remove);
        for (const offset of offsets.map((it) => it % (text.length + 1))) {
          const whole = scanSection(text, offset);
          assert.deepEqual(plain(scanBlock(text, offset)), plain(whole), JSON.stringify({ text, offset }));
          const { path, role, word } = scanBlock(text, offset, false);
          assert.deepEqual(
            { path, role, word },
            { path: whole.path, role: whole.role, word: whole.word },
            JSON.stringify({ text, offset }),
          );
        }
      }),
      { numRuns: 600 },
    );
  });

  /** Without what a scan keeps for itself. */
  function plain({ frame: { type, path, entries, items }, ...found }: Found): object {
    return { ...found, frame: { type, path, entries, items } };
  }
});
