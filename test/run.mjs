// Everything that must hold, in one command: `npm test`. Plain Node, because it also installs what the rest needs.
// With arguments, only the steps whose names contain one of them: `npm test -- unit lint`.
import { spawn } from 'node:child_process';
import { ensureInstalled } from './tools/install.mjs';

const npx = ['--no-install'];
const mocha = (folder) => ['npx', [...npx, 'mocha', '--spec', `test/${folder}/**/*.test.ts`]];

/** name → command; the first are cheap and fail early. */
const steps = [
  ['build', 'node', ['esbuild.mjs', '--minify']],
  ['types', 'npx', [...npx, 'tsc', '-b']],
  ['lint', 'npx', [...npx, 'eslint', '.', '--max-warnings', '0']],
  ['format', 'npx', [...npx, 'prettier', '--check', '.', '--log-level', 'warn']],
  ['unit', ...mocha('unit')],
  ['lsp', ...mocha('lsp')],
  ['cli', ...mocha('cli')],
  ['webview', ...mocha('webview')],
  ['vscode', 'npx', [...npx, 'tsx', 'test/vscode/runTest.ts']],
];

await ensureInstalled();
const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const [name, command, args] of steps) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
  console.log(`\n== ${name}`);
  const began = Date.now();
  const { code, output } = await run(command, args);
  // A step that runs tests counts its tests; any other step is one check.
  const passing = sum(output, /^\s*(\d+) passing\b/gm);
  const failing = sum(output, /^\s*(\d+) failing\b/gm);
  passed += passing > 0 || failing > 0 ? passing : code === 0 ? 1 : 0;
  failed += failing > 0 ? failing : code === 0 ? 0 : 1;
  console.log(`== ${name}: ${code === 0 ? 'ok' : `FAILED (exit code ${code})`} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function sum(text, pattern) {
  return [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
}
