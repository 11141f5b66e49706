import { isMainThread } from 'node:worker_threads';
import { main } from './cli/main.ts';
import type { Output } from './cli/surroundings.ts';
import { installationOf } from './cli/installation.ts';
import { plain } from './report/index.ts';
import { today } from './today.ts';

/** The command line as a Node program. Exits when all that was written has been read, with the code that `main` returns. */
for (const stream of [process.stdout, process.stderr]) {
  // Whoever reads may stop early (`| head`): then there is nobody to tell.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const { env, argv, stdout, stderr } = process;
const output: Output = {
  write: (text) => stdout.write(text),
  // Names of files are text from strangers too.
  error: (text) => stderr.write(text.split('\n').map(plain).join('\n')),
  bug: (error) => {
    const what = error instanceof Error ? error.message : String(error);
    stderr.write(`threatwright: an error of the program itself: ${plain(what)}. Please report it with the model that shows it`);
    stderr.write(env['THREATWRIGHT_DEBUG'] === '1' ? `.\n${(error as Error).stack ?? ''}\n` : '; THREATWRIGHT_DEBUG=1 shows more.\n');
  },
  color: stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  ...(stdout.isTTY && { columns: stdout.columns }),
  ...(stderr.isTTY && env['TERM'] !== 'dumb' && { progress: (text: string) => void stderr.write(text) }),
};
const installation = installationOf(argv[1] ?? '.');

// One of the threads that check many models.
if (!isMainThread) void import('./cli/pool.ts').then(({ runPoolWorker }) => runPoolWorker(installation));
else
  void main(argv.slice(2), installation, output, today()).then((code) => {
    process.exitCode = code;
  });
