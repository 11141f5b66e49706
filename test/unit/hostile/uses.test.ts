import assert from 'node:assert/strict';
import { Workspace } from '../../tools/usedFiles.ts';

const P = './platform.threatmodel.yaml';
const PLATFORM = 'threatmodel: 1\nelements:\n  tool: { kind: tool }\n';

/** What is written, the code of the one problem, and the words that it is on. */
const TABLE: readonly (readonly [string, string, string, string])[] = [
  [
    'a way out of the workspace',
    'use: { p: ../../../../etc/passwd.threatmodel.yaml }',
    'use-outside',
    '../../../../etc/passwd.threatmodel.yaml',
  ],
  ['an absolute path', 'use: { p: /etc/passwd }', 'use-path', '/etc/passwd'],
  ['an absolute path to a model', 'use: { p: /ws/platform.threatmodel.yaml }', 'use-path', '/ws/platform.threatmodel.yaml'],
  ['an address of a file', 'use: { p: "file:///etc/x.threatmodel.yaml" }', 'use-path', '"file:///etc/x.threatmodel.yaml"'],
  ['an address of the web', 'use: { p: "https://example.com/x.threatmodel.yaml" }', 'use-path', '"https://example.com/x.threatmodel.yaml"'],
  ['a share', "use: { p: '\\\\server\\share\\x.threatmodel.yaml' }", 'use-path', "'\\\\server\\share\\x.threatmodel.yaml'"],
  ['a share with slashes', 'use: { p: //server/share/x.threatmodel.yaml }', 'use-path', '//server/share/x.threatmodel.yaml'],
  ['a drive', "use: { p: 'C:\\x.threatmodel.yaml' }", 'use-path', "'C:\\x.threatmodel.yaml'"],
  ['a path that counts from a drive', 'use: { p: "C:x.threatmodel.yaml" }', 'use-path', '"C:x.threatmodel.yaml"'],
  ['an encoded way out', 'use: { p: ..%2f..%2Fx.threatmodel.yaml }', 'use-path', '..%2f..%2Fx.threatmodel.yaml'],
  ['a NUL', 'use: { p: "x\\0.threatmodel.yaml" }', 'use-path', '"x\\0.threatmodel.yaml"'],
  ['a line break', 'use: { p: "x\\n.threatmodel.yaml" }', 'use-path', '"x\\n.threatmodel.yaml"'],
  ['backslashes', "use: { p: '.\\platform.threatmodel.yaml' }", 'use-path', "'.\\platform.threatmodel.yaml'"],
  ['an empty path', 'use: { p: "" }', 'use-path', '""'],
  ['a path without end', `use: { p: ./${'x'.repeat(5000)}.threatmodel.yaml }`, 'use-path', `./${'x'.repeat(5000)}.threatmodel.yaml`],
  ['what is no model', 'use: { p: ./package.json }', 'use-path', './package.json'],
  ['a folder', 'use: { p: . }', 'use-path', '.'],
  ['what is not there', 'use: { p: ./nothing.threatmodel.yaml }', 'use-not-found', './nothing.threatmodel.yaml'],
  ['the file itself', 'use: { p: ./app.threatmodel.yaml }', 'use-circle', './app.threatmodel.yaml'],
  ['the file itself by a detour', 'use: { p: ./x/../app.threatmodel.yaml }', 'use-circle', './x/../app.threatmodel.yaml'],
  ['a text instead of a map', `use: ${P}`, 'wrong-shape', P],
  ['a list instead of a map', `use: [${P}]`, 'wrong-shape', `[${P}]`],
  ['nothing', 'use:', 'missing-value', 'use'],
  ['no path', 'use: { p: }', 'missing-value', 'p'],
  ['a list of paths', `use: { p: [${P}] }`, 'wrong-shape', `[${P}]`],
  ['a map of paths', `use: { p: { q: ${P} } }`, 'wrong-shape', `{ q: ${P} }`],
  ['a number', 'use: { p: 42 }', 'use-path', '42'],
  ['a namespace with a dot', `use: { p.q: ${P} }`, 'illegal-id', 'p.q'],
  ['a namespace that is no id', `use: { __proto__: ${P} }`, 'illegal-id', '__proto__'],
  ['a namespace without letters', `use: { "": ${P} }`, 'illegal-id', '""'],
  ['the same file under two names', `use: { p: ${P}, q: ./platform.threatmodel.yaml }`, 'used-twice', './platform.threatmodel.yaml'],
];

