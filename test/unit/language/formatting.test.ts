import assert from 'node:assert/strict';
import { formattingOf } from '../../../server/src/language/formatting.ts';
import { saysTheSame } from '../../../server/src/language/sameText.ts';
import { applyEdits, parseDocument } from '../../../server/src/syntax/index.ts';
import { ranges } from '../../tools/markers.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';
import { readSamples } from '../../tools/samples.ts';

function format(text: string): string {
  return applyEdits(text, formattingOf(parseDocument(text)));
}

const FORMATTED: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'spaces in braces and brackets',
    'elements:\n  a: {kind:  agent,in : corp ,tags: [ x,y , "z" ],outOfScope: {}}\n',
    'elements:\n  a: { kind: agent, in: corp, tags: [x, y, "z"], outOfScope: {} }\n',
  ],
  [
    'aligned keys as they are',
    'elements:\n  a:    { kind: agent }\n  long: { kind: tool }\n',
    'elements:\n  a:    { kind: agent }\n  long: { kind: tool }\n',
  ],
  [
    'one step of indentation, the one that most entries have',
    'elements:\n    a:\n     kind: agent\n    b:\n            kind: tool\nflows:\n  x: {}\n',
    'elements:\n    a:\n        kind: agent\n    b:\n        kind: tool\nflows:\n    x: {}\n',
  ],
  [
    'comments beside what they are about',
    '# top\nelements:\n   # first\n   a:\n         # inside\n         kind: agent   # end\n         # last inside\n   # last\n#flows\nflows:\n   x: {}\n',
    '# top\nelements:\n   # first\n   a:\n      # inside\n      kind: agent   # end\n      # last inside\n   # last\n#flows\nflows:\n   x: {}\n',
  ],
  ['dashes below their key', 'elements:\n  a:\n    tags:\n    -   x\n    - y\n', 'elements:\n  a:\n    tags:\n    - x\n    - y\n'],
  [
    'maps in lists',
    'accepted:\n    -   rule: x\n        at: y\n        from:\n           - z\nelements:\n  a: {}\n',
    'accepted:\n  - rule: x\n    at: y\n    from:\n      - z\nelements:\n  a: {}\n',
  ],
  ['an empty item', 'elements:\n  a:\n    tags:\n        -\n        - x\n', 'elements:\n  a:\n    tags:\n      -\n      - x\n'],
  [
    'block texts, which keep their distances',
    'elements:\n  a:\n    description: |\n          one\n            two  \n\n          three\n    kind: agent\n',
    'elements:\n  a:\n    description: |\n      one\n        two  \n\n      three\n    kind: agent\n',
  ],
  [
    'a block text of a said width',
    'elements:\n  a:\n      description: |1\n        one\n',
    'elements:\n  a:\n    description: |1\n      one\n',
  ],
  [
    'texts of several lines',
    'title: "a\n        b  \n   c"\ndescription: d\n      e   \n',
    'title: "a\n        b  \n   c"\ndescription: d\n      e\n',
  ],
  [
    'braces of several lines',
    'elements:\n  a: {kind: agent,  \n   tags: [x,\n              y\n     ],\n   # why\n    in: z\n  }\n',
    'elements:\n  a: { kind: agent,\n    tags: [x,\n      y\n      ],\n    # why\n    in: z\n  }\n',
  ],
  [
    'anchors and aliases',
    'data:\n  a: {tags: &t [ x,y ],kind: &k personal}\n  b: {tags: *t ,kind: *k }\n',
    'data:\n  a: { tags: &t [x, y], kind: &k personal }\n  b: { tags: *t , kind: *k }\n',
  ],
  ['a value that is not there', 'data:\n  a: {kind: ,title:}\n', 'data:\n  a: { kind: , title: }\n'],
  ['blanks at ends of lines, and one line end', 'title: x  \n   \nowner: y\t\n\n  \n\n', 'title: x\n\nowner: y\n'],
  ['no line end', 'title: x', 'title: x\n'],
  ['its own line ends', 'title: x \r\n\r\nelements: {a: {}}', 'title: x\r\n\r\nelements: { a: {} }\r\n'],
  ['a beginning', '---\ntitle:  x \n', '---\ntitle:  x\n'],
  [
    'marks in texts',
    'title: \'{a:b,  c}\'   # {a:b}\ndata: {a: {title: "x ,{"}}\n',
    'title: \'{a:b,  c}\'   # {a:b}\ndata: { a: { title: "x ,{" } }\n',
  ],
];

