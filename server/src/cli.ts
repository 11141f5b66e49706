import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runWithCodeCache } from './codeCache.ts';
import { optimiseLater } from './optimiseLater.ts';

/** The command line that users call: runs `program.cjs` beside it. Its code is kept of the call that is made most often. */
const [, file = '.', command] = process.argv;
// First: V8 takes code only from a call with the same options.
optimiseLater(8);
runWithCodeCache(join(dirname(realpathSync(file)), 'program.cjs'), command === 'check');
