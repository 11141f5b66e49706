import { HELP, readCall, UsageError } from './args.ts';
import { check } from './check.ts';
import type { Installation, Output } from './surroundings.ts';

/** Runs one call of the command line and returns its exit code. Never rejects. */
export async function main(args: readonly string[], installation: Installation, output: Output, today: string): Promise<number> {
  try {
    const call = readCall(args, today);
    switch (call.command) {
      case 'help':
        output.write(HELP);
        return 0;
      case 'version':
        output.write(`${installation.version}\n`);
        return 0;
      case 'check':
        return await check(call, installation, output);
      case 'rules': {
        const { listRules } = await import('./rules.ts');
        return listRules(call, installation, output);
      }
      case 'test-rules': {
        const { testRules } = await import('./testRules.ts');
        return testRules(call, installation, output);
      }
      case 'explain': {
        const { explain } = await import('./explain.ts');
        return explain(call, installation, output);
      }
      case 'draw': {
        const { draw } = await import('./draw.ts');
        return await draw(call, installation, output);
      }
    }
  } catch (error) {
    if (error instanceof UsageError) output.error(`threatwright: ${error.message}\nTry threatwright --help.\n`);
    else output.bug(error);
    return 2;
  }
}
