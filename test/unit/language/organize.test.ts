import assert from 'node:assert/strict';
import { organized } from '../../../server/src/language/organize.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';
import { readSamples } from '../../tools/samples.ts';

const catalogue = readCatalogue();

function organize(text: string): string {
  return applyEdits(text, organized(takeSnapshot(text, catalogue, TODAY)));
}

const FILES: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'sections in the order of the documentation, with their comments and the empty lines where they are',
    '# The whole file.\n\nthreatmodel: 1\n\nflows:\n  x: { from: a, to: b } # why\n\n# Elements.\nelements:\n  a: { kind: agent }\n  b: { kind: model }\n# The end.\n',
    '# The whole file.\n\nthreatmodel: 1\n\n# Elements.\nelements:\n  a: { kind: agent }\n  b: { kind: model }\n\nflows:\n  x: { from: a, to: b } # why\n# The end.\n',
  ],
  [
    'inner boundaries behind outer ones, elements by boundary',
    'threatmodel: 1\nboundaries:\n  in: { kind: network-zone, in: out }\n  out: { kind: organization }\nelements:\n  # of b\n  b:\n    kind: agent # inside\n    in: in\n    # last\n  a: { kind: agent, in: out }\n  c: { kind: agent }\n',
    'threatmodel: 1\nboundaries:\n  out: { kind: organization }\n  in: { kind: network-zone, in: out }\nelements:\n  c: { kind: agent }\n  a: { kind: agent, in: out }\n  # of b\n  b:\n    kind: agent # inside\n    in: in\n    # last\n',
  ],
  [
    'flows by the element that they come from, in a file without a last line end',
    'threatmodel: 1\nelements:\n  a: { kind: agent }\n  b: { kind: model }\nflows:\n  y: { from: b, to: a }\n  x: { from: a, to: b }\n  z: { from: b, to: a }',
    'threatmodel: 1\nelements:\n  a: { kind: agent }\n  b: { kind: model }\nflows:\n  x: { from: a, to: b }\n  y: { from: b, to: a }\n  z: { from: b, to: a }\n',
  ],
  [
    'nothing in braces',
    'threatmodel: 1\nflows: { x: { from: b, to: a }, y: { from: a, to: b } }\nboundaries: {}\n',
    'threatmodel: 1\nboundaries: {}\nflows: { x: { from: b, to: a }, y: { from: a, to: b } }\n',
  ],
  [
    'nothing where an alias stands behind its anchor',
    'flows:\n  x: &x { from: a, to: b }\n  y: *x\nthreatmodel: 1\n',
    'flows:\n  x: &x { from: a, to: b }\n  y: *x\nthreatmodel: 1\n',
  ],
  ['nothing in broken text', 'flows:\n  x: { from: a\nthreatmodel: 1\n', 'flows:\n  x: { from: a\nthreatmodel: 1\n'],
  ['lines that end in two characters', 'flows:\r\n  x: {}\r\n\r\nthreatmodel: 1\r\n', 'threatmodel: 1\r\n\r\nflows:\r\n  x: {}\r\n'],
];

describe('a file that is put in order', () => {
  for (const [name, before, after] of FILES) {
    it(`has ${name}`, () => {
      assert.equal(organize(before), after);
      assert.equal(organize(after), after);
    });
  }

  it('says the same as before, has all its lines, and is put in order once, in every sample and example', () => {
    const examples = readRuleExamples().flatMap(({ examples: all }) => all.map(({ model }) => model));
    const sortedLines = (text: string): string[] => text.split('\n').sort();
    let changed = 0;
    for (const text of [...readSamples().map((sample) => sample.text), ...examples]) {
      const after = organize(text);
      if (after === text) continue;
      changed++;
      assert.deepEqual(sortedLines(after), sortedLines(text));
      assert.equal(organize(after), after);
      const told = (of: string): string[] =>
        takeSnapshot(of, catalogue, TODAY)
          .findings.map(({ rule }) => rule)
          .sort();
      assert.deepEqual(told(after), told(text));
    }
    assert.ok(changed > 20, `${changed} changed`);
  });
});
