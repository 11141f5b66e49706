import { readFileSync } from 'node:fs';
import { buildFacts } from '../../server/src/analysis/facts.ts';
import { contextOf } from '../../server/src/analysis/context.ts';
import { Likenesses } from '../../server/src/analysis/likeness.ts';
import { analyse, type Analysis } from '../../server/src/analysis/index.ts';
import { partition } from '../../server/src/analysis/partition.ts';
import type { CatalogueData } from '../../server/src/catalogue/data.ts';
import { loadCatalogue } from '../../server/src/catalogue/load.ts';
import { readModel } from '../../server/src/model/index.ts';
import { parseDocument } from '../../server/src/syntax/index.ts';
import { median } from './measure.ts';
import { generateModel, type Shape } from './models.ts';

/** What one process measures for `rules.ts`: `SHAPE SIZE`; milliseconds, as JSON. */
export interface RulesMeasured {
  readonly flows: number;
  readonly findings: number;
  /** What follows from the model before any rule is asked; part of `whole`. */
  readonly facts: Sample;
  readonly whole: Sample;
  readonly edit: Sample;
}

interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

const TODAY = '2026-11-22';
const options = { today: TODAY };
const [shape = 'local', size = '5000'] = process.argv.slice(2);
const rounds = Number(size) > 10_000 ? 5 : 31;

const catalogue = loadCatalogue(JSON.parse(readFileSync('dist/catalogue.json', 'utf8')) as CatalogueData);
const text = generateModel(shape as Shape, Number(size));
const syntax = parseDocument(text);
const model = readModel(syntax, catalogue, options);
// The same element with and without an owner, in turn.
const edited = text.replace(/kind: tool\b/, 'owner: bench, kind: tool');
const changed = readModel(parseDocument(edited, syntax), catalogue, options, model);

let analysis: Analysis = analyse(model, catalogue, options);
const whole = sample(() => (analysis = analyse(model, catalogue, options)));
const facts = sample(() => {
  const split = partition(model, undefined);
  const all = Array.from({ length: split.connections.elements.count }, (_, at) => at);
  const context = contextOf(model, catalogue, undefined);
  return buildFacts(split, all, model, context, new Likenesses(context));
});
let at = 0;
const edit = sample(() => (analysis = analyse(at++ % 2 === 0 ? changed : model, catalogue, options, analysis)));

const measured: RulesMeasured = { flows: model.flows.size, findings: analysis.findings.length, facts, whole, edit };
process.stdout.write(JSON.stringify(measured));

/** Medians, after a third more rounds to warm up. */
function sample(run: () => unknown): Sample {
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
  return { wall: median(wall), cpu: median(cpu) };
}
