import { existsSync } from 'node:fs';
import { buildGraph, buildMarks, layoutGraph, madeBy, removedIds, toSvg, withRemoved } from '../diagram/index.ts';
import { changesById, diffModels } from '../diff/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import { meaningHash } from '../model/index.ts';
import { diffDocument, diffJson, markdownReport, terminalReport } from '../report/index.ts';
import type { DiffCall } from './calls/diff.ts';
import { fileAtRevision } from './git.ts';
import { decode, readInputs, shown, type ModelText } from './models.ts';
import { writeOutput } from './outputs.ts';
import { Packs } from './packs.ts';
import { Snapshots } from './snapshots.ts';
import type { Installation, Output } from './surroundings.ts';

/** `threatwright diff`: a difference is no failure, but a model that is missing or broken is. */
export async function diff(call: DiffCall, installation: Installation, output: Output): Promise<number> {
  let isWrong = false;
  const complain = (sentence: string): void => {
    isWrong = true;
    output.error(`threatwright: ${sentence}\n`);
  };
  const onBug = (_: string, error: unknown): void => {
    isWrong = true;
    output.bug(error);
  };
  const packs = new Packs(installation);
  const snapshots = new Snapshots(packs, call.today, onBug);
  const read = async (side: string): Promise<Snapshot | undefined> => {
    const model = await readSide(side);
    if ('error' in model) {
      complain(model.error);
      return undefined;
    }
    const snapshot = snapshots.of(model, onBug);
    const errors = snapshot.problems.filter(({ severity }) => severity === 'error').length;
    // Before there was a model there was nothing to be wrong.
    if (errors > 0 && model.text !== '')
      complain(`${side} has ${errors === 1 ? 'an error' : `${errors} errors`} and is compared as far as it is understood.`);
    return snapshot;
  };
  const [before, after] = [await read(call.before), await read(call.after)];
  if (!before || !after) return 2;

  const changes = diffModels(before, after);
  const report = { title: after.model.title ?? shown(call.after), before: call.before, after: call.after, diff: changes };
  if (call.format === 'json') output.write(diffJson(report));
  else if (call.format === 'markdown') output.write(markdownReport(diffDocument(report)));
  else output.write(terminalReport(diffDocument(report), { color: output.color }));

  for (const { path } of packs.reports()) complain(`${path} has problems: threatwright check says more.`);
  if (call.picture) {
    const content = await draw(before, after, changesById(changes), call.picture.format, installation);
    const failed = writeOutput(call.picture.file, content);
    if (failed !== undefined) complain(failed);
  }
  return isWrong ? 2 : 0;
}

/** A file that is there wins over a revision with the same name. */
async function readSide(side: string): Promise<ModelText | { readonly error: string }> {
  const colon = side.indexOf(':');
  if (colon < 1 || existsSync(side)) {
    const [input] = await readInputs([side]);
    return input ?? { error: `${side} cannot be read.` };
  }
  const file = side.slice(colon + 1);
  const read = await fileAtRevision(file, side.slice(0, colon));
  if ('error' in read) return read;
  // What it uses is looked for beside the file as it is now.
  return { path: existsSync(file) ? shown(file) : '-', name: file, text: decode(read.bytes) };
}

async function draw(
  before: Snapshot,
  after: Snapshot,
  changes: ReturnType<typeof changesById>,
  format: 'svg' | 'png',
  installation: Installation,
): Promise<string | Uint8Array> {
  const graphOf = ({ model, catalogue, findings }: Snapshot) => buildGraph(model, catalogue, findings);
  const both = withRemoved(graphOf(before), graphOf(after), changes);
  const graph = { ...both, title: `${both.title === '' ? 'Changes' : both.title}: + added, ~ changed, \u2212 removed` };
  const scene = await layoutGraph(graph, (await import('../diagram/elk.ts')).createElk());
  const svg = toSvg({
    scene,
    marks: buildMarks(after.model, after.findings, after.catalogue),
    theme: 'light',
    dimmed: removedIds(changes),
    changes,
    made: madeBy(installation.version, meaningHash(after.model)),
  });
  if (format === 'svg') return svg;
  const { wasm, fonts } = installation.images();
  const shipped = [...fonts].filter(([name]) => name.endsWith('.woff2')).map(([, bytes]) => bytes);
  return (await (await import('../diagram/png.ts')).renderPng(svg, { wasm, fonts: shipped, scale: 2 })).png;
}
