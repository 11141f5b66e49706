import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { applyEdits, parseDocument } from '../../../server/src/syntax/index.ts';
import { anyEdit, corners, largeModel, meaning, models } from './support.ts';

describe('syntax: from one version to the next', () => {
  it('gives after any edits what a fresh parse gives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...models, ...corners), fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (start, edits) => {
        let text = start;
        let document = parseDocument(text);
        for (const edit of edits) {
          text = edit(text);
          document = parseDocument(text, document);
          assert.deepEqual(meaning(document), meaning(parseDocument(text)), JSON.stringify(text));
        }
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });

  it('reads 2,000 damaged texts without an exception, and keeps every span inside the text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...models, ...corners), fc.array(anyEdit, { minLength: 1, maxLength: 5 }), (start, edits) => {
        const text = edits.reduce((before, edit) => edit(before), start);
        for (const { code, span, message } of parseDocument(text).problems) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${code} at ${span.start}-${span.end}`);
          assert.ok(message.endsWith('.'), message);
        }
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  const text = largeModel(500);
  const before = parseDocument(text);

  it('parses one chunk after an edit inside one element of 500', () => {
    assert.equal(before.work.parsed, before.work.chunks);
    const start = text.indexOf('Element 250');
    const after = parseDocument(applyEdits(text, [{ span: { start, end: start }, text: 'My ' }]), before);
    assert.deepEqual(after.work, { chunks: before.work.chunks, parsed: 1, whole: false });
    const elements = (document: typeof before) => document.sections.find(({ pair }) => pair.key.text === 'elements')?.items ?? [];
    const changed = elements(after).filter((item, index) => item.pair !== elements(before)[index]?.pair);
    assert.deepEqual(
      changed.map(({ pair }) => pair.key.text),
      ['element-250'],
    );
  });

  it('does not even look at the chunks around an edit that stays inside of an item', () => {
    const start = text.indexOf('Element 250');
    const typed = parseDocument(applyEdits(text, [{ span: { start, end: start }, text: 'x' }]), before);
    const replaced = parseDocument(applyEdits(text, [{ span: { start, end: start + 1 }, text: 'F' }]), before);
    for (const [after, all] of [
      [typed, false],
      [replaced, true],
    ] as const) {
      for (const [at, section] of after.sections.entries()) {
        const items = before.sections[at]?.items ?? [];
        const kept = section.items?.filter((item, index) => item === items[index]).length ?? 0;
        if (section.pair.key.text === 'elements') assert.equal(kept, all ? items.length - 1 : 250);
        else if (all) assert.equal(section, before.sections[at]);
      }
    }
  });

  it('keeps the pairs of all chunks when lines are put above them', () => {
    const after = parseDocument('# one\n# two\n' + text, before);
    assert.equal(after.work.parsed, 0);
    for (const [index, section] of after.sections.entries()) {
      assert.equal(section.pair, before.sections[index]?.pair);
      for (const [at, item] of (section.items ?? []).entries()) assert.equal(item.pair, before.sections[index]?.items?.[at]?.pair);
    }
  });

  it('keeps the pairs of elements that change places', () => {
    const a = '  a: { kind: x }\n';
    const b = '  b:\n    kind: y\n';
    const first = parseDocument(`elements:\n${a}${b}flows:\n`);
    const second = parseDocument(`elements:\n${b}${a}flows:\n`, first);
    assert.equal(second.work.parsed, 0);
    assert.equal(second.sections[0]?.items?.[0]?.pair, first.sections[0]?.items?.[1]?.pair);
  });

  it('keeps of an edited version only what is new in it', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const edits = 50;
    let now = largeModel(3000);
    let document = parseDocument(now);
    const atFirst = used();
    for (let edit = 0; edit < edits; edit++) {
      const start = now.indexOf(`Element ${edit * 50}`);
      // A client's text comes as a string of its own.
      now = Buffer.from(applyEdits(now, [{ span: { start, end: start }, text: 'The famous ' }])).toString();
      document = parseDocument(now, document);
    }
    const kept = used() - atFirst;
    assert.equal(document.text, now);
    assert.ok(kept < 5 * now.length, `${kept} bytes more after ${edits} edits of ${now.length} characters`);
  });

  it('finds a duplicate that an edit makes or ends', () => {
    const one = parseDocument('elements:\n  a: {}\n  b: {}\n');
    const two = parseDocument('elements:\n  a: {}\n  a: {}\n', one);
    assert.deepEqual(
      two.problems.map(({ code }) => code),
      ['duplicate-key'],
    );
    assert.deepEqual(parseDocument('elements:\n  a: {}\n  c: {}\n', two).problems, []);
  });
});
