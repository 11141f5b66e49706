import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isModelFile, SKIPPED_FOLDERS } from './model/index.ts';
import { LARGEST_FILE, type ModelFiles } from './lsp/runtime.ts';

const MOST_FOLDERS = 100_000;

/** The models on the disk. Links are not followed: they may lead out of the folder, or round in it. */
export const nodeFiles = {
  async list(folder, most) {
    if (!folder.startsWith('file:')) return { files: [], complete: true };
    const files: string[] = [];
    const open: { readonly name: string; readonly uri: string }[] = [{ name: fileURLToPath(folder), uri: folder.replace(/\/+$/, '') }];
    let seen = 0;
    for (let next = open.shift(); next; next = open.shift()) {
      if (++seen > MOST_FOLDERS) return { files, complete: false };
      for (const entry of await entriesOf(next.name)) {
        const uri = `${next.uri}/${encodeURIComponent(entry.name)}`;
        if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) open.push({ name: path.join(next.name, entry.name), uri });
        if (!entry.isFile() || !isModelFile(entry.name)) continue;
        if (files.length >= most) return { files, complete: false };
        files.push(uri);
      }
    }
    return { files, complete: true };
  },

  async read(uri) {
    try {
      const name = fileURLToPath(uri);
      if ((await stat(name)).size > LARGEST_FILE) return { refusal: 'too-large' };
      // Editors do not count the mark as a part of the text.
      return { text: (await readFile(name, 'utf8')).replace(/^\uFEFF/, '') };
    } catch (error) {
      return { refusal: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'not-found' : 'unreadable' };
    }
  },

  async real(uri) {
    try {
      return pathToFileURL(await realpath(fileURLToPath(uri))).href;
    } catch {
      return undefined;
    }
  },
} satisfies ModelFiles;

async function entriesOf(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // It went away meanwhile, or nobody may look into it.
    return [];
  }
}
