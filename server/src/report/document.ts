import type { FindingState } from '../analysis/index.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { ControlState } from '../posture/index.ts';

/**
 * A report before it has a format: HTML, Markdown, PDF and the terminal are renderers of this. All text is plain; each
 * renderer escapes it for its own format.
 */
export interface Document {
  readonly title: string;
  /** What is said before all models. */
  readonly intro: readonly Block[];
  readonly chapters: readonly Chapter[];
}

/** One model. */
export interface Chapter {
  readonly title: string;
  readonly path: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Names the section in links: a word of ours, never of a model. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly type: 'paragraph'; readonly text: Text }
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly Text[] }
  | Table
  | Entries
  | { readonly type: 'diagram'; readonly title: string; readonly svg: string };

export interface Table {
  readonly type: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}
export interface Column {
  readonly title: string;
  /** Numbers stand right; an empty one is a zero. */
  readonly isNumber?: boolean;
}
export interface Row {
  readonly cells: readonly Text[];
  /** How deep it is below the row that it is a part of; 0 when not said. */
  readonly depth?: number;
}

/** Things with particulars, each worth a card: findings. A reader may choose among them by their marks. */
export interface Entries {
  readonly type: 'entries';
  readonly items: readonly Entry[];
}
export interface Entry {
  readonly title: Text;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly facts: readonly { readonly name: string; readonly text: Text }[];
}

export type Text = readonly Inline[];
/** Plain text, or text in a role; `tone` says which state or severity a mark stands for. */
export type Inline =
  | string
  | { readonly as: 'code' | 'strong'; readonly text: string }
  | { readonly as: 'mark'; readonly text: string; readonly tone: Tone }
  /** An address of the catalogue, never of a model. */
  | { readonly as: 'link'; readonly text: string; readonly url: string };
export type Tone = Severity | FindingState | ControlState | 'satisfied';

export const code = (text: string): Inline => ({ as: 'code', text });
export const strong = (text: string): Inline => ({ as: 'strong', text });
export const mark = (tone: Tone, text: string = tone.replaceAll('-', ' ')): Inline => ({ as: 'mark', text, tone });

export const paragraph = (...text: Text): Block => ({ type: 'paragraph', text });
export const heading = (text: string): Block => ({ type: 'heading', text });
export const list = (items: readonly Text[], ordered = false): Block => ({ type: 'list', ordered, items });

/** Columns whose title begins with `#` hold numbers. */
export function table(caption: string, columns: readonly string[], rows: readonly (Row | Row['cells'])[]): Table {
  return {
    type: 'table',
    caption,
    columns: columns.map((title) => (title.startsWith('#') ? { title: title.slice(1), isNumber: true } : { title })),
    rows: rows.map((row) => ('cells' in row ? row : { cells: row })),
  };
}

/** Texts with something between them. */
export function joined(texts: readonly Text[], between = ', '): Text {
  return texts.flatMap((text, at) => (at === 0 ? text : [between, ...text]));
}

export function counted(count: number, what: string, several = `${what}s`): string {
  return `${count} ${count === 1 ? what : several}`;
}
