import type { ScalarNode } from './tree.ts';

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES = new Set(['true', 'True', 'TRUE']);
const FALSES = new Set(['false', 'False', 'FALSE']);
const DECIMAL = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = new Set(['.nan', '.NaN', '.NAN']);

/** What a scalar is worth: most are only ever read as text, so nobody keeps it. */
export function valueOf({ style, text }: ScalarNode): string | number | boolean | null {
  return style === 'plain' ? resolvePlain(text) : text;
}

/** The value of a plain scalar by the YAML 1.2 core schema. `no`, `yes` and dates are text. */
export function resolvePlain(text: string): string | number | boolean | null {
  if (NULLS.has(text)) return null;
  if (TRUES.has(text)) return true;
  if (FALSES.has(text)) return false;
  const code = text.charCodeAt(0);
  const mayBeNumber = (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
  if (!mayBeNumber) return text;
  if (DECIMAL.test(text) || FLOAT.test(text) || OCTAL.test(text) || HEXADECIMAL.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  return NOT_A_NUMBER.has(text) ? NaN : text;
}
