import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Finding } from '../../../server/src/analysis/index.ts';
import { analyseText, rulesFound } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readSamples, type ExpectedFinding } from '../../tools/samples.ts';

const NOISE = new URL('../../fixtures/samples/noise.json', import.meta.url);
/** More than this nobody reads. */
const OVERWHELMING = 45;

const catalogue = readCatalogue();
const samples = readSamples().map((sample) => ({ ...sample, ...analyseText(sample.text, catalogue) }));

/** The samples teach what is missing where: what they raise was written down by hand, with reasons, before the engine ran. */
describe('samples', () => {
  for (const { name, model, findings, problems, expected } of samples) {
    describe(name, () => {
      it('is a file without mistakes', () => {
        const mistakes = [...model.problems, ...problems].filter(({ severity }) => severity === 'error' || severity === 'warning');
        assert.deepEqual(mistakes, []);
      });

      it('has the expected findings and no others', () => {
        assert.deepEqual(findings.map(found).sort(), expected.map(wanted).sort());
      });

      it('says why each finding is wanted', () => {
        for (const { rule, at, why } of expected) assert.match(why, /^.{15,}\.$/, `${rule} at ${at}`);
      });

      if (name.endsWith('.after')) {
        it('leaves nothing that nobody has decided on', () => {
          for (const { rule, state } of findings) assert.ok(['accepted', 'planned', 'not-applicable'].includes(state), `${rule} is ${state}`);
        });

        it('is what became of a model before', () => {
          const before = samples.find((sample) => sample.name === name.replace(/after$/, 'before'));
          assert.ok(before, 'there is one');
          assert.equal(model.title, before.model.title);
          for (const id of before.model.elements.keys()) assert.ok(model.elements.has(id), `element ${id} is still there`);
        });
      } else {
        it('can be read in one sitting', () => {
          assert.ok(findings.length <= OVERWHELMING, `${findings.length} findings`);
        });
      }
    });
  }

  it('raise rules of every category and of every stage of the life cycle', () => {
    const raised = samples.filter(({ name }) => name.endsWith('.before')).flatMap(({ findings }) => [...rulesFound(findings)]);
    const rules = raised.flatMap((id) => catalogue.rules.get(id) ?? []);
    const stages = rules.flatMap(({ id }) => catalogue.standings.get(id)?.stages ?? []);
    assert.deepEqual(new Set(rules.map(({ category }) => category)), new Set([...catalogue.rules.values()].map(({ category }) => category)));
    assert.deepEqual(new Set(stages), new Set(catalogue.stages.keys()));
    assert.equal(catalogue.stages.size, 6);
  });

  it('are as noisy as they were (UPDATE_GOLDEN=1 writes the new numbers)', () => {
    const noise = Object.fromEntries(samples.map(({ name, findings }) => [name, countBySubject(findings)]));
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(NOISE, `${JSON.stringify(noise, undefined, 2)}\n`);
    assert.deepEqual(noise, JSON.parse(readFileSync(NOISE, 'utf8')));
  });
});

function found({ rule, subject, state, also }: Finding): string {
  return line(rule, subject, state, also);
}

function wanted({ rule, at, state = 'open', also = [] }: ExpectedFinding): string {
  return line(rule, at, state, also);
}

function line(rule: string, at: string, state: string, also: readonly string[]): string {
  return `${rule} at ${at} (${state})${also.length > 0 ? ` also ${[...also].sort().join(', ')}` : ''}`;
}

/** Subject → number of its findings, the noisiest first; all findings under `total`. */
function countBySubject(findings: readonly Finding[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { subject } of findings) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return Object.fromEntries([['total', findings.length], ...sorted]);
}
