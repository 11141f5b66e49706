import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runWithCodeCache } from './codeCache.ts';
import { optimiseLater } from './optimiseLater.ts';

/** The language server that editors start: runs `server-main.cjs` with the code that an earlier one has left. */
const [, file = '.'] = process.argv;
// First: V8 takes code only from a call with the same options. In Electron they are not ours to set.
if (!process.versions['electron']) {
  optimiseLater(16);
  // Old garbage is collected when it takes twice what is in use: it may be four times, and that is a lot of memory beside a
  // large model; sooner, it would be every twenty keystrokes, each of which then takes twice its time.
  setFlagsFromString('--heap-growing-percent=200');
  // For `Runtime.collect`.
  setFlagsFromString('--expose-gc');
  // New values stay in 2 MB, which is collected often and at once, and do not take 32.
  setFlagsFromString('--semi-space-growth-factor=1');
}
runWithCodeCache(join(dirname(realpathSync(file)), 'server-main.cjs'), true);
