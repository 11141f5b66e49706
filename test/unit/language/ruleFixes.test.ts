import assert from 'node:assert/strict';
import { readSources } from '../../../server/catalogue/build.ts';
import { isOpen } from '../../../server/src/analysis/index.ts';
import { clearingsOf } from '../../../server/src/language/actions/clearing.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { TODAY } from './fixture.ts';

const sources = await readSources();

describe('every rule of the catalogue', () => {
  for (const { data: rule } of sources.rules) {
    if (rule.text.status === 'draft') continue;
    it(`has a quick fix in its bad example: ${rule.id}`, () => {
      const catalogue = readCatalogue();
      for (const { kind, model } of [...(rule.examples ?? []), ...(rule.variants ?? [])]) {
        if (kind !== 'bad') continue;
        const snapshot = takeSnapshot(model, catalogue, TODAY);
        const found = snapshot.findings.filter((finding) => finding.rule === rule.id && isOpen(finding.state));
        assert.ok(found.length > 0, 'the bad example has no finding');
        for (const finding of found) {
          const fixes = clearingsOf(snapshot, finding);
          assert.ok(fixes.length > 0, `nothing is offered at ${finding.subject}`);
          for (const { edits, title } of fixes) {
            const after = takeSnapshot(applyEdits(model, edits), catalogue, TODAY);
            const left = after.findings.filter(({ fingerprint, state }) => fingerprint === finding.fingerprint && isOpen(state));
            assert.deepEqual(left, [], title);
          }
        }
      }
    });
  }
});
