/**
 * The tools that benchmarks compare with, and that read what we write: other people's programs, which the project does not depend on. Each is installed
 * once, at the version that is named here, into a folder that git ignores; `npm` must reach a registry for that.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PEERS = {
  likec4: ['likec4@1.59.4'],
  'yaml-language-server': ['yaml-language-server@2.0.0'],
  // Both ask for a newer Node than ours.
  node22: [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@22.23.3`],
  'sarif-multitool': [`@microsoft/sarif-multitool-${process.platform}@5.7.0`],
  'sarif-viewer': ['@microsoft/sarif-web-component@0.6.0-29', 'react@16.14.0', 'react-dom@16.14.0'],
} as const;
type Peer = keyof typeof PEERS;

/** What can be run: a program and the first of its arguments. */
export interface PeerProgram {
  readonly program: string;
  readonly args: readonly string[];
  /** Name and version, for tables. */
  readonly title: string;
}

/** LikeC4's command line, on a Node that it accepts: `lsp --stdio`, `validate --no-layout FOLDER`. */
export function likec4(): PeerProgram {
  const [name, folder] = [PEERS.likec4[0], installed('likec4')];
  const bin = path.join(folder, 'node_modules/likec4/bin/likec4.mjs');
  return { program: newerNode(), args: [bin], title: titleOf(name) };
}

/** The YAML language server, to be given `--stdio`. */
export function yamlLanguageServer(): PeerProgram {
  const [name, folder] = [PEERS['yaml-language-server'][0], installed('yaml-language-server')];
  const bin = path.join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');
  return { program: newerNode(), args: [bin], title: titleOf(name) };
}

/** The Node that runs the peers; its `node -e 0` is what they cannot be faster than. */
export function newerNode(): string {
  const name = PEERS.node22[0].replace(/@.*/, '');
  return path.join(installed('node22'), 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
}

/** Microsoft's validator of SARIF, to be given `validate FILE`. */
export function sarifMultitool(): PeerProgram {
  const name = PEERS['sarif-multitool'][0];
  const folder = path.join(installed('sarif-multitool'), 'node_modules', name.replace(/@[^@]*$/, ''));
  const program = path.join(folder, process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool');
  chmodSync(program, 0o755);
  return { program, args: [], title: titleOf(name) };
}

/** The folder whose `node_modules` has Microsoft's SARIF viewer, a component of React. */
export function sarifViewer(): string {
  return installed('sarif-viewer');
}

/** The folder of a peer; installs it when it is not there, or there in another version. Throws what npm says. */
function installed(peer: Peer): string {
  const folder = path.resolve('.cache/peers', peer);
  const done = path.join(folder, `${PEERS[peer].join(' ').replaceAll('/', '_')}.installed`);
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  console.error(`Installing ${PEERS[peer].join(', ')} into ${folder} …`);
  const args = ['install', ...QUIET, ...PEERS[peer]];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  writeFileSync(done, '');
  return folder;
}

/** No script of a package runs: none of these needs one. */
const QUIET = ['--no-audit', '--no-fund', '--no-package-lock', '--save-exact', '--ignore-scripts', '--loglevel=error'];

function titleOf(name: string): string {
  return name.replace(/@(?=[^@]*$)/, ' ');
}
