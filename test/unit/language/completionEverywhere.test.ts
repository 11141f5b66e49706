import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completionsAt } from '../../../server/src/language/completion.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits, parseDocument, type SyntaxDocument } from '../../../server/src/syntax/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readSamples } from '../../tools/samples.ts';
import { TODAY } from './fixture.ts';

const catalogue = readCatalogue();
const samples = readSamples();

function errors({ problems }: SyntaxDocument): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

/** What is written at an offset and what would be, when the author takes each of some offers. */
function check(snapshot: Snapshot, offset: number, take: number): void {
  const offers = completionsAt(snapshot, offset);
  const labels = offers.map(({ label }) => label);
  assert.equal(new Set(labels).size, labels.length, `an offer is made twice at ${offset}`);
  const before = errors(snapshot.syntax);
  const step = Math.max(1, Math.ceil(offers.length / take));
  for (const offer of offers.filter((_, at) => at % step === 0)) {
    const text = applyEdits(snapshot.text, [...(offer.margin ? [offer.margin] : []), { span: offer.span, text: offer.insert }]);
    const after = parseDocument(text, snapshot.syntax);
    const line = text.slice(text.lastIndexOf('\n', text.lastIndexOf('\n', offset - 1) - 1) + 1, offset + 60);
    assert.ok(
      errors(after) <= before,
      `"${offer.insert}" at ${offset} makes: ${after.problems.map(({ message }) => message).join(' ')}\n${line}`,
    );
    const doubled = after.problems.filter(({ code }) => code === 'duplicate-key').length;
    const known = snapshot.syntax.problems.filter(({ code }) => code === 'duplicate-key').length;
    assert.ok(doubled <= known, `"${offer.insert}" at ${offset} is there already\n${line}`);
  }
}

describe('completion everywhere', () => {
  it('offers nothing that is there already or cannot stand there, at every position of every sample', function () {
    this.timeout(120_000);
    for (const { text } of samples) {
      const snapshot = takeSnapshot(text, catalogue, TODAY);
      for (let offset = 0; offset <= text.length; offset++) check(snapshot, offset, offset % 7 === 0 ? 3 : 0);
    }
  });

  it('says something or nothing, and never fails, at every position of samples that are cut', function () {
    this.timeout(120_000);
    const cut = fc.tuple(fc.nat(samples.length - 1), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40)).map(([at, where, length]) => {
      const text = samples[at]?.text ?? '';
      const start = Math.floor(where * text.length);
      return { text: text.slice(0, start) + text.slice(start + length), start };
    });
    fc.assert(
      fc.property(cut, ({ text, start }) => {
        const snapshot = takeSnapshot(text, catalogue, TODAY);
        for (let offset = Math.max(0, start - 120); offset <= Math.min(text.length, start + 120); offset++) check(snapshot, offset, 2);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});
