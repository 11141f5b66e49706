import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
let built: string | undefined;

/** Packages dist/ as it is into out/threatwright.vsix, once in a run; answers the file. */
export function buildVsix(): string {
  if (built !== undefined) return built;
  const vsce = path.join(path.dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');
  const file = path.join(root, 'out/threatwright.vsix');
  mkdirSync(path.dirname(file), { recursive: true });
  execFileSync(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file],
    {
      cwd: root,
      stdio: 'pipe',
    },
  );
  built = file;
  return file;
}
