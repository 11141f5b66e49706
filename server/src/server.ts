import { realpathSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runWithCodeCache } from './codeCache.ts';
import { optimiseLater } from './optimiseLater.ts';

/** The language server that editors start: runs `server-main.cjs` with the code that an earlier one has left. */
const [, file = '.'] = process.argv;
// First: V8 takes code only from a call with the same options. In Electron they are not ours to set.
if (!process.versions['electron']) {
  optimiseLater(16);
  // What a version of a large model leaves behind is worth as much as the model: collected when it is, and not at four
  // times that, it takes a third of the memory less and the author's thread no longer.
  setFlagsFromString('--heap-growing-percent=90');
  // New values stay in 2 MB, which is collected often and at once, and do not take 32.
  setFlagsFromString('--semi-space-growth-factor=1');
}
runWithCodeCache(path.join(path.dirname(realpathSync(file)), 'server-main.cjs'), true);
