/** Puts a text in a style of the terminal, or leaves it as it is. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = {
  critical: '1;35',
  high: '1;31',
  medium: '33',
  low: '36',
  error: '1;31',
  warning: '33',
  info: '36',
  hint: '2',
  bold: '1',
  dim: '2',
  good: '32',
} as const;

export function painter(color: boolean): Paint {
  return color ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_, text) => text;
}
