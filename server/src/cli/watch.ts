import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { PACK_FOLDER } from '../packFolder.ts';
import { isModelFile, SKIPPED_FOLDERS } from '../model/index.ts';
import { isPattern, readPattern } from './patterns.ts';

/** Several events come with one change of a file, and a switch of branches changes many. */
const SETTLED = 120;

/**
 * Calls `run` once, and again after each change of models and rules, with the names of what has changed (absolute). `run` says
 * which folders matter beside those that `paths` name. Ends when the user interrupts.
 */
export async function watchModels(
  paths: readonly string[],
  run: (changed: ReadonlySet<string>) => Promise<ReadonlySet<string>>,
): Promise<void> {
  const watched = new Watched();
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  let isOver = false;
  void interrupted.then(() => (isOver = true));
  const roots = paths.map(rootOf);
  let others: ReadonlySet<string> = new Set();
  let changed: ReadonlySet<string> = new Set();
  while (!isOver) {
    // Before the run: what changes while it works is not missed.
    watched.follow([...roots.flatMap(foldersBelow), ...others]);
    others = await run(changed);
    watched.follow([...roots.flatMap(foldersBelow), ...others]);
    const next = await Promise.race([watched.next(), interrupted]);
    if (!next) break;
    changed = next;
  }
  watched.close();
}

function rootOf(given: string): string {
  const found = statSync(given, { throwIfNoEntry: false });
  if (!found && isPattern(given)) return path.resolve(readPattern(given.split(path.sep).join('/')).root);
  return path.resolve(found?.isDirectory() === true ? given : path.dirname(given));
}

/** A folder and all below, to watch each alone: a watch of all below would also be one of every package installed there. */
export function foldersBelow(folder: string): string[] {
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory() && !SKIPPED_FOLDERS.has(it.name));
    return [folder, ...inner.flatMap(({ name }) => foldersBelow(path.join(folder, name)))];
  } catch {
    // It went away meanwhile.
    return [];
  }
}

class Watched {
  private readonly watchers = new Map<string, FSWatcher>();
  private changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private tell: ((changed: ReadonlySet<string>) => void) | undefined;

  follow(folders: readonly string[]): void {
    const wanted = new Set(folders);
    for (const [folder, watcher] of this.watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.watchers.delete(folder);
    }
    for (const folder of wanted) if (!this.watchers.has(folder)) this.open(folder);
  }

  /** What has changed since it was last asked, when that has settled. */
  next(): Promise<ReadonlySet<string>> {
    return new Promise((resolve) => {
      this.tell = resolve;
      if (this.changed.size > 0) this.soon();
    });
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
  }

  private open(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        if (name !== null && !concerns(folder, name)) return;
        this.changed.add(path.join(folder, name ?? ''));
        this.soon();
      });
      // A folder that goes away is seen from the one around it.
      watcher.on('error', () => watcher.close());
      this.watchers.set(folder, watcher);
    } catch {
      // There is no such folder any more.
    }
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { tell, changed } = this;
      if (!tell) return;
      this.tell = undefined;
      this.changed = new Set();
      tell(changed);
    }, SETTLED);
  }
}

/** Models, rules, and folders, which may have brought some. */
function concerns(folder: string, name: string): boolean {
  return isModelFile(name) || path.extname(name) === '' || folder.split(path.sep).includes(PACK_FOLDER);
}
