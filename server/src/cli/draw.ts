import {
  buildGraph,
  buildMarks,
  layoutGraph,
  pictureOf,
  pinScene,
  toDrawio,
  toMermaid,
  toSvg,
  type ElkLike,
  type Exported,
  type Scene,
  madeBy,
} from '../diagram/index.ts';
import { meaningHash } from '../model/index.ts';
import { textReport } from '../report/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import type { DrawCall } from './calls/draw.ts';
import type { Installation, Output } from './surroundings.ts';
import { readInputs, shown, type ModelText } from './models.ts';
import { pinsBeside } from './pinsBeside.ts';
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
    const drawn = await artist.draw(snapshot, model, target);
    if ('error' in drawn) {
      complain(drawn.error);
      continue;
    }
    const failed = writeOutput(target.file, drawn.content);
    if (failed === undefined) output.write(`${shown(target.file)}\n`);
    else complain(failed);
  }
  const rules = artist.packs.reports();
  if (rules.length > 0) output.error(textReport(rules, installation.catalogue(), { color: false }));
  if (rules.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))) wrong = true;
  return wrong || artist.failed ? 2 : 0;
}

/** Draws models, and says on standard error what a picture lacks. */
class Artist {
  /** An error of the program itself has cost a part of a picture. */
  failed = false;
  private readonly call: DrawCall;
  private readonly installation: Installation;
  private readonly output: Output;
  readonly packs: Packs;
  private readonly snapshots: Snapshots;
  private elk: ElkLike | undefined;

  constructor(call: DrawCall, installation: Installation, output: Output) {
    this.call = call;
    this.installation = installation;
    this.output = output;
    this.packs = new Packs(installation);
    this.snapshots = new Snapshots(this.packs, call.today, (_, error) => this.bug(error));
  }

  read(model: ModelText): Snapshot {
    return this.snapshots.of(model, (_, error) => this.bug(error));
  }

  /** The file's content, or a sentence that says why there is none. */
  async draw(
    snapshot: Snapshot,
    model: ModelText,
    { format }: Target,
  ): Promise<{ readonly content: string | Uint8Array } | { readonly error: string }> {
    const { catalogue } = snapshot;
    const marks = buildMarks(snapshot.model, snapshot.findings, catalogue);
    const picture = pictureOf(buildGraph(snapshot.model, catalogue, snapshot.findings), marks, this.call.part);
    if ('error' in picture) return { error: `${model.path}: ${picture.error}` };
    this.elk ??= (await import('../diagram/elk.ts')).createElk();
    const scene = this.pinned(await layoutGraph(picture.graph, this.elk), model);
    if (scene.fallback !== undefined) this.note(`${model.path}: ${scene.fallback}`);
    const { highlight, dimmed } = picture;
    const exported: Exported = {
      ...{ scene, marks: picture.marks, highlight, dimmed, theme: this.call.theme },
      made: madeBy(this.installation.version, meaningHash(snapshot.model)),
    };
    switch (format) {
      case 'svg':
        return { content: toSvg(exported) };
      case 'png':
      case 'pdf':
        return { content: await this.image(toSvg(exported), model, format) };
      case 'drawio':
        return { content: toDrawio(exported) };
      case 'mmd':
        return { content: toMermaid(exported) };
    }
  }

  /** As in the editor: a picture of the whole has elements where they were put by hand. */
  private pinned(scene: Scene, { path }: ModelText): Scene {
    const { boundary, finding } = this.call.part;
    if (boundary !== undefined || finding !== undefined) return scene;
    const beside = pinsBeside(path);
    if ('pins' in beside) return pinScene(scene, beside.pins);
    this.note(beside.error);
    return scene;
  }

  private async image(svg: string, model: ModelText, format: 'png' | 'pdf'): Promise<Uint8Array> {
    const { wasm, fonts } = this.installation.images();
    let content: Uint8Array;
    let missing: readonly string[];
    if (format === 'pdf') {
      const { toPdf } = await import('../pdf.ts');
      ({ pdf: content, missing } = await toPdf(svg, { fonts }));
    } else {
      const { renderPng } = await import('../diagram/png.ts');
      const shipped = [...fonts].filter(([name]) => name.endsWith('.woff2')).map(([, bytes]) => bytes);
      ({ png: content, missing } = await renderPng(svg, { wasm, fonts: shipped, scale: this.call.scale }));
    }
    if (missing.length > 0)
      this.note(
        `${model.path}: the shipped font has no ${missing.slice(0, 20).join(' ')}${missing.length > 20 ? ' …' : ''}: they are missing in the ${format.toUpperCase()}. An SVG shows them.`,
      );
    return content;
  }

  private bug(error: unknown): void {
    this.failed = true;
    this.output.bug(error);
  }

  private note(sentence: string): void {
    this.output.error(`threatwright: ${sentence}\n`);
  }
}
