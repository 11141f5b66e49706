import { readFileSync, writeFileSync } from 'node:fs';
import { safeFixes } from '../language/actions/safeFixes.ts';
import type { Snapshot } from '../language/snapshot.ts';
import { applyEdits } from '../syntax/index.ts';
import { reason } from './models.ts';

/** The text with what is safe to mend mended, and written to its file; or why it is not. `undefined`: nothing to mend. */
export function mendFile(file: string, snapshot: Snapshot): { readonly text: string } | { readonly error: string } | undefined {
  const edits = safeFixes(snapshot);
  const text = applyEdits(snapshot.text, withLineEnds(snapshot.text, edits));
  if (text === snapshot.text) return undefined;
  try {
    const bytes = readFileSync(file);
    // What was not text would be lost; what was changed meanwhile too.
    if (!encodeLike(bytes, snapshot.text).equals(bytes)) return { error: `${file} is not mended: it is not the text that was read.` };
    writeFileSync(file, encodeLike(bytes, text));
    return { text };
  } catch (error) {
    return { error: `${file} cannot be mended: ${reason(error)}.` };
  }
}

/** New lines end as the others of the file do. */
function withLineEnds<T extends { readonly text: string }>(text: string, edits: readonly T[]): readonly T[] {
  const [end = '\n'] = /\r\n|\r|\n/.exec(text) ?? [];
  return edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r\n|\r|\n/g, end) }));
}

/** In the encoding, and with the mark of it, that these bytes have. */
function encodeLike(bytes: Buffer, text: string): Buffer {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (mark === 'feff') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return Buffer.from(bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? `\ufeff${text}` : text);
}
