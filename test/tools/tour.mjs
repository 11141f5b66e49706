// The last part of `npm start`: the main job on the sample models, as a user would call it.
import { spawnSync } from 'node:child_process';

const threatwright = (...args) => spawnSync(process.execPath, ['dist/cli.cjs', ...args], { stdio: 'inherit' }).status ?? 2;

const checked = threatwright('check', 'samples', '--fail-on', 'none');
const drawn = threatwright('draw', 'samples', '-o', 'out');
const drawnDark = threatwright(
  'draw',
  'samples/agent-with-tools.before.threatmodel.yaml',
  '-o',
  'out/agent-with-tools.before.png',
  '--theme',
  'dark',
);
if (checked !== 0 || drawn !== 0 || drawnDark !== 0) process.exit(1);

console.log(`
The findings are above, the pictures are in out/ (open out/agent-with-tools.before.svg in a browser).

Next:
  npm run editor                              opens the samples in VS Code; where there is none, in an offline host with a URL
  npm run -s threatwright -- check samples    the command line
  npm test                                    everything that must hold
`);
