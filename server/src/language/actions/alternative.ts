import type { TextEdit } from '../../syntax/textEdit.ts';

/** One way to clear a finding, not yet tried. */
export interface Alternative {
  /** In words: `Add control "Human approval" to flow refund`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Puts controls in place and does nothing else. */
  readonly controls: boolean;
}
