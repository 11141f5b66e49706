import assert from 'node:assert/strict';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { LspClient } from '../tools/lspClient.ts';
import { ARM_MODEL, ARM_RULE, GOOD_PACK } from '../tools/packs.ts';

const FOLDER = 'vscode-vfs://github/example/plant%20one';
const MODEL = `${FOLDER}/line/arm.threatmodel.yaml`;
const OTHER = `${FOLDER}/other.threatmodel.yaml`;
const RULE = `${FOLDER}/.threatwright/${ARM_RULE}`;
const PLATFORM = `threatmodel: 1
elements:
  gateway: { kind: api-gateway }
`;
const USER = `threatmodel: 1
use:
  platform: ../platform.threatmodel.yaml
  ghost: ../ghost.threatmodel.yaml
elements:
  caller: { kind: human-user }
flows:
  call: { from: caller, to: platform.gateway }
`;

/** A virtual workspace: nothing is on a disk, and everything is read through the editor. */
describe('the language server in a workspace that only the editor can read', () => {
  let client: LspClient;
  let stored: Map<string, string>;

  beforeEach(() => {
    stored = new Map(Object.entries(GOOD_PACK).map(([name, text]) => [`${FOLDER}/.threatwright/${name}`, text]));
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.equal(await client.stop(), 0);
  });

  const start = async (packs: boolean): Promise<void> => {
    client = await LspClient.start({ folders: [FOLDER], stored, initializationOptions: { packs } });
  };
  const codesOf = ({ diagnostics }: PublishDiagnosticsParams): unknown[] => diagnostics.map(({ code }) => code);
  const toldOf = (uri: string, fits: (codes: unknown[]) => boolean, from = 0): Promise<PublishDiagnosticsParams> =>
    client.until(() => client.published.slice(from).find((told) => told.uri === uri && fits(codesOf(told))));
  const changed = (uri: string): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });

  it("finds what an organisation's own rules miss, and looks again when they change or go", async () => {
    await start(true);
    await client.open(MODEL, ARM_MODEL);
    await toldOf(MODEL, (codes) => codes.includes('arm-without-stop') && !codes.includes('unknown-kind'));
    const before = client.published.length;
    stored.set(`${FOLDER}/.threatwright/config.yaml`, 'rules:\n  arm-without-stop: { off: true, reason: Toys. }\n');
    await changed(`${FOLDER}/.threatwright/config.yaml`);
    await toldOf(MODEL, (codes) => !codes.includes('arm-without-stop') && !codes.includes('unknown-kind'), before);
    for (const uri of [...stored.keys()]) stored.delete(uri);
    await changed(`${FOLDER}/.threatwright`);
    await toldOf(MODEL, (codes) => codes.includes('unknown-kind'), before);
  });

  it('tells what is wrong in them', async () => {
    stored.set(RULE, GOOD_PACK[ARM_RULE]!.replace('severity: high', 'severity: banana'));
    await start(true);
    const told = await toldOf(RULE, (codes) => codes.length > 0);
    assert.deepEqual(codesOf(told), ['unknown-value']);
  });

  it('does not read them before somebody trusts the workspace', async () => {
    await start(false);
    await client.open(MODEL, ARM_MODEL);
    const told = await client.told(MODEL);
    assert.ok(told.some(({ code }) => code === 'unknown-kind'));
    assert.deepEqual(new Set(client.published.map(({ uri }) => uri)), new Set([MODEL]));
  });

  it('checks models that are not open, and reads what models use', async () => {
    stored = new Map([
      [OTHER, ARM_MODEL],
      [`${FOLDER}/platform.threatmodel.yaml`, PLATFORM],
    ]);
    await start(true);
    await toldOf(OTHER, (codes) => codes.includes('unknown-kind'));
    await client.open(MODEL, USER);
    const told = await toldOf(MODEL, (codes) => codes.length > 0);
    const errors = told.diagnostics.filter(({ severity }) => severity === 1).map(({ message }) => message);
    assert.deepEqual(errors, ['There is no file "../ghost.threatmodel.yaml": paths count from the folder of this file.']);
  });
});