describe('a hostile or mistaken use', () => {
  for (const [name, use, code, word] of TABLE) {
    it(`is one problem on the exact words, and costs nothing else: ${name}`, () => {
      const app = `threatmodel: 1\n${use}\nelements:\n  mine: { kind: agent }\n  other: { kind: agent, in: p.zone }\nflows:\n  f: { from: mine, to: other, kind: agent-message, through: [p.tool] }\n`;
      const workspace = new Workspace({ app: use.includes('q: ./platform') ? app.replace(', in: p.zone', '') : app, platform: PLATFORM });
      const { model, text, findings } = workspace.snapshot('app');
      assert.deepEqual(workspace.bugs, []);
      const found = model.problems.map(({ code: it, span }) => [it, text.slice(span.start, span.end)]);
      assert.deepEqual(found, [[code, word]]);
      assert.deepEqual([...model.elements.keys()].slice(0, 2), ['mine', 'other']);
      assert.ok(model.flows.has('f') && findings.length > 0);
    });
  }

  it('reads no more than 16 files in a row, and says so where the row begins', () => {
    const row = (length: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length }, (_, at) => {
          const use = at + 1 < length ? `use: { next: ./f${at + 1}.threatmodel.yaml }\n` : '';
          return [`f${at}`, `threatmodel: 1\n${use}elements:\n  e${at}: { kind: agent }\n`];
        }),
      );
    const all = new Workspace(row(17)).snapshot('f0').model;
    assert.deepEqual([all.problems.length, all.imported.length, all.elements.size], [0, 16, 17]);
    for (const [length, code] of [
      [18, 'use-too-deep'],
      [50, 'use-too-deep'],
      [3000, 'use-too-many'],
    ] as const) {
      const { model } = new Workspace(row(length)).snapshot('f0');
      assert.deepEqual(
        model.problems.map((problem) => problem.code),
        [code],
      );
      assert.deepEqual([...model.elements.keys()], ['e0']);
    }
  });

  it('says of a circle in each of its files that it is one, whichever is read first', () => {
    const part = (next: string): string => `threatmodel: 1\nuse: { n: ./${next}.threatmodel.yaml }\nelements:\n  e: { kind: agent }\n`;
    const workspace = new Workspace({ a: part('b'), b: part('c'), c: part('b'), d: part('a') });
    const codes = (name: string): string[] => workspace.snapshot(name).model.problems.map(({ code }) => code);
    assert.deepEqual(['b', 'c'].map(codes), [['use-circle'], ['use-circle']]);
    assert.deepEqual(codes('a'), ['used-has-errors']);
    assert.deepEqual([...workspace.snapshot('d').model.elements.keys()], ['e', 'n.e', 'n.n.e']);
  });

  it('reads each file once, however many names lead to it', () => {
    const files: Record<string, string> = { f16: 'threatmodel: 1\nelements:\n  last: { kind: agent }\n' };
    for (let at = 0; at < 16; at++) {
      const next = `./f${at + 1}.threatmodel.yaml`;
      files[`f${at}`] = `threatmodel: 1\nuse: { a: ${next}, b: ./x/.${next} }\nelements:\n  e: { kind: agent }\n`;
    }
    const snapshot = new Workspace(files).snapshot('f0');
    assert.deepEqual([snapshot.model.imported.length, snapshot.model.elements.size], [16, 17]);
    assert.ok(snapshot.findings.every(({ span }) => span.end <= snapshot.text.length));
    const deep = new Workspace({
      ...files,
      f0: `${files['f0'] ?? ''}flows:\n  f: { from: e, to: ${'b.'.repeat(16)}last, kind: agent-message }\n`,
    });
    assert.equal(deep.snapshot('f0').model.flows.get('f')?.to, `${'a.'.repeat(16)}last`);
  });

  it('takes names of objects for names', () => {
    const use = `use: { constructor: ./platform.threatmodel.yaml }\n`;
    const app = `threatmodel: 1\n${use}elements:\n  a: { kind: agent }\nflows:\n  f: { from: a, to: constructor.tool }\n`;
    const { model } = new Workspace({ app, platform: PLATFORM }).snapshot('app');
    assert.deepEqual(model.problems, []);
    assert.equal(model.flows.get('f')?.to, 'constructor.tool');
  });
});
