import assert from 'node:assert/strict';
import { parseDocument } from '../../../server/src/syntax/index.ts';

/** Name, text, and all problems: the code, the text under it, and what else must hold in `keys`. */
const cases: readonly [name: string, text: string, problems: readonly [code: string, under: string][], keys: string][] = [
  ['a half-typed key', 'el:\n  a:\n    x: 1\n    ki\n    y: 2\n  b: {}\n', [['missing-colon', 'ki']], 'el(a{x,y},b)'],
  ['a half-typed key before the others', 'el:\n  a:\n    ki\n    y: 2\n    z: 3\n  b: {}\n', [['missing-colon', 'ki']], 'el(a{y,z},b)'],
  ['a half-typed key at the end', 'el:\n  b: {}\n  a:\n    x: 1\n    ki', [['missing-colon', 'ki']], 'el(b,a{x})'],
  ['a half-typed item', 'el:\n  a: {}\n  ag\n  b: {}\nfl:\n  c: {}\n', [['missing-colon', 'ag']], 'el(a,b) fl(c)'],
  ['a half-typed first item', 'el:\n  ag\n  b: {}\nfl:\n', [['missing-colon', 'ag']], 'el(b) fl()'],
  ['a half-typed section', 'el:\n  a: {}\nflo\nda:\n  c: {}\n', [['missing-colon', 'flo']], 'el(a) da(c)'],
  [
    'two half-typed keys',
    'el:\n  a:\n    x: 1\n    ki\n    y: 2\n    no\n',
    [
      ['missing-colon', 'ki'],
      ['missing-colon', 'no'],
    ],
    'el(a{x,y})',
  ],
  ['an unclosed double quote', 'el:\n  a:\n    x: "one\n    y: 2\n  b: {}\nfl:\n  c: {}\n', [['unclosed-quote', '"']], 'el(a{x},b) fl(c)'],
  ['an unclosed single quote', "el:\n  a: { x: 'one }\n  b: {}\nfl:\n  c: {}\n", [['unclosed-quote', "'"]], 'el(a{x},b) fl(c)'],
  ['an unclosed quote at the end', 'el:\n  b: {}\n  a:\n    x: "', [['unclosed-quote', '"']], 'el(b,a{x})'],
  ['a quote begun as a key', 'el:\n  a: {}\n  "b\n  c: {}\n', [['unclosed-quote', '"']], 'el(a,c)'],
  ['an unclosed bracket', 'el:\n  a:\n    x: [p, q\n    y: 2\n  b: {}\n', [['unclosed-bracket', '[']], 'el(a{x,y},b)'],
  ['an unclosed brace', 'el:\n  a: { x: 1, y: 2\n  b: {}\nfl:\n  c: {}\n', [['unclosed-bracket', '{']], 'el(a{x,y},b) fl(c)'],
  ['an unclosed brace of a section', 'el: { a: 1\nfl:\n  c: {}\n', [['unclosed-bracket', '{']], 'el(a) fl(c)'],
  ['a brace typed above everything', '{\nel:\n  a: {}\nfl:\n  c: {}\n', [['unclosed-bracket', '{']], 'el(a) fl(c)'],
  ['an item moved to the left', 'el:\n    a: {}\n  b:\n      x: 1\n    c: {}\nfl:\n', [['bad-indentation', 'b']], 'el(a,b{x},c) fl()'],
  ['a first section moved to the right', ' el:\n   a: {}\nfl:\n  c: {}\n', [['bad-indentation', 'el']], 'el(a) fl(c)'],
  ['a missing comma', 'el:\n  a: { x: 1, y: [2] z: 3 }\n  b: {}\n', [['unexpected-text', 'z']], 'el(a{x,y},b)'],
  ['a second colon', 'el:\n  a: x: 1\n  b: {}\n', [['second-colon', 'x']], 'el(a{x},b)'],
  ['an unknown escape', 'el:\n  a: { x: "C:\\dir" }\n  b: {}\n', [['bad-escape', '\\dir"']], 'el(a{x},b)'],
  ['a value that begins with an at sign', 'el:\n  a: { x: @me }\n  b: {}\n', [['bad-character', '@me']], 'el(a{x},b)'],
  ['a list item among keys', 'el:\n  a: {}\n- b\nfl:\n', [['not-a-key', '-']], 'el(a) fl()'],
  ['a question mark that begins no key', 'el:\n  a: {}\nfl:\n  ? ', [['missing-key', '?']], 'el(a) fl()'],
  ['tabs as indentation', 'el:\n  a:\n\t\t\tx: 1\n\t\t\ty: 2\n  b: {}\n', [['tab-indentation', '\t\t\t']], 'el(a{x,y},b)'],
  ['tabs that are no deeper than the item', 'el:\n  a:\n\tx: 1\n  b: {}\n', [['tab-indentation', '\t']], 'el(a,b)'],
  ['tabs everywhere', 'el:\n\ta:\n\t\tx: 1\n\tb: {}\nfl:\n', [['tab-indentation', '\t']], 'el(a{x},b) fl()'],
  ['duplicate keys in one item', 'el:\n  a:\n    x: 1\n    y: 2\n    "x": 3\n', [['duplicate-key', '"x"']], 'el(a{x,y,x})'],
  ['duplicate items', 'el:\n  a: {}\n  b: {}\n  a: {}\n', [['duplicate-key', 'a']], 'el(a,b,a)'],
  ['duplicate sections', 'el:\n  a: {}\nfl:\nel:\n  b: {}\n', [['duplicate-key', 'el']], 'el(a) fl() el(b)'],
  ['duplicate keys in a flow section', 'el: { a: 1, a: 2 }\n', [['duplicate-key', 'a']], 'el(a,a)'],
  ['duplicate sections in braces', '{ a: 1, b: 2, a: 3 }\n', [['duplicate-key', 'a']], 'a b a'],
  [
    'a tag',
    'el:\n  a: !!js/function { x: 1 }\n  b: !own\n',
    [
      ['tag', '!!js/function'],
      ['tag', '!own'],
    ],
    'el(a{x},b)',
  ],
  ['a merge key', 'el:\n  a: { <<: { __proto__: 1 } }\n', [['merge-key', '<<']], 'el(a{<<})'],
  [
    'directives',
    '%YAML 1.1\n%TAG ! x\n---\nel:\n',
    [
      ['directive', '%YAML 1.1'],
      ['directive', '%TAG ! x'],
    ],
    'el()',
  ],
  ['several documents', 'el:\n  a: {}\n---\nfl:\n', [['several-documents', '---']], 'el(a)'],
  ['an end of document', '---\nel:\n  a: {}\n...\n# nothing more\n', [], 'el(a)'],
  ['text after the end', 'el:\n...\nfl:\n', [['several-documents', 'fl:']], 'el()'],
  ['an alias without an anchor', 'el:\n  a: { x: *important* }\n  b: {}\n', [['unknown-alias', '*important*']], 'el(a{x},b)'],
  ['an alias to itself', 'el:\n  a: &a [ *a ]\n', [['alias-to-itself', '*a']], 'el(a)'],
  ['no space behind an anchor', 'el:\n  a: &a{x: 1}\n', [['missing-comma', '{x']], 'el(a{x})'],
  ['a map on the line of its key', 'el:\n  a: &a x: 1\n', [['second-colon', '&a']], 'el(a{x})'],
  ['a key that is a list', 'el:\n  a: { [p]: 1 }\n', [['key-not-text', '[']], 'el(a{[p]})'],
  ['no key', 'el:\n  a:\n    : 1\n', [['missing-key', ':']], 'el(a{})'],
  ['a zero-width space in a key', 'el:\n  ag\u200bent: {}\n', [['confusable-text', 'ag\u200bent']], 'el(ag\u200bent)'],
  ['a key that turns the text', 'el:\n  a: { "\u202ex": 1 }\n', [['confusable-text', '"\u202ex"']], 'el(a{\u202ex})'],
  ['a NUL', 'el:\n  a: { x: o\0\0k }\n  b: {}\n', [['invalid-character', '\0\0']], 'el(a{x},b)'],
  ['half a surrogate pair behind an emoji', 'el:\n  a: { x: 📷\ud83d }\n', [['invalid-character', '\ud83d']], 'el(a{x})'],
  ['not a map', 'hello\nworld\n', [['missing-colon', 'hello']], ''],
  ['nothing', '', [], ''],
  ['only comments', '# one\r\n\r\n  # two', [], ''],
  ['a byte order mark', '\ufeffel:\r\n  a: {}\r\n', [], 'el(a)'],
];

/** The keys of a document, in short. */
function keysOf(text: string): string {
  const sections = parseDocument(text).sections.map(({ pair, items }) => {
    const inner = items?.map(({ pair: { key, value } }) => {
      if (value?.type !== 'map' || (value.pairs.length === 0 && value.flow)) return key.text;
      return `${key.text}{${value.pairs.map((nested) => nested.key.text).join()}}`;
    });
    return inner ? `${pair.key.text}(${inner.join()})` : pair.key.text;
  });
  return sections.join(' ');
}

describe('syntax: problems', () => {
  for (const [name, text, expected, keys] of cases) {
    it(name, () => {
      const { problems } = parseDocument(text);
      assert.deepEqual(
        problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
        expected,
      );
      assert.equal(keysOf(text), keys);
    });
  }

  it('relates a duplicate to the first', () => {
    const text = 'el:\n  a: {}\n  b: {}\n  a: {}\n';
    const [problem] = parseDocument(text).problems;
    assert.equal(problem?.span.start, text.lastIndexOf('a'));
    assert.deepEqual(problem?.related?.[0]?.span, { start: text.indexOf('a'), end: text.indexOf('a') + 1 });
  });
});
