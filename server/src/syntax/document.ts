import type { Problem } from './problem.ts';
import type { Section } from './tree.ts';

/** One version of a text, read. Never partial: what could not be read is in `problems`. */
export interface SyntaxDocument {
  readonly text: string;
  /** Top-level keys in source order, duplicates included. */
  readonly sections: readonly Section[];
  readonly problems: readonly Problem[];
  /** The file's own line ending, for edits. */
  readonly eol: '\n' | '\r\n';
  /** Columns per level in this file (of the first nested line; 2 when there is none), for edits. */
  readonly indent: number;
  /** What this version cost: guarded by tests, so that an edit stays an edit of one chunk. */
  readonly work: { readonly chunks: number; readonly parsed: number; readonly whole: boolean };
}
