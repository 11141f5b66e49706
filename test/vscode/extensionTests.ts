import util from 'node:util';
import { remoteUri, startHost } from './vscodeHost.ts';

export interface ExtensionTests {
  readonly extensionDevelopmentPath: string;
  /** A CommonJS file that exports `run()`. */
  readonly extensionTestsPath: string;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Like `runTests` of @vscode/test-electron, in the offline host: runs the suite in its Node extension host, answers the exit code. */
export async function runExtensionTests(tests: ExtensionTests): Promise<number> {
  const host = await startHost({ testDriver: true, ...(tests.env === undefined ? {} : { env: tests.env }) });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The suite gave no result in 5 minutes.')), 300_000);
      const payload = [
        ['extensionDevelopmentPath', remoteUri(host.authority, tests.extensionDevelopmentPath)],
        ['extensionTestsPath', remoteUri(host.authority, tests.extensionTestsPath)],
        ['skipWelcome', 'true'],
      ] as const;
      host
        .openPage({
          folder: tests.folder,
          payload,
          async beforeLoad(page) {
            page.on('crash', () => reject(new Error('The workbench page crashed.')));
            // Called by the workbench: the console of the extension host, so mocha's report, and the end of the run.
            await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => print(util.format(...args)));
            await page.exposeFunction('codeAutomationExit', resolve);
          },
        })
        .catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await host.stop();
  }
}

/** What the workbench says on every start, without any meaning for the extension. VSCODE_HOST_VERBOSE=1 shows it. */
const noise =
  /^(Resolv|Creating a socket|\[reconnection|Ignoring fetching|Updating additional|\[AgentHost|\[AccountPolicy|\[Service Worker\]|\[DefaultAccount|\[chat-|Timed out waiting for authentication|Creation of workbench|Error: Trying to add a disposable|ChatSessionStore|Started |Completed )/;

function print(line: string): void {
  if (process.env['VSCODE_HOST_VERBOSE'] === '1' || !noise.test(line)) console.log(line);
}
