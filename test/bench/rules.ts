import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import { table } from './measure.ts';
import { SHAPES } from './models.ts';
import type { RulesMeasured } from './rulesOnce.ts';

const PROGRAM = '.cache/bench/rules.cjs';

/**
 * All rules on models that are read already, each in a warm process of its own, bundled as the product is: from nothing,
 * and after one element has changed. CPU time beside wall time, because other work on the machine changes the second
 * one more.
 */
export async function measureRules(): Promise<string> {
  await build({
    entryPoints: ['test/bench/rulesOnce.ts'],
    outfile: PROGRAM,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  const rows = [...SHAPES.map((each) => [each, 5000] as const), ['local', 500] as const, ['local', 50_000] as const].map(
    ([shape, size]) => {
      const output = execFileSync(process.execPath, [PROGRAM, shape, String(size)], { encoding: 'utf8' });
      const { flows, findings, facts, whole, edit } = JSON.parse(output) as RulesMeasured;
      const pairs = [whole, facts, edit].flatMap(({ wall, cpu }) => [wall.toFixed(1), cpu.toFixed(1)]);
      return [shape, size.toLocaleString('en'), flows.toLocaleString('en'), String(findings), ...pairs];
    },
  );
  return table(
    [
      'model',
      'elements',
      'flows',
      'findings',
      'all rules, wall',
      'CPU',
      'of that before any rule, wall',
      'CPU',
      'one element changed, wall',
      'CPU',
    ],
    rows,
  );
}
