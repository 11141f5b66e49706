import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticsOf } from '../../../server/src/language/diagnostics.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { toDiagnostic } from '../../../server/src/lsp/convert.ts';
import { thingsLookedAt } from '../../../server/src/model/read.ts';
import { EDITS } from '../../bench/typing.ts';
import { generateModel } from '../../bench/models.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

const catalogue = readCatalogue();

/** What is typed, besides what the benchmark types, and what it may cost: [chunks parsed, things looked at in the model, components evaluated, elements evaluated]. */
const COSTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  title: [1, 1, 1, 10],
  kind: [1, 1, 1, 10],
  'end of a flow': [1, 1, 1, 10],
  boundary: [1, 626, 2, 20],
  'a flow without its end': [1, 1, 1, 10],
  'a line above': [1, 1, 0, 0],
  'a title of the model': [1, 0, 0, 0],
};
const MORE = [
  { name: 'a flow without its end', from: 'kind: tool-call }', to: 'kind: tool-call' },
  { name: 'a line above', from: 'elements:\n', to: '# a remark\nelements:\n' },
  { name: 'a title of the model', from: 'title: Generated model', to: 'title: Model' },
];

/** Bytes of a notification of diagnostics, of which at most 500 are sent. */
const MOST_BYTES = { 500: 650_000, 5000: 700_000 };

/** Bytes that are sent after an edit to a client that is told. */
function published(snapshot: Snapshot): number {
  const text = TextDocument.create('file:///a.threatmodel.yaml', 'threatmodel', 1, snapshot.text);
  const diagnostics = diagnosticsOf(snapshot).map((diagnostic) => toDiagnostic(text, diagnostic, true));
  assert(diagnostics.length <= 500);
  return Buffer.byteLength(JSON.stringify({ uri: text.uri, version: 1, diagnostics }));
}

for (const size of [500, 5000] as const) {
  describe(`the work of one edit in a model of ${size} elements`, () => {
    let start: Snapshot;
    before(() => {
      start = takeSnapshot(generateModel('local', size), catalogue, TODAY);
      assert.equal(start.analysis.work.elements, size);
    });

    it('is known for all recorded edits', () => {
      assert.deepEqual(
        [...EDITS, ...MORE].map(({ name }) => name),
        Object.keys(COSTS),
      );
    });

    for (const { name, from, to } of [...EDITS, ...MORE]) {
      it(`does not grow: ${name}`, () => {
        const text = start.text.replace(from, to);
        assert.notEqual(text, start.text);
        const after = takeSnapshot(text, catalogue, TODAY, start);
        const { work } = after.analysis;
        const cost = [after.syntax.work.parsed, thingsLookedAt(after.model), work.evaluated, work.elements];
        assert(
          cost.every((count, at) => count <= COSTS[name]![at]!),
          `${cost.join(', ')} instead of ${COSTS[name]!.join(', ')} chunks, things, components, elements`,
        );
        assert.equal(after.syntax.work.whole, false);
        const bytes = published(after);
        assert(bytes <= MOST_BYTES[size], `${bytes} bytes published`);
      });
    }
  });
}
