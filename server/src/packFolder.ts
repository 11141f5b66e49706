import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { PackText } from './catalogue/pack/files.ts';

/** The folder of an organisation's own rules. */
export const PACK_FOLDER = '.threatwright';

const LARGEST = 8 * 1024 * 1024;

/**
 * The folder of rules that holds for the files of a folder: in it or in the nearest folder around it. The search ends at
 * `root`; without one, at the root of the repository or of the disk.
 */
export function findPackFolder(folder: string, root?: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const candidate = path.join(at, PACK_FOLDER);
    if (isFolder(candidate)) return candidate;
    const end = root === undefined ? exists(path.join(at, '.git')) : path.resolve(root) === at;
    if (end || path.dirname(at) === at) return undefined;
  }
}

/** The YAML files of such a folder. Links are not followed: they may lead out of it. Never throws. */
export function readPackFolder(folder: string): PackText[] {
  return filesBelow(folder, '').map((name) => {
    try {
      const file = path.join(folder, name);
      if (statSync(file).size > LARGEST) return { name, text: '', unread: 'it is larger than 8 MiB' };
      return { name, text: readFileSync(file, 'utf8') };
    } catch (error) {
      return { name, text: '', unread: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
  });
}

function filesBelow(folder: string, below: string): string[] {
  try {
    return readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(folder, name);
      return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [name] : [];
    });
  } catch {
    // It went away meanwhile, or nobody may look into it: there are no rules then.
    return [];
  }
}

function isFolder(name: string): boolean {
  return lstatSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function exists(name: string): boolean {
  return lstatSync(name, { throwIfNoEntry: false }) !== undefined;
}
