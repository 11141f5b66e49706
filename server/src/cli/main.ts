import type { Catalogue } from '../catalogue/catalogue.ts';
import { HELP, readCall, UsageError } from './args.ts';
import { check } from './check.ts';

export interface Output {
  write(text: string): void;
  error(text: string): void;
  /** Standard output is a terminal that shows colours. */
  readonly color: boolean;
}

export interface Installation {
  readonly version: string;
  catalogue(): Catalogue;
  /** Reads a file that is shipped beside the program. */
  asset(name: string): Uint8Array;
}

/** Runs one call of the command line and returns its exit code. Never throws for what a user may do. */
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
        return check(call, installation.catalogue(), installation.version, output);
      case 'draw': {
        const { draw } = await import('./draw.ts');
        return await draw(call, installation, output);
      }
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.error(`threatwright: ${error.message}\nTry threatwright --help.\n`);
    return 2;
  }
}
