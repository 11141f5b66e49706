import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/**
 * Runs a file of the program, a module of the kind that has `require`, and the parts that it asks for, with what V8 compiled
 * of them in an earlier call: that saves a third of the time of a short call. What is kept lies in the user's own folder for
 * such things, is used only when it is whole, of this very file and of nobody else, and is never needed: whatever is wrong
 * with it costs time and nothing more. `keep`: this call is one to keep the code of, where there is none; that of the last
 * few programs is. NODE_DISABLE_COMPILE_CACHE=1 is obeyed.
 */
export function runWithCodeCache(file: string, keep: boolean): void {
  const text = readFileSync(file);
  const isOff = process.env['NODE_DISABLE_COMPILE_CACHE'] === '1';
  const kept: KeptCode = (isOff ? undefined : readKept(text)) ?? new Map<string, Buffer>();
  const scripts = new Map<string, Script>();
  const modules = new Map<string, { readonly exports: unknown }>();
  const folder = dirname(file);
  const load = (name: string, source: string): unknown => {
    const filename = join(folder, name);
    const cachedData = kept.get(name);
    const script = new Script(Module.wrap(source.replace(/^#!/, '//')), { filename, ...(cachedData && { cachedData }) });
    if (script.cachedDataRejected !== false) scripts.set(name, script);
    const module = { exports: {} };
    modules.set(name, module);
    const others = createRequire(filename);
    const require = (asked: string): unknown => {
      const part = PART.exec(asked)?.[1];
      if (part === undefined) return others(asked);
      return modules.get(part)?.exports ?? load(part, readFileSync(join(folder, part), 'utf8'));
    };
    const run = script.runInThisContext() as (...given: unknown[]) => void;
    run.call(module.exports, module.exports, require, module, filename, folder);
    return module.exports;
  };
  if (keep && !isOff) {
    process.once('exit', () => {
      if (scripts.size > 0)
        write(text, new Map([...kept, ...[...scripts].map(([name, script]) => [name, script.createCachedData()] as const)]));
    });
  }
  load(basename(file), text.toString());
}

/** What V8 compiled of each file of a program. */
type KeptCode = ReadonlyMap<string, Buffer>;

/** A file that bears a hash of its text in its name: the program, which names it, says which one it is. */
const PART = /^\.\/([\w-]+-[0-9A-Z]{8}\.cjs)$/;

/** Before the code: its checksum. */
const HEAD = 4;
/** So many files are kept: the versions of the program and of Node that somebody works with at the same time. */
const MOST = 4;
const ENDING = '.code';

function readKept(source: Buffer): KeptCode | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(keptFile(source), 'r');
    const { uid, mode } = fstatSync(opened);
    // Code that another user could have written is not run: think of `sudo`.
    if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
    const all = readFileSync(opened);
    const code = all.subarray(HEAD);
    return all.readUInt32LE(0) === crc32(code) ? (deserialize(code) as KeptCode) : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Other calls see the file before or the file after, and never half of one. */
function write(source: Buffer, kept: KeptCode): void {
  try {
    const code = serialize(kept);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(crc32(code), 0);
    const file = keptFile(source);
    const half = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(half, Buffer.concat([head, code]), { mode: 0o600 });
    renameSync(half, file);
    removeOldest(dirname(file));
  } catch {
    // A full disk, a home that cannot be written: the next call takes as long as this one.
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => join(folder, name));
  const ages = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
  files.sort((a, b) => (ages.get(b) ?? 0) - (ages.get(a) ?? 0));
  for (const file of files.slice(MOST)) rmSync(file, { force: true });
}

/** One for each program and version of Node, so that those of two versions do not take each other's place. */
function keptFile(source: Buffer): string {
  const { platform, env, version, arch } = process;
  const folder =
    platform === 'darwin'
      ? join(homedir(), 'Library/Caches')
      : platform === 'win32'
        ? (env['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'))
        : (env['XDG_CACHE_HOME'] ?? '') || join(homedir(), '.cache');
  return join(folder, 'threatwright', `${version}-${arch}-${crc32(source).toString(16)}${ENDING}`);
}
