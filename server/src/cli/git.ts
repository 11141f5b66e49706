import { execFile } from 'node:child_process';
import path from 'node:path';
import { reason } from './models.ts';

const LARGEST = 64 * 1024 * 1024;

/**
 * What git answers in a folder, or what it complains of. No shell, and no program that the repository names is run.
 */
export function git(args: readonly string[], folder: string): Promise<{ readonly bytes: Buffer } | { readonly error: string }> {
  const options = { cwd: folder, encoding: 'buffer', maxBuffer: LARGEST, windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile('git', ['-c', 'core.fsmonitor=false', ...args], options, (error, stdout, stderr) => {
      if (!error) return resolve({ bytes: stdout });
      const said = stderr.toString().trim().split('\n')[0] ?? '';
      resolve({ error: said === '' ? reason(error) : said.replace(/^fatal: /, '') });
    });
  });
}

/** A file as it was in a revision of the repository that it is in, or a sentence that says why not. */
export async function fileAtRevision(file: string, revision: string): Promise<{ readonly bytes: Buffer } | { readonly error: string }> {
  if (revision === '' || revision.startsWith('-')) return { error: `"${revision}" is no revision.` };
  const { dir, base } = path.parse(path.resolve(file));
  const answer = await git(['cat-file', 'blob', `${revision}:./${base}`], dir);
  return 'error' in answer ? { error: `${base} cannot be read in revision ${revision}: ${answer.error}.` } : answer;
}
