import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { analyseText } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

/** A finding that a careful reviewer wants, or one that would be a false alarm. */
interface Expectation {
  readonly rule: string;
  /** Subject of the finding; any when left out. */
  readonly at?: string;
  readonly why: string;
}

interface Expected {
  readonly must: readonly Expectation[];
  readonly mustNot: readonly Expectation[];
}

const FOLDER = new URL('../../fixtures/blind/', import.meta.url);
const MODEL = '.threatmodel.yaml';
const catalogue = readCatalogue();
const models = readdirSync(FOLDER)
  .filter((file) => file.endsWith(MODEL))
  .map((file) => {
    const name = file.slice(0, -MODEL.length);
    const expected = parse(readFileSync(new URL(`${name}.expected.yaml`, FOLDER), 'utf8')) as Expected;
    return { name, expected, ...analyseText(readFileSync(new URL(file, FOLDER), 'utf8'), catalogue) };
  });

/** Models by somebody who knew the format, the kinds, the controls and the titles of the rules, but not what rules look for. */
describe('models drawn blind', () => {
  it('are eight', () => assert.equal(models.length, 8));

  for (const { name, expected, findings, problems, model } of models) {
    describe(name, () => {
      const found = ({ rule, at }: Expectation): string[] =>
        findings
          .filter((finding) => finding.state !== 'not-applicable' && (finding.rule === rule || finding.also.includes(rule)))
          .filter(({ subject }) => at === undefined || subject === at)
          .map(({ subject, message }) => `${subject}: ${message}`);

      it('is a file without mistakes', () => {
        assert.deepEqual(
          [...model.problems, ...problems].filter(({ severity }) => severity === 'error'),
          [],
        );
      });

      it('expects rules and places that exist', () => {
        for (const { rule, at } of [...expected.must, ...expected.mustNot]) {
          assert.ok(catalogue.rules.has(rule), rule);
          assert.ok(at === undefined || model.elements.has(at) || model.flows.has(at), `${rule} at ${at ?? ''}`);
        }
      });

      for (const expectation of expected.must) {
        it(`finds ${expectation.rule}`, () => assert.notDeepEqual(found(expectation), [], expectation.why));
      }
      for (const expectation of expected.mustNot) {
        const { rule, at } = expectation;
        it(`is silent about ${rule}${at === undefined ? '' : ` at ${at}`}`, () =>
          assert.deepEqual(found(expectation), [], expectation.why));
      }
    });
  }
});
