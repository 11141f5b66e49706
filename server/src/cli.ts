import { realpathSync } from 'node:fs';
import path from 'node:path';
import { runWithCodeCache } from './codeCache.ts';

/** The command line that users call: runs `program.cjs` beside it. Its code is kept of the call that is made most often. */
const [, file = '.', command] = process.argv;
runWithCodeCache(path.join(path.dirname(realpathSync(file)), 'program.cjs'), command === 'check');
