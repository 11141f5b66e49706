import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/**
 * Runs a file of the program, a module of the kind that has `require`, with what V8 compiled of it in an earlier
 * call: that saves a third of the time of a short call. What is kept lies in the user's own folder for such things, is used
 * only when it is whole, of this very file and of nobody else, and is never needed: whatever is wrong with it costs time and
 * nothing more. `keep`: this call is one to keep the code of, if there is none; that of the last few programs is.
 * NODE_DISABLE_COMPILE_CACHE=1 is obeyed.
 */
export function runWithCodeCache(file: string, keep: boolean): void {
  const source = readFileSync(file);
  const isOff = process.env['NODE_DISABLE_COMPILE_CACHE'] === '1';
  const kept = isOff ? undefined : readKept(source);
  const script = new Script(Module.wrap(source.toString()), { filename: file, ...(kept && { cachedData: kept }) });
  if (keep && !isOff && (!kept || script.cachedDataRejected)) process.once('exit', () => write(source, script.createCachedData()));
  const module = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file));
}

/** Before the code: its checksum. */
const HEAD = 4;
/** So many files are kept: the versions of the program and of Node that somebody works with at the same time. */
const MOST = 4;
const ENDING = '.code';

function readKept(source: Buffer): Buffer | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(keptFile(source), 'r');
    const { uid, mode } = fstatSync(opened);
    // Code that another user could have written is not run: think of `sudo`.
    if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
    const all = readFileSync(opened);
    const code = all.subarray(HEAD);
    return all.readUInt32LE(0) === crc32(code) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Other calls see the file before or the file after, and never half of one. */
function write(source: Buffer, code: Buffer): void {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(crc32(code), 0);
  try {
    const file = keptFile(source);
    const half = `${file}.${process.pid}`;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(half, Buffer.concat([head, code]), { mode: 0o600 });
    renameSync(half, file);
    removeOldest(path.dirname(file));
  } catch {
    // A full disk, a home that cannot be written: the next call takes as long as this one.
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => path.join(folder, name));
  const ages = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
  files.sort((a, b) => (ages.get(b) ?? 0) - (ages.get(a) ?? 0));
  for (const file of files.slice(MOST)) rmSync(file, { force: true });
}

/** One for each program and version of Node, so that those of two versions do not take each other's place. */
function keptFile(source: Buffer): string {
  const { platform, env, version, arch } = process;
  const folder =
    platform === 'darwin'
      ? path.join(homedir(), 'Library/Caches')
      : platform === 'win32'
        ? (env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData/Local'))
        : (env['XDG_CACHE_HOME'] ?? '') || path.join(homedir(), '.cache');
  return path.join(folder, 'threatwright', `${version}-${arch}-${crc32(source).toString(16)}${ENDING}`);
}
