import type { Changes } from '../changes.ts';
import type { DiagramMarks } from '../graph.ts';
import type { PaletteName } from '../palette.ts';
import type { Scene } from '../scene.ts';

/** A picture that leaves the program: what every format is made from. */
export interface Exported {
  readonly scene: Scene;
  readonly marks: DiagramMarks;
  readonly theme: PaletteName;
  /** Key of the finding whose way stands out. */
  readonly highlight?: string | undefined;
  /** Ids of what steps back. */
  readonly dimmed?: ReadonlySet<string>;
  /** What has become of things since an earlier version. */
  readonly changes?: Changes;
  /** What made it, for the file's metadata: no date, so that the same picture is the same file. */
  readonly made: string;
}

/** What made a picture; `hash` is that of the meaning of the model. */
export function madeBy(version: string, hash: string): string {
  return `Made by Threatwright ${version} of a model with the hash ${hash}.`;
}
