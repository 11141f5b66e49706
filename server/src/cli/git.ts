import { execFile } from 'node:child_process';
import path from 'node:path';
import { reason } from './models.ts';

const LARGEST = 64 * 1024 * 1024;

/**
 * A file as it was in a revision of the repository that it is in, or a sentence that says why not. No shell, and nothing
 * of the repository is run: the stored bytes are read.
 */
export function fileAtRevision(file: string, revision: string): Promise<{ readonly bytes: Buffer } | { readonly error: string }> {
  if (revision === '' || revision.startsWith('-')) return Promise.resolve({ error: `"${revision}" is no revision.` });
  const { dir, base } = path.parse(path.resolve(file));
  const args = ['cat-file', 'blob', `${revision}:./${base}`];
  return new Promise((resolve) => {
    execFile('git', args, { cwd: dir, encoding: 'buffer', maxBuffer: LARGEST, windowsHide: true }, (error, stdout, stderr) => {
      if (!error) return resolve({ bytes: stdout });
      const said = stderr.toString().trim().split('\n')[0] ?? '';
      resolve({ error: `${base} cannot be read in revision ${revision}: ${said === '' ? reason(error) : said.replace(/^fatal: /, '')}.` });
    });
  });
}
