import { buildGraph, buildMarks, layoutGraph, paletteOf, renderScene, svgText, type ElkLike } from '../diagram/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import type { DrawCall } from './calls/draw.ts';
import type { Installation, Output } from './surroundings.ts';
import { readInputs, shown, type ModelText } from './models.ts';
import { Packs } from './packs.ts';
import { Snapshots } from './snapshots.ts';
import { targetsOf, writeOutput, type Target } from './outputs.ts';

/** `threatwright draw`: findings are no failure here, but a file that is missing, broken or cannot be written is. */
export async function draw(call: DrawCall, installation: Installation, output: Output): Promise<number> {
  const inputs = await readInputs(call.paths);
  const models = inputs.filter((input) => 'text' in input);
  const targets = targetsOf(models, call.output);
  let wrong = false;
  const complain = (sentence: string): void => {
    wrong = true;
    output.error(`threatwright: ${sentence}\n`);
  };
  for (const input of inputs) if ('error' in input) complain(input.error);

  const artist = new Artist(call, installation, output);
  for (const [model, target] of targets) {
    const snapshot = artist.read(model);
    const errors = snapshot.problems.filter(({ severity }) => severity === 'error').length;
    if (errors > 0)
      complain(
        `${model.path} has ${errors === 1 ? 'an error' : `${errors} errors`} and is drawn as far as it is understood: threatwright check says more.`,
      );
    const failed = writeOutput(target.file, await artist.draw(snapshot, model, target));
    if (failed === undefined) output.write(`${shown(target.file)}\n`);
    else complain(failed);
  }
  return wrong || artist.failed ? 2 : 0;
}

/** Draws models, and says on standard error what a picture lacks. */
class Artist {
  /** An error of the program itself has cost a part of a picture. */
  failed = false;
  private readonly call: DrawCall;
  private readonly installation: Installation;
  private readonly output: Output;
  private readonly snapshots: Snapshots;
  private elk: ElkLike | undefined;

  constructor(call: DrawCall, installation: Installation, output: Output) {
    this.call = call;
    this.installation = installation;
    this.output = output;
    this.snapshots = new Snapshots(new Packs(installation), call.today, (_, error) => this.bug(error));
  }

  read(model: ModelText): Snapshot {
    return this.snapshots.of(model, (_, error) => this.bug(error));
  }

  async draw(snapshot: Snapshot, model: ModelText, { format }: Target): Promise<string | Uint8Array> {
    const { catalogue } = snapshot;
    this.elk ??= (await import('../diagram/elk.ts')).createElk();
    const scene = await layoutGraph(buildGraph(snapshot.model, catalogue, snapshot.findings), this.elk);
    if (scene.fallback !== undefined) this.note(`${model.path}: ${scene.fallback}`);
    const marks = buildMarks(snapshot.model, snapshot.findings, catalogue);
    const svg = `${svgText(renderScene(scene, marks, { palette: paletteOf(this.call.theme), frame: true }))}\n`;
    return format === 'svg' ? svg : this.png(svg, model);
  }

  private async png(svg: string, model: ModelText): Promise<Uint8Array> {
    const { renderPng } = await import('../diagram/png.ts');
    const { png, missing } = await renderPng(svg, { ...this.installation.images(), scale: this.call.scale });
    if (missing.length > 0)
      this.note(
        `${model.path}: the shipped font has no ${missing.slice(0, 20).join(' ')}${missing.length > 20 ? ' …' : ''}: they are missing in the PNG. An SVG shows them.`,
      );
    return png;
  }

  private bug(error: unknown): void {
    this.failed = true;
    this.output.bug(error);
  }

  private note(sentence: string): void {
    this.output.error(`threatwright: ${sentence}\n`);
  }
}
