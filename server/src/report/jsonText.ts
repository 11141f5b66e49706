/**
 * What JSON allows as it is, but a terminal or the log of a build may obey: the control characters above ASCII, marks of
 * direction, and `##[command]` or `##vso[command]`, wherever it stands.
 */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#(?:vso)?\[)/gi;

/** JSON for people and programs: indented, the same bytes for the same value, and harmless where it is printed. */
export function jsonText(value: object): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
