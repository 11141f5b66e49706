import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PackBase } from '../catalogue/pack/extend.ts';
import { HELP, readCall, UsageError } from './args.ts';
import { check } from './check.ts';

export interface Output {
  write(text: string): void;
  error(text: string): void;
  /** Tells of an error of the program itself, and how to report it. */
  bug(error: unknown): void;
  /** Standard output is a terminal that shows colours. */
  readonly color: boolean;
}

/** What is shipped beside the program; read when it is first asked for. */
export interface Installation {
  readonly version: string;
  catalogue(): Catalogue;
  /** What an organisation's own rules are added to. */
  packBase(): PackBase;
  /** What images are made with: the rasteriser and the fonts. */
  images(): { readonly wasm: Uint8Array; readonly fonts: readonly Uint8Array[] };
}

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
