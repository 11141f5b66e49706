import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { UseAccess } from './language/usedFiles.ts';
import { PACK_FOLDER } from './packFolder.ts';

const LARGEST = 8 * 1024 * 1024;

/**
 * Files that models use, on the disk. A path counts from the folder of the file it is written in, and where it really leads,
 * with all links followed, must be inside the folder that `rootOf` gives for that file. What was read is kept.
 */
export function diskAccess(rootOf: (file: string) => string, decode: (bytes: Uint8Array) => string): UseAccess {
  const found = new Map<string, ReturnType<UseAccess['find']>>();
  const read = new Map<string, ReturnType<UseAccess['read']>>();
  return {
    find(from, written) {
      const target = path.resolve(path.dirname(from), written);
      const key = `${from}\n${target}`;
      let result = found.get(key);
      if (!result) found.set(key, (result = locate(target, rootOf(from))));
      return result;
    },
    read(file) {
      let result = read.get(file);
      if (!result) read.set(file, (result = readText(file, decode)));
      return result;
    },
  };
}

function locate(target: string, root: string): ReturnType<UseAccess['find']> {
  // Of what is outside, not even whether it is there is told.
  if (!isInside(target, path.resolve(root))) return { refusal: 'outside' };
  try {
    const file = realpathSync.native(target);
    if (!isInside(file, realpathSync.native(root))) return { refusal: 'outside' };
    return statSync(file).isFile() ? { file } : { refusal: 'not-found' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { refusal: code === 'ENOENT' || code === 'ENOTDIR' ? 'not-found' : 'unreadable' };
  }
}

function readText(file: string, decode: (bytes: Uint8Array) => string): ReturnType<UseAccess['read']> {
  try {
    return statSync(file).size > LARGEST ? { refusal: 'too-large' } : { text: decode(readFileSync(file)) };
  } catch {
    return { refusal: 'unreadable' };
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/**
 * The folder that paths in a file may not leave, where no editor says what the workspace is: the repository; else the folder
 * that has rules of its own; else the working folder, when the file is in it; else the file's own folder.
 */
export function rootAround(file: string, workingFolder: string): string {
  const own = path.dirname(path.resolve(file));
  for (const mark of ['.git', PACK_FOLDER]) {
    for (let at = own; ; at = path.dirname(at)) {
      if (lstatSync(path.join(at, mark), { throwIfNoEntry: false })) return at;
      if (path.dirname(at) === at) break;
    }
  }
  return isInside(own, workingFolder) ? workingFolder : own;
}
