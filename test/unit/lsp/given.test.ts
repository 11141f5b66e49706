import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticsOf } from '../../../server/src/language/diagnostics.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { toDiagnostic } from '../../../server/src/lsp/convert.ts';
import { GivenDiagnostics } from '../../../server/src/lsp/givenDiagnostics.ts';
import { generateModel } from '../../bench/models.ts';
import { EDITS } from '../../bench/typing.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { Random } from '../hostile/mutate.ts';

const catalogue = readCatalogue();
const uri = 'file:///a.threatmodel.yaml';

const MORE = [
  { name: 'a line above', from: 'elements:\n', to: '# a remark\nelements:\n' },
  { name: 'a line fewer', from: 'owner: bench@contoso.example\n', to: '' },
  { name: 'other line ends', from: 'title: Generated model\nowner', to: 'title: Generated model\r\nowner' },
  { name: 'a finding less', from: 'title: agent number 2,', to: 'title: agent number 2, controls: [agent-unique-identity],' },
];

describe('diagnostics that were given before', () => {
  const text = generateModel('local', 100);
  /** The diagnostics of two versions, one given after the other, beside those of the second alone. */
  function giveTwice(changed: string) {
    const documentOf = (its: string): TextDocument => TextDocument.create(uri, 'threatmodel', 1, its);
    const snapshot = takeSnapshot(text, catalogue, TODAY);
    const given = new GivenDiagnostics(true, (file) => file);
    const before = given.give(documentOf(text), diagnosticsOf(snapshot));
    const after = given.give(documentOf(changed), diagnosticsOf(takeSnapshot(changed, catalogue, TODAY, snapshot)));
    const alone = diagnosticsOf(takeSnapshot(changed, catalogue, TODAY)).map((it) => toDiagnostic(documentOf(changed), it, true));
    return { before, after, alone };
  }

  for (const { name, from, to } of [...EDITS, ...MORE]) {
    it(`are the same as from scratch: ${name}`, () => {
      const changed = text.replace(from, to);
      assert.notEqual(changed, text);
      const { after, alone } = giveTwice(changed);
      assert.deepEqual(after, alone);
    });
  }

  it('are the same as from scratch after any edits, one after the other', () => {
    const given = new GivenDiagnostics(true, (file) => file);
    const random = new Random(7);
    let [changed, snapshot]: [string, Snapshot | undefined] = [text, undefined];
    for (let step = 0; step < 40; step++) {
      const document = TextDocument.create(uri, 'threatmodel', step, changed);
      snapshot = takeSnapshot(changed, catalogue, TODAY, snapshot);
      const alone = diagnosticsOf(takeSnapshot(changed, catalogue, TODAY)).map((it) => toDiagnostic(document, it, true));
      assert.deepEqual(given.give(document, diagnosticsOf(snapshot)), alone, `step ${step}`);
      // A line twice, no longer, or with something put into it; now and then several of them at once.
      const lines = changed.split('\n');
      for (let edits = random.below(3); edits >= 0; edits--) {
        const at = random.below(lines.length);
        const line = lines[at]!;
        const cut = random.below(line.length + 1);
        const spoiled = `${line.slice(0, cut)}x${line.slice(cut)}`;
        const others = [[line, `  # ${line}`], [], [spoiled], [`${line}\r`], [line.replace('kind: tool', 'kind: agent')]];
        lines.splice(at, 1, ...random.one(others));
      }
      changed = lines.join('\n');
    }
  });

  it('are the same objects, but for the few that an edit changes', () => {
    const { before, after } = giveTwice(text.replace('title: agent number 2,', 'title: Xagent number 2,'));
    const kept = after.filter((it) => before.includes(it));
    assert(kept.length > 100, `${kept.length} of ${after.length}`);
    assert(after.length - kept.length < 40, `${after.length - kept.length} of ${after.length} are new`);
  });
});