const UNTOUCHED: readonly (readonly [name: string, text: string])[] = [
  ['a broken file', 'elements:\n  a: {kind: agent\n  b: {}  \n'],
  ['a tab', 'elements:\n\ta: {}  \n'],
  ['a key that is there twice', 'title: x  \ntitle: y\n'],
  ['several documents', 'title: x  \n---\ntitle: y\n'],
  ['a lone carriage return', 'title: x  \rowner: y\n'],
  ['braces around everything', '{title: x,  owner: y}\n'],
  ['nothing', ''],
  ['a text that keeps its end', 'title: |+\n  x\n\n\n'],
];

describe('formatting', () => {
  for (const [name, before, after] of FORMATTED) {
    it(name, () => {
      assert.equal(format(before), after);
      assert.equal(format(after), after);
    });
  }
  for (const [name, text] of UNTOUCHED) it(`leaves ${name}`, () => assert.equal(format(text), text));

  it('of a part changes only its lines', () => {
    const { spans, text } = ranges('data:\n  a: {kind:x}\n  b: {ki«nd: y}  \n  c: {»kind:  z}\n  d: {kind: z}\n');
    assert.equal(
      applyEdits(text, formattingOf(parseDocument(text), spans[0])),
      'data:\n  a: {kind:x}\n  b: { kind: y }\n  c: { kind: z }\n  d: {kind: z}\n',
    );
  });

  it('of a part changes nothing when the rest would then say something else', () => {
    const { spans, text } = ranges('elements:\n  z: {}\n  y: {}\n  x: {}\nflows:\n    «a: {}»\n    b: {}\n');
    assert.deepEqual(formattingOf(parseDocument(text), spans[0]), []);
  });
});

const MODELS: readonly (readonly [name: string, text: string])[] = [
  ...readSamples().map(({ name, text }) => [name, text] as const),
  ...readRuleExamples().flatMap(({ examples, rule, variants }) =>
    [...examples, ...variants].map(({ model }, index) => [`${rule} ${index}`, model] as const),
  ),
];

describe('formatting of all samples and examples of rules', () => {
  it('keeps every word and comment, says the same, and has nothing to do afterwards', () => {
    for (const [name, text] of MODELS) {
      const after = format(text);
      assert.equal(after.replace(/\s/g, ''), text.replace(/\s/g, ''), name);
      assert.ok(saysTheSame(parseDocument(text), parseDocument(after)), name);
      assert.equal(format(after), after, name);
    }
    assert.ok(MODELS.length > 100);
  });

  it('makes one of a text and of the same text with other blanks', () => {
    const random = generator(7);
    let damaged = 0;
    for (const [name, text] of MODELS) {
      const wanted = format(text);
      const before = parseDocument(wanted);
      for (let round = 0; round < 4; round++) {
        const damage = disarray(wanted, random);
        // Blanks at the end of a quoted line and the like may be said with them.
        if (!saysTheSame(before, parseDocument(damage))) continue;
        damaged++;
        assert.equal(format(damage), wanted, `${name}\n${damage}`);
      }
    }
    assert.ok(damaged > MODELS.length, `${damaged} of ${MODELS.length}`);
  });

  it('is stable whatever the blanks are, and never says something else', () => {
    const random = generator(11);
    let formatted = 0;
    for (const [name, text] of MODELS) {
      const damage = text.replace(/(?<=\n) *(?=\S)|(?<=[{,]) +| +(?=[\n}])/g, (blanks) =>
        random() < 0.9 ? blanks : ' '.repeat(Math.floor(random() * 7)),
      );
      const edits = formattingOf(parseDocument(damage));
      const after = applyEdits(damage, edits);
      if (edits.length > 0) {
        formatted++;
        assert.ok(saysTheSame(parseDocument(damage), parseDocument(after)), name);
      }
      assert.equal(format(after), after, `${name}\n${damage}`);
    }
    assert.ok(formatted > 20, `${formatted} of ${MODELS.length}`);
  });
});

/** The same text with other blanks: deeper lines, wider or narrower braces, blanks at ends, more line ends. */
function disarray(text: string, random: () => number): string {
  const scalars = /[|>][+-]?\n/.test(text);
  const wide = text
    .replace(/\{ (?=\S)/g, (it) => (random() < 0.5 ? '{' : it))
    .replace(/(?<=[\w\]}]) \}/g, () => (random() < 0.5 ? '}' : '   }'))
    .replace(/(?<=[\w\]}]), (?=[\w-]+:)/g, () => `${random() < 0.5 ? ' ' : ''},${' '.repeat(1 + Math.floor(random() * 3))}`)
    .replace(/(?<=[\w\]}])\n/g, (it) => (!scalars && random() < 0.3 ? `  ${it}` : it))
    .replace(/\n(?=\n)/g, () => (random() < 0.3 && !scalars ? '\n \t' : '\n'));
  return wide + (random() < 0.5 ? '\n  \n' : '');
}

/** Numbers from 0 to 1, the same ones each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
