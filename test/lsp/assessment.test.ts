import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { temporaryFolder, writeFiles } from '../tools/cli.ts';
import { readCatalogue } from '../tools/catalogue.ts';
import { LspClient } from '../tools/lspClient.ts';

const TESTS = 'ms-zt-assessment-tests';
const catalogue = readCatalogue();
const base = 'threatmodel: 1\ntitle: Shop\nelements:\n  bot: { kind: agent, title: Helper }\n';

/** A control that the assessment has tests of. */
function tested(of: (id: string) => boolean): { readonly control: string; readonly tests: readonly string[] } {
  const found = [...catalogue.controls.values()].find(({ id, mappings }) => (mappings[TESTS]?.length ?? 0) > 0 && of(id));
  assert.ok(found);
  return { control: found.id, tests: found.mappings[TESTS] ?? [] };
}

function reportOf(tests: readonly string[], status: string): string {
  return JSON.stringify({ Tests: tests.map((TestId) => ({ TestId, TestTitle: 'T', TestStatus: status })), EndOfJson: 'EndOfJson' });
}

describe('the language server with a report of a Zero Trust Assessment', function () {
  this.timeout(60_000);
  let client: LspClient;
  let folder: string;
  let warnings: string[];
  beforeEach(() => {
    folder = temporaryFolder();
    warnings = [];
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  const uri = (): string => pathToFileURL(path.join(folder, 'shop.threatmodel.yaml')).href;
  const start = async (report: string, packs = true): Promise<void> => {
    client = await LspClient.start({
      folders: [pathToFileURL(folder).href],
      initializationOptions: { packs },
      settings: { assessment: { report } },
    });
    client.connection.onNotification('window/showMessage', ({ message }: { message: string }) => void warnings.push(message));
  };
  /** The diagnostics once one of them is, or none is, of the assessment. */
  const diagnostics = (has: (all: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> =>
    client.until(() => [...client.published].reverse().find((told) => told.uri === uri() && has(told.diagnostics))?.diagnostics);
  const textOf = ({ message }: Pick<Diagnostic, 'message'>): string => (typeof message === 'string' ? message : message.value);
  const isOfIt = ({ code }: Diagnostic): boolean => String(code).startsWith('assessment-');

  it('shows a control that is stated but failed, and follows the file', async () => {
    const { control, tests } = tested(() => true);
    writeFiles(folder, { 'evidence/zt.json': reportOf(tests, 'Failed') });
    await start('evidence/zt.json');
    await client.open(uri(), `${base}controls: [${control}]\n`);
    const found = (await diagnostics((all) => all.some(isOfIt))).filter(isOfIt);
    assert.deepEqual(
      found.map(({ code, range }) => [code, client.slice(uri(), range)]),
      [['assessment-saw-failing', control]],
    );
    writeFiles(folder, { 'evidence/zt.json': reportOf(tests, 'Passed') });
    client.published.length = 0;
    const changes = [{ uri: pathToFileURL(path.join(folder, 'evidence/zt.json')).href, type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await diagnostics((all) => !all.some(isOfIt));
  });

  it('adds a control that it saw passing and that an open finding asks for', async () => {
    const ids = [...catalogue.controls.values()].flatMap(({ mappings }) => mappings[TESTS] ?? []);
    writeFiles(folder, { 'zt.json': reportOf(ids, 'Passed') });
    await start('zt.json');
    await client.open(uri(), base);
    const [omitted] = (await diagnostics((all) => all.some(isOfIt))).filter(isOfIt);
    assert.ok(omitted);
    assert.equal(omitted.code, 'assessment-saw-passing');
    const control = /\(([a-z-]+)\), and the/.exec(textOf(omitted))?.[1] ?? '';
    const title = `Add control "${catalogue.controls.get(control)?.title}" to `;
    const fix = (await client.fixes(uri(), omitted)).find(
      (action) => action.title.startsWith(title) && action.diagnostics?.[0]?.code === omitted.code,
    );
    assert.ok(fix, title);
    await client.apply(uri(), fix);
    assert.ok(client.text(uri()).getText().includes(control));
    const after = await client.told(uri());
    assert.ok(!after.some(({ code, message }) => code === omitted.code && textOf({ message }).includes(`(${control})`)));
  });

  it('changes absent to in-place', async () => {
    const { control, tests } = tested(() => true);
    writeFiles(folder, { 'zt.json': reportOf(tests, 'Passed') });
    await start('zt.json');
    await client.open(uri(), `${base}controls: { ${control}: absent }\n`);
    const [absent] = (await diagnostics((all) => all.some(isOfIt))).filter(isOfIt);
    const fix = (await client.fixes(uri(), absent!)).find(({ title }) => title === 'Change to "in-place"');
    assert.ok(fix);
    await client.apply(uri(), fix);
    assert.match(client.text(uri()).getText(), new RegExp(`${control}: in-place`));
  });

  it('reads nothing in a workspace that is not trusted', async () => {
    const { control, tests } = tested(() => true);
    writeFiles(folder, { 'zt.json': reportOf(tests, 'Failed') });
    await start('zt.json', false);
    await client.open(uri(), `${base}controls: [${control}]\n`);
    assert.ok(!(await client.told(uri())).some(isOfIt));
    assert.deepEqual(warnings, []);
  });

  for (const [title, name, content, said] of [
    ['that is not there', 'gone.json', undefined, /gone\.json\. There is no such file/],
    ['outside the workspace', '../zt.json', undefined, /Name a file by its path below a folder/],
    ['by an absolute path', '/etc/passwd', undefined, /Name a file by its path below a folder/],
    ['by an address', 'file:///etc/passwd', undefined, /Name a file by its path below a folder/],
    ['by a link that leads out', 'link.json', 'link', /There is no such file/],
    ['that is cut off', 'zt.json', '{ "Tests": [', /It ends in the middle/],
    ['that is something else', 'zt.json', '{}', /no list of tests/],
  ] as const) {
    it(`says so of a report ${title}`, async () => {
      if (content === 'link') symlinkSync('/etc/hostname', path.join(folder, name));
      else if (content !== undefined) writeFiles(folder, { [name]: content });
      await start('');
      const told = new Promise<void>((resolve) => {
        client.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
          warnings.push(message);
          resolve();
        });
      });
      await client.configure({ assessment: { report: name } });
      await told;
      assert.match(warnings[0] ?? '', said);
    });
  }
});
