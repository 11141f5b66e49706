/** The colours of a picture. Exports use resolved colours; the webview's are custom properties that its style sheet sets. */

export const PALETTES = ['light', 'dark', 'print', 'high-contrast'] as const;
export type PaletteName = (typeof PALETTES)[number];

export interface Palette {
  readonly canvas: string;
  readonly text: string;
  readonly muted: string;
  readonly nodeFill: string;
  readonly nodeLine: string;
  readonly edge: string;
  /** A flow that crosses a trust boundary. */
  readonly edgeCrossing: string;
  readonly actorFill: string;
  readonly focus: string;
  /** The control that is missing, drawn where it belongs. */
  readonly ghost: string;
  readonly ghostFill: string;
  /** By trust: hostile or public, known outsider, supplier, own, control plane. */
  readonly trust0: string;
  readonly trust1: string;
  readonly trust2: string;
  readonly trust3: string;
  readonly trust4: string;
  /** How strongly a boundary is tinted, 0 to 1. */
  readonly tint: string;
  readonly critical: string;
  readonly high: string;
  readonly medium: string;
  readonly low: string;
  readonly criticalFill: string;
  readonly highFill: string;
  readonly mediumFill: string;
  readonly lowFill: string;
  /** On top of a severity's colour. */
  readonly onSeverity: string;
}

const light: Palette = {
  canvas: '#ffffff',
  text: '#1f2328',
  muted: '#59636e',
  nodeFill: '#ffffff',
  nodeLine: '#8c959f',
  edge: '#7d8590',
  edgeCrossing: '#424a53',
  actorFill: '#f6f8fa',
  focus: '#0969da',
  ghost: '#1a7f37',
  ghostFill: '#f0fff4',
  trust0: '#b3261e',
  trust1: '#9a5b00',
  trust2: '#656d76',
  trust3: '#0969da',
  trust4: '#6639ba',
  tint: '0.05',
  critical: '#b3261e',
  high: '#bc4c00',
  medium: '#7d5b00',
  low: '#57606a',
  criticalFill: '#fde8e6',
  highFill: '#fdeee0',
  mediumFill: '#fbf3d5',
  lowFill: '#f6f8fa',
  onSeverity: '#ffffff',
};

const dark: Palette = {
  canvas: '#1f1f1f',
  text: '#e6e6e6',
  muted: '#a8b0b9',
  nodeFill: '#2a2d31',
  nodeLine: '#6e7681',
  edge: '#8b949e',
  edgeCrossing: '#c4ccd4',
  actorFill: '#33373c',
  focus: '#6cb6ff',
  ghost: '#56d364',
  ghostFill: '#1b2a1f',
  trust0: '#ff8a80',
  trust1: '#e8b45c',
  trust2: '#a8b0b9',
  trust3: '#6cb6ff',
  trust4: '#c297ff',
  tint: '0.06',
  critical: '#ff8a80',
  high: '#ffab6b',
  medium: '#e3c14b',
  low: '#a8b0b9',
  criticalFill: '#4a2623',
  highFill: '#47301f',
  mediumFill: '#3d351a',
  lowFill: '#2f3338',
  onSeverity: '#1f1f1f',
};

/** Ink on paper: reads in black and white, no large tinted areas. */
const print: Palette = {
  ...light,
  text: '#000000',
  muted: '#333333',
  nodeLine: '#333333',
  edge: '#444444',
  edgeCrossing: '#000000',
  actorFill: '#ffffff',
  ghostFill: '#ffffff',
  trust1: '#704200',
  trust2: '#444444',
  tint: '0',
  low: '#444444',
  criticalFill: '#ffffff',
  highFill: '#ffffff',
  mediumFill: '#ffffff',
  lowFill: '#ffffff',
};

const highContrast: Palette = {
  canvas: '#000000',
  text: '#ffffff',
  muted: '#ffffff',
  nodeFill: '#000000',
  nodeLine: '#ffffff',
  edge: '#ffffff',
  edgeCrossing: '#ffffff',
  actorFill: '#000000',
  focus: '#f38518',
  ghost: '#3fff6c',
  ghostFill: '#000000',
  trust0: '#ff9c94',
  trust1: '#ffd27a',
  trust2: '#ffffff',
  trust3: '#6fc3ff',
  trust4: '#d9b8ff',
  tint: '0',
  critical: '#ff9c94',
  high: '#ffb77d',
  medium: '#ffe066',
  low: '#ffffff',
  criticalFill: '#000000',
  highFill: '#000000',
  mediumFill: '#000000',
  lowFill: '#000000',
  onSeverity: '#000000',
};

const palettes: Readonly<Record<PaletteName, Palette>> = { light, dark, print, 'high-contrast': highContrast };

/** Resolved colours, for exports. */
export function paletteOf(name: PaletteName): Palette {
  return palettes[name];
}

/** Names of the custom properties that a page must set to use `WEBVIEW_PALETTE`: `nodeFill` is `--tw-node-fill`. */
export const PALETTE_PROPERTIES: Readonly<Record<keyof Palette, string>> = mapped((name) => propertyName(name));

/** Every colour is `var(--tw-…)`: a change of theme needs no new drawing. */
export const WEBVIEW_PALETTE: Palette = mapped((name) => `var(${propertyName(name)})`);

function propertyName(name: string): string {
  return `--tw-${name.replace(/[A-Z0-9]/g, (character) => `-${character.toLowerCase()}`)}`;
}

function mapped(value: (name: keyof Palette) => string): Readonly<Record<keyof Palette, string>> {
  return Object.fromEntries((Object.keys(light) as (keyof Palette)[]).map((name) => [name, value(name)])) as Record<keyof Palette, string>;
}
