import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import Mocha from 'mocha';
import { bundleSuite } from './bundleSuite.ts';
import { desktopVSCode } from './desktop.ts';
import { runExtensionTests } from './extensionTests.ts';
import { installHost } from './installHost.ts';

/**
 * The extension in a real VS Code. Needs dist/.
 * 1. The suite, in the extension host of a desktop VS Code or else of the offline host.
 * 2. The package, and the packaged extension used as a person does (where the offline host runs).
 */
const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'threatwright-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const suiteOk = await runSuite();
const hostRuns = process.platform === 'linux' && process.arch === 'x64';
if (!hostRuns) console.log('The tests of the packaged extension need the offline host, which runs on Linux x64 only: left out.');
const packageOk = !hostRuns || (await runPackageTests());
process.exit(suiteOk && packageOk ? 0 : 1);

async function runSuite(): Promise<boolean> {
  const desktop = await desktopVSCode();
  const folder = path.join(scratch, 'workspace');
  cpSync(path.join(here, 'workspace'), folder, { recursive: true });
  const result = path.join(scratch, 'result.json');
  const extensionTestsPath = await bundleSuite();
  const env = { THREATWRIGHT_TEST_RESULT: result };
  if (desktop === undefined) {
    installHost();
    await runExtensionTests({ extensionDevelopmentPath: root, extensionTestsPath, folder, env });
  } else {
    const launchArgs = [folder, '--disable-extensions', '--disable-workspace-trust'];
    // A failure is in the result file too, or there is none, which counts as a failure below.
    await runTests({
      vscodeExecutablePath: desktop,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      launchArgs,
      extensionTestsEnv: env,
    }).catch(console.error);
  }
  const stats = existsSync(result) ? (JSON.parse(readFileSync(result, 'utf8')) as { passes: number; failures: number }) : undefined;
  if (stats === undefined) console.error('The suite did not come to its end.');
  return stats !== undefined && stats.failures === 0 && stats.passes > 0;
}

async function runPackageTests(): Promise<boolean> {
  installHost();
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, forbidOnly: true });
  for (const name of readdirSync(here).sort()) if (name.endsWith('.test.ts')) mocha.addFile(path.join(here, name));
  await mocha.loadFilesAsync();
  return (await new Promise<number>((resolve) => mocha.run(resolve))) === 0;
}
