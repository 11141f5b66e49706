import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';

const example = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');

describe('threatwright report', function () {
  this.timeout(60_000);
  let program: Program;
  let folder: string;
  const run = (...args: string[]): Promise<Run> => program.run(['report', ...args], { cwd: folder });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  before(async () => {
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, { 'a.threatmodel.yaml': example, 'b/b.threatmodel.yaml': 'threatmodel: 1\ntitle: Second\n', file: 'in the way' });
  });
  after(() => {
    program.close();
    rmSync(folder, { recursive: true });
  });

  it('writes all formats at once, the same bytes each time', async () => {
    const outputs = ['r.html', 'r.md', 'r.csv', 'R.Controls.CSV'];
    const { code, out, err } = await run('.', ...outputs.flatMap((name) => ['-o', name]), '--date', '2026-11-22');
    assert.deepEqual([code, out, err], [0, `${outputs.join('\n')}\n`, '']);
    assert.match(read('r.html'), /^<!DOCTYPE html>[\s\S]*<svg[\s\S]*Contoso support agent[\s\S]*Second[\s\S]*<\/html>\n$/);
    assert.match(read('r.md'), /^# Threat models\n[\s\S]*\n## Contoso support agent\n/);
    assert.match(read('r.csv'), /^\ufeffModel,File,Line,Severity/);
    assert.match(read('R.Controls.CSV'), /^\ufeffModel,File,Pillar/);
    const before = outputs.map(read);
    await run('.', ...outputs.flatMap((name) => ['-o', `again/${name}`]), '--date', '2026-11-22');
    assert.deepEqual(
      outputs.map((name) => read(`again/${name}`)),
      before,
    );
  });

  for (const [title, args, said] of [
    ['no model is named', ['-o', 'x.html'], /Which models are to be reported/],
    ['no output is named', ['a.threatmodel.yaml'], /Where to\?/],
    ['the ending is unknown', ['a.threatmodel.yaml', '-o', 'x.docx'], /A report ends with \.html, \.md/],
    ['the file cannot be written', ['a.threatmodel.yaml', '-o', 'file/x.md'], /file\/x\.md cannot be written/],
    ['there is no such model', ['gone.threatmodel.yaml', '-o', 'x.md'], /gone\.threatmodel\.yaml cannot be read/],
  ] as const) {
    it(`exits with 2 when ${title}`, async () => {
      const { code, err } = await run(...args);
      assert.equal(code, 2);
      assert.match(err, said);
    });
  }
});
