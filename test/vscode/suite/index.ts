import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code, desktop or offline host, in the extension host. The counts reach the runner through a file. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, forbidOnly: true });
  for (const file of readdirSync(__dirname)) if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const { THREATWRIGHT_TEST_RESULT: result } = process.env;
    if (result !== undefined) runner.on('end', () => writeFileSync(result, JSON.stringify(runner.stats)));
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
