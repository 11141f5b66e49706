/** What a call of `threatwright check` takes from its start to its end, beside what it can be compared with. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cachesIn, median, table, timed } from './measure.ts';
import { generateModel } from './models.ts';
import type { PeerProgram } from './peers/install.ts';
import { likec4Model } from './peers/likec4Model.ts';

const PROGRAM = 'dist/cli.cjs';
const SIZES = [50, 500, 5000];
const CALLS = 7;

/** What LikeC4 is called with, and `node`: what runs it. */
export interface Likec4 extends PeerProgram {
  readonly node: string;
}

/** One model in one call, in turn with the others, so that all have the same of a noisy machine. */
export async function coldChecks(likec4?: Likec4): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'threatwright-bench-'));
  const kept = cachesIn(folder);
  const call = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> =>
    timed(() => {
      const { status, error } = spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
      if (error) throw error;
      if (status === 2) throw new Error(`${program} ${args.join(' ')} says that the call is wrong`);
    });
  const rows: string[][] = [];
  for (const size of SIZES) {
    const text = generateModel('local', size);
    const file = path.join(folder, `${size}.threatmodel.yaml`);
    writeFileSync(file, text);
    const check = [PROGRAM, 'check', file];
    await call(process.execPath, check, kept);
    const runs: Record<string, () => Promise<number>> = {
      nothing: () => call(process.execPath, ['-e', '0']),
      check: () => call(process.execPath, check, kept),
      first: () => call(process.execPath, check, { ...kept, NODE_DISABLE_COMPILE_CACHE: '1' }),
      json: () => call(process.execPath, [...check, '--format', 'json'], kept),
    };
    if (likec4) {
      const project = path.join(folder, `likec4-${size}`);
      mkdirSync(project);
      writeFileSync(path.join(project, 'model.c4'), likec4Model(text));
      runs['itsNothing'] = () => call(likec4.node, ['-e', '0']);
      runs['validate'] = () => call(likec4.program, [...likec4.args, 'validate', '--no-layout', project]);
    }
    const times = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
    for (let at = 0; at < CALLS; at++) for (const [name, run] of Object.entries(runs)) times.get(name)!.push(await run());
    rows.push([String(size), (text.length / 1000).toFixed(0), ...[...times.values()].map(shown)]);
  }
  rmSync(folder, { recursive: true });
  const ours = ['elements', 'KB', '`node -e 0`', '`check`', 'without kept code', 'as JSON'];
  return table(likec4 ? [...ours, "`node -e 0` of LikeC4's Node", `${likec4.title} \`validate --no-layout\``] : ours, rows);
}

function shown(times: readonly number[]): string {
  return `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)})`;
}

/** One call for a thousand models: the program uses every core. Seconds. */
export async function manyModels(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'threatwright-bench-'));
  const text = generateModel('local', 50);
  for (let at = 0; at < 1000; at++)
    writeFileSync(path.join(folder, `${at}.threatmodel.yaml`), text.replace(/^title:.*$/m, `title: model ${at}`));
  const rows: string[][] = [];
  for (const format of ['text', 'json', 'sarif']) {
    const args = [PROGRAM, 'check', '--format', format, folder];
    const times: number[] = [];
    for (let at = 0; at < 3; at++) times.push(await timed(() => void spawnSync(process.execPath, args, { stdio: 'ignore' })));
    rows.push([format, (median(times) / 1000).toFixed(1), (Math.min(...times) / 1000).toFixed(1)]);
  }
  rmSync(folder, { recursive: true });
  return table(['format', 'median', 'best'], rows);
}
