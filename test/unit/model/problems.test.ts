import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readModel } from '../../../server/src/model/index.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { assertMarkedProblems } from '../../tools/marked.ts';
import { catalogue } from './catalogue.ts';

const folder = new URL('../../fixtures/model/', import.meta.url);
const today = '2026-11-22';

describe('problems of a model', () => {
  for (const name of readdirSync(folder)) {
    it(`are on the exact key or value: ${name}`, () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      assertMarkedProblems(text, readModel(parseDocument(text), catalogue, { today }).problems);
    });
  }

  it('name the first place of an id that is taken', () => {
    const text = 'threatmodel: 1\nboundaries:\n  a: { kind: internet }\nelements:\n  a: { kind: agent }\n';
    const [problem] = readModel(parseDocument(text), catalogue, { today }).problems;
    const span = problem?.related?.[0]?.span;
    assert.deepEqual(span, { start: text.indexOf('a: { kind: internet'), end: text.indexOf('a: { kind: internet') + 1 });
  });
});
