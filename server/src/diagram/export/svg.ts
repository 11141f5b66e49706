import { paletteOf } from '../palette.ts';
import { renderScene } from '../render.ts';
import { svgText } from '../vnode.ts';
import type { Exported } from './exported.ts';

/** The picture as an SVG file: resolved colours, no style sheet, script or reference, the same bytes for the same picture. */
export function toSvg({ scene, marks, theme, highlight, dimmed, changes, made }: Exported): string {
  const options = { palette: paletteOf(theme), frame: { made }, highlight, changes, ...(dimmed && { dimmed }) };
  return `${svgText(renderScene(scene, marks, options))}\n`;
}
