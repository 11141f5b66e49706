import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { Finding } from '../../../server/src/analysis/index.ts';
import { analyseText } from '../../tools/analyseText.ts';

const FOLDER = new URL('../../fixtures/quiet/', import.meta.url);
const BARE = new URL('bare.json', FOLDER);
const MODEL = '.threatmodel.yaml';
const models = readdirSync(FOLDER)
  .filter((file) => file.endsWith(MODEL))
  .map((file) => ({ name: file.slice(0, -MODEL.length), text: readFileSync(new URL(file, FOLDER), 'utf8') }));

/** Systems that are built well, drawn by somebody careful: whatever is found in them is noise. */
describe('well-built models', () => {
  for (const { name, text } of models) {
    it(`have no findings and no mistakes: ${name}`, () => {
      const { model, findings, problems } = analyseText(text);
      const mistakes = [...model.problems, ...problems].filter(({ severity }) => severity === 'error' || severity === 'warning');
      assert.deepEqual(
        mistakes.map(({ message }) => message),
        [],
      );
      assert.deepEqual(
        findings.map(({ message }) => message),
        [],
      );
    });
  }

  it('are silent because of their controls: without them, this is found (UPDATE_GOLDEN=1 writes it)', () => {
    const bare = Object.fromEntries(models.map(({ name, text }) => [name, grave(analyseText(withoutControls(text)).findings)]));
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(BARE, `${JSON.stringify(bare, undefined, 2)}\n`);
    assert.deepEqual(bare, JSON.parse(readFileSync(BARE, 'utf8')));
  });
});

function withoutControls(text: string): string {
  return stringify(parse(text, (key, value: unknown) => (key === 'controls' ? undefined : value)));
}

function grave(findings: readonly Finding[]): string[] {
  const worst = findings.filter(({ severity }) => severity === 'critical' || severity === 'high');
  return worst.flatMap(({ rule, also, subject }) => [rule, ...also].map((id) => `${id} at ${subject}`)).sort();
}
