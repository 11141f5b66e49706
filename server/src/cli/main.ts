import { UsageError } from './arguments.ts';
import { findCommand, HELP } from './commands.ts';
import type { Installation, Output } from './surroundings.ts';

/** Runs one call of the command line and returns its exit code. Never rejects. */
export async function main(args: readonly string[], installation: Installation, output: Output, today: string): Promise<number> {
  try {
    if (args.length === 0 || args.includes('--help') || args.includes('-h') || args[0] === 'help') {
      output.write(HELP);
      return 0;
    }
    if (args[0] === '--version' || args[0] === 'version') {
      output.write(`${installation.version}\n`);
      return 0;
    }
    const { command, rest } = findCommand(args);
    return await command.run(rest, { installation, output, today });
  } catch (error) {
    if (error instanceof UsageError) output.error(`threatwright: ${error.message}\nTry threatwright --help.\n`);
    else output.bug(error);
    return 2;
  }
}
