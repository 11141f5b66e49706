import { pictureOf } from '../../../server/src/diagram/export/picture.ts';
import { toDrawio } from '../../../server/src/diagram/export/drawio.ts';
import type { Exported } from '../../../server/src/diagram/export/exported.ts';
import { toMermaid } from '../../../server/src/diagram/export/mermaid.ts';
import { toSvg } from '../../../server/src/diagram/export/svg.ts';
import {
  PALETTES,
  pinScene,
  type DiagramGraph,
  type DiagramMarks,
  type PaletteName,
  type Pins,
  type Scene,
} from '../../../server/src/diagram/index.ts';
import type { ExportFormat } from '../../../server/src/protocol/messages.ts';
import { isObject } from '../messages.ts';
import type { View } from '../view.ts';

export type { ExportFormat };
/** `shown`: the picture as it is in the panel, with what is collapsed, filtered and put somewhere by hand. */
export type ExportPart = 'whole' | 'shown' | 'boundary' | 'finding';

export interface ExportWish {
  readonly format: ExportFormat;
  readonly part: ExportPart;
  readonly theme: PaletteName;
  /** Of a PNG: pixels for one of the picture. */
  readonly scale: number;
  readonly risks: boolean;
  /** Into the clipboard instead of a file. */
  readonly copy: boolean;
}

const NO_RISKS: DiagramMarks = { counts: {}, findings: [], names: {} };

export interface ExportMeans {
  layOut(graph: DiagramGraph): Promise<Scene>;
  /** Where elements were put by hand. */
  readonly pins: Pins;
}

/**
 * What is to be written, or a sentence that says why there is nothing. But for `shown` it is laid out by itself, exactly
 * as the command line does, so that both write the same bytes.
 */
export async function exportedOf(
  view: View,
  { part, theme, risks }: ExportWish,
  made: string,
  { layOut, pins }: ExportMeans,
): Promise<Exported | { readonly error: string }> {
  if (part === 'shown') {
    const { scene, marks, dimmed, finding } = view;
    return { scene, marks: risks ? marks : NO_RISKS, theme, made, dimmed, highlight: risks ? finding?.key : undefined };
  }
  const boundary = part === 'boundary' ? view.session.selection : undefined;
  const finding = part === 'finding' ? view.session.finding : undefined;
  const picture = pictureOf(view.graph, view.allMarks, { boundary, finding, risks });
  if ('error' in picture) return picture;
  const { graph, marks, dimmed, highlight } = picture;
  const scene = await layOut(graph);
  return { scene: part === 'whole' ? pinScene(scene, pins) : scene, marks, theme, made, dimmed, highlight };
}

/** The text of every format but PNG, which is painted from the SVG, and PDF, which the server makes of it. */
export function textOf(exported: Exported, format: ExportFormat): string {
  switch (format) {
    case 'svg':
    case 'png':
    case 'pdf':
      return toSvg(exported);
    case 'drawio':
      return toDrawio(exported);
    case 'mmd':
      return toMermaid(exported);
  }
}

/** A wish that has been to the host and back. */
export function parseWish(value: unknown): ExportWish | undefined {
  if (!isObject(value)) return undefined;
  const { scale, risks, copy } = value;
  const format = FORMATS.find((it) => it === value['format']);
  const part = PARTS.find((it) => it === value['part']);
  const theme = PALETTES.find((it) => it === value['theme']);
  if (!format || !part || !theme || typeof scale !== 'number' || !(scale >= 1 && scale <= 4)) return undefined;
  return { format, part, theme, scale, risks: risks === true, copy: copy === true };
}

const FORMATS: readonly ExportFormat[] = ['svg', 'png', 'pdf', 'drawio', 'mmd'];
const PARTS: readonly ExportPart[] = ['whole', 'shown', 'boundary', 'finding'];
