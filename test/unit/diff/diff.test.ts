import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { changesById, diffModels, isSame, type ModelDiff, type PartName } from '../../../server/src/diff/index.ts';
import { buildGraph, withRemoved } from '../../../server/src/diagram/index.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { diffDocument, diffJson, markdownReport, terminalReport } from '../../../server/src/report/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { HOSTILE } from '../report/hostileNames.ts';
import { assertGolden, assertValid, catalogue } from '../report/support.ts';

const SCHEMA = new URL('../../../docs/schema/diff.schema.json', import.meta.url);
const HOUSE = readFileSync(new URL('../../fixtures/report/house.threatmodel.yaml', import.meta.url), 'utf8');
const snapshot = (text: string): Snapshot => takeSnapshot(text, catalogue, TODAY);
const between = (before: string, after: string): ModelDiff => diffModels(snapshot(before), snapshot(after));
/** `+id`, `-id` and `~id: name` of one part. */
const brief = ({ parts }: ModelDiff, name: PartName): readonly string[] =>
  parts
    .filter((part) => part.name === name)
    .flatMap(({ added, removed, changed }) => [
      ...added.map(({ id }) => `+${id}`),
      ...removed.map(({ id }) => `-${id}`),
      ...changed.map(({ id, what }) => `~${id}: ${what.map((it) => it.name).join(', ')}`),
    ]);

const BEFORE = `threatmodel: 1
title: House
boundaries:
  yard: { kind: yard }
elements:
  a: { kind: stranger, title: Someone }
  b: { kind: door, in: yard, controls: [lock] }
  c: { kind: door, tags: [x, y] }
flows:
  f: { from: a, to: b }
  g: { from: a, to: c }
`;

describe('differences of models', () => {
  it('finds none in the same, whatever the format and order', () => {
    assert.ok(isSame(between(BEFORE, BEFORE)));
    const [head = '', flows = ''] = BEFORE.split('flows:\n');
    const lines = flows.trimEnd().split('\n').reverse().join('\n');
    const turned = `flows:\n${lines}\n${head}`.replace('[x, y]', '["y", x]');
    assert.ok(isSame(between(BEFORE, turned.replaceAll('\n', '\r\n'))));
    assert.ok(isSame(between('', '')));
  });

  for (const [name, from, to, part, expected] of [
    ['an element', '  c: {', '  d: {', 'elements', ['+d', '-c']],
    ['a title', 'title: Someone', 'title: Anyone', 'elements', ['~a: title']],
    ['where it is', 'in: yard, ', '', 'elements', ['~b: in']],
    ['a flow', '  g: { from: a, to: c }\n', '', 'flows', ['-g']],
    ['an end', 'g: { from: a, to: c', 'g: { from: a, to: b', 'flows', ['~g: to']],
    ['a boundary', '  yard: { kind: yard }', '  yard: { kind: yard, title: Y }', 'boundaries', ['~yard: title']],
    ['a control', '[lock]', '[lock, rope]', 'controls', ['+b rope']],
    ['its status', '[lock]', '{ lock: planned }', 'controls', ['~b lock: status']],
    ['the system', 'title: House', 'title: Home', 'system', ['~$model: title']],
  ] as const) {
    it(`finds ${name}`, () => {
      assert.ok(BEFORE.includes(from));
      assert.deepEqual(brief(between(BEFORE, BEFORE.replace(from, to)), part), expected);
    });
  }

  it('says which findings are open only before, and only now', () => {
    const diff = between(HOUSE, HOUSE.replace('controls: [chain] }', 'controls: { chain: absent } }'));
    const back = between(HOUSE.replace('controls: [chain] }', 'controls: { chain: absent } }'), HOUSE);
    const mirrored = brief(back, 'findings').map((it) =>
      it.startsWith('+') ? `-${it.slice(1)}` : it.startsWith('-') ? `+${it.slice(1)}` : it,
    );
    assert.deepEqual(brief(diff, 'findings').toSorted(), mirrored.toSorted());
  });

  it('is as in the golden files', () => {
    const after = HOUSE.replace('controls: [chain] }', 'controls: { chain: absent } }').replace(/\n {2}sneak:.*/, '');
    const report = { title: 'House', before: 'v1.0:häuser/house | x', after: 'häuser/house', diff: between(after, HOUSE) };
    assertGolden('diff.md', markdownReport(diffDocument(report)));
    assertGolden('diff.txt', terminalReport(diffDocument(report), { color: false }));
    const json = diffJson(report);
    assertValid(SCHEMA, JSON.parse(json));
    assertGolden('diff.json', json);
  });

  it('keeps hostile names from being markup, orders or keys', () => {
    for (const name of HOSTILE) {
      const quoted = JSON.stringify(name);
      const diff = between(
        'threatmodel: 1\n',
        `threatmodel: 1\ntitle: ${quoted}\nelements:\n  a: { kind: door, title: ${quoted}, tags: [${quoted}] }\n`,
      );
      const report = { title: name, before: name, after: name, diff };
      const text = terminalReport(diffDocument(report), { color: false });
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u);
      const markdown = markdownReport(diffDocument(report));
      assert.doesNotMatch(markdown.replace(/`[^`]*`/g, '').replace(/\\./g, ''), /[<>]|\]\(/);
      assertValid(SCHEMA, JSON.parse(diffJson(report)));
    }
  });

  it('says little of much', () => {
    const many = Array.from({ length: 500 }, (_, at) => `  e${at}: { kind: door, description: "${'long '.repeat(100)}" }\n`).join('');
    const diff = between('threatmodel: 1\n', `threatmodel: 1\nelements:\n${many}`);
    const markdown = markdownReport(diffDocument({ title: '', before: '', after: '', diff }));
    assert.ok(markdown.length < 60_000, `${markdown.length} characters do not fit into a comment`);
    assert.match(markdown, /and 450 more changes/);
  });

  it('gives a picture what was removed, in its place', () => {
    const after = BEFORE.replace('  yard: { kind: yard }\n', '')
      .replace('boundaries:\n', '')
      .replace(', in: yard', '')
      .replace(/ {2}[cg]: .*\n/g, '');
    const [old, now] = [snapshot(BEFORE), snapshot(after)];
    const changes = changesById(diffModels(old, now));
    assert.deepEqual(Object.fromEntries(changes), { yard: 'removed', b: 'changed', c: 'removed', g: 'removed' });
    const graph = withRemoved(buildGraph(old.model, catalogue), buildGraph(now.model, catalogue), changes);
    assert.deepEqual(
      [graph.boundaries.map(({ id }) => id), graph.nodes.map(({ id }) => id), graph.edges.map(({ id }) => id)],
      [['yard'], ['a', 'b', 'c'], ['f', 'g']],
    );
  });
});
