import type { PictureRequest } from '../../diagram/export/picture.ts';
import { PALETTES, type PaletteName } from '../../diagram/palette.ts';
import { date, oneOf, parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface DrawCall {
  readonly paths: readonly string[];
  /** A file that ends like one of the formats, or a folder when several models are drawn. */
  readonly output: string;
  readonly theme: PaletteName;
  /** Pixels per unit, PNG only. */
  readonly scale: number;
  readonly part: PictureRequest;
  readonly today: string;
}

export const drawCommand: Command = {
  name: 'draw',
  help: `\
  threatwright draw FILES|FOLDERS -o OUT draw the architecture with its risks
      -o NAME.svg|png|pdf|drawio|mmd, or FOLDER   drawio: shapes to edit; mmd: a Mermaid flowchart
      --boundary ID                      only this boundary, with what it exchanges flows with
      --finding FINGERPRINT|RULE         only the way of this finding, with numbered hops
      --no-risks                         the architecture alone
      --theme light|dark|print|high-contrast    default: light
      --scale 1..4                       pixels per unit of a PNG; default: 2
`,
  async run(args, { installation, output, today }) {
    const call = read(args, today);
    return (await import('../draw.ts')).draw(call, installation, output);
  },
};

function read(args: readonly string[], today: string): DrawCall {
  const { values, positionals } = parse(args, {
    output: { type: 'string', short: 'o' },
    theme: { type: 'string' },
    scale: { type: 'string' },
    date: { type: 'string' },
    boundary: { type: 'string' },
    finding: { type: 'string' },
    'no-risks': { type: 'boolean' },
  });
  if (positionals.length === 0) throw new UsageError('Which model is to be drawn? threatwright draw FILE -o NAME.svg');
  if (values.output === undefined) throw new UsageError('Where to? Add -o NAME.svg, -o NAME.png, or -o FOLDER for several models.');
  const scale = Number(values.scale ?? '2');
  if (values.boundary !== undefined && values.finding !== undefined)
    throw new UsageError('A picture is of one --boundary or of one --finding, not of both.');
  if (!(scale >= 1 && scale <= 4)) throw new UsageError('--scale is a number from 1 to 4.');
  return {
    paths: positionals,
    output: values.output,
    theme: oneOf('--theme', values.theme ?? 'light', PALETTES),
    scale,
    part: { boundary: values.boundary, finding: values.finding, risks: values['no-risks'] !== true },
    today: date(values.date, today),
  };
}
