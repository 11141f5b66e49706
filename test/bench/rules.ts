import { readFileSync } from 'node:fs';
import { analyse, type Analysis } from '../../server/src/analysis/index.ts';
import type { CatalogueData } from '../../server/src/catalogue/data.ts';
import { loadCatalogue } from '../../server/src/catalogue/load.ts';
import { readModel } from '../../server/src/model/index.ts';
import { parseDocument } from '../../server/src/syntax/index.ts';
import { median, table } from './measure.ts';
import { generateModel, SHAPES } from './models.ts';

const TODAY = '2026-11-22';
const ROUNDS = 21;

/**
 * All rules on models that are read already, in one warm process: from nothing, and after one element has changed. CPU time
 * of this process beside wall time, because other work on the machine changes the second one more.
 */
export function measureRules(): string {
  const catalogue = loadCatalogue(JSON.parse(readFileSync('dist/catalogue.json', 'utf8')) as CatalogueData);
  const rows: string[][] = [];
  for (const [shape, size] of [...SHAPES.map((each) => [each, 5000] as const), ['local', 500] as const, ['local', 50_000] as const]) {
    const text = generateModel(shape, size);
    const syntax = parseDocument(text);
    const model = readModel(syntax, catalogue, { today: TODAY });
    const rounds = size > 10_000 ? 5 : ROUNDS;
    let analysis: Analysis | undefined;
    const whole = sample(rounds, () => (analysis = analyse(model, catalogue, { today: TODAY })));
    // The same element with and without an owner, in turn.
    const edited = text.replace(/kind: tool\b/, 'owner: bench, kind: tool');
    const changed = readModel(parseDocument(edited, syntax), catalogue, { today: TODAY }, model);
    let at = 0;
    const edit = sample(rounds, () => (analysis = analyse(at++ % 2 === 0 ? changed : model, catalogue, { today: TODAY }, analysis)));
    rows.push([
      shape,
      size.toLocaleString('en'),
      model.flows.size.toLocaleString('en'),
      String(analysis?.findings.length),
      ...whole,
      ...edit,
    ]);
  }
  return table(['model', 'elements', 'flows', 'findings', 'all rules, wall', 'CPU', 'one element changed, wall', 'CPU'], rows);
}

/** Medians in milliseconds, after a third more rounds to warm up. */
function sample(rounds: number, run: () => void): [string, string] {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let round = -Math.ceil(rounds / 3); round < rounds; round++) {
    const began = process.cpuUsage();
    const start = performance.now();
    run();
    if (round < 0) continue;
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(began);
    cpu.push((user + system) / 1000);
  }
  return [median(wall).toFixed(1), median(cpu).toFixed(1)];
}
