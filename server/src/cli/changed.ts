import { realpathSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './arguments.ts';
import { git } from './git.ts';
import { readInput, type Listed } from './models.ts';
import type { Packs } from './packs.ts';
import { filesUsedBy, Snapshots } from './snapshots.ts';
import type { Output } from './surroundings.ts';

/**
 * The files that differ from where the present work left a revision: committed, changed and new ones, and those that are
 * gone, by their absolute names. Throws a usage error when git cannot say.
 */
async function changedSince(revision: string, folder: string): Promise<ReadonlySet<string>> {
  if (revision === '' || revision.startsWith('-')) throw new UsageError(`--changed-since: "${revision}" is no revision.`);
  const ask = async (args: readonly string[]): Promise<string> => {
    const answer = await git(args, folder);
    if ('error' in answer) throw new UsageError(`--changed-since ${revision}: ${answer.error}.`);
    return answer.bytes.toString();
  };
  const root = (await ask(['rev-parse', '--show-toplevel'])).trimEnd();
  const commit = (await ask(['rev-parse', '--verify', `${revision}^{commit}`])).trim();
  // In a clone that is not deep enough nothing is common: then the revision itself is compared.
  const common = await git(['merge-base', commit, 'HEAD'], folder);
  const base = 'error' in common ? commit : common.bytes.toString().trim();
  const [changed, added] = await Promise.all([
    ask(['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules', base, '--']),
    ask(['ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', ':/']),
  ]);
  const names = [...changed.split('\0'), ...added.split('\0')].filter((name) => name !== '');
  return new Set(names.map((name) => path.join(root, name)));
}

/** Whether a model, or what it uses, or the rules that hold for it, is among files that have changed. */
export function isConcerned(
  file: string,
  uses: () => ReadonlySet<string>,
  pack: string | undefined,
  changed: ReadonlySet<string>,
): boolean {
  if (changed.has(file)) return true;
  if (pack !== undefined && [...changed].some((name) => name.startsWith(pack + path.sep))) return true;
  return [...uses()].some((name) => changed.has(name));
}

/** What a change since a revision concerns, and what cannot be read, which must be told. Throws like `changedSince`. */
export async function onlyConcerned(
  listed: readonly Listed[],
  revision: string,
  packs: Packs,
  today: string,
  output: Output,
): Promise<readonly Listed[]> {
  const first = listed.find((it) => !('error' in it) && it.path !== '-');
  const changed = await changedSince(revision, first ? path.dirname(first.path) : '.');
  const onBug = (_: string, error: unknown): void => output.bug(error);
  const snapshots = new Snapshots(packs, today, onBug);
  const kept: Listed[] = [];
  for (const it of listed) {
    const input = 'error' in it || it.path === '-' ? undefined : await readInput(it);
    const isKept =
      input === undefined ||
      'error' in input ||
      isConcerned(
        realpathSync.native(it.path),
        () => filesUsedBy(realpathSync.native(it.path), snapshots.of(input, onBug)),
        packs.around(path.dirname(it.path))?.folder,
        changed,
      );
    if (isKept) kept.push(it);
  }
  return kept;
}
