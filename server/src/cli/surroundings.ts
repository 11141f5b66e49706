import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PackBase } from '../catalogue/pack/extend.ts';

/** Where a call prints. */
export interface Output {
  write(text: string): void;
  error(text: string): void;
  /** Tells of an error of the program itself, and how to report it. */
  bug(error: unknown): void;
  /** Writes what may be taken back, when standard error is a terminal that can. */
  readonly progress?: (text: string) => void;
  /** Standard output is a terminal that shows colours. */
  readonly color: boolean;
  /** How wide the terminal is that standard output is. */
  readonly columns?: number;
}

/** What is shipped beside the program; read when it is first asked for. */
export interface Installation {
  readonly version: string;
  /** The file of the program when a worker can run it; not so when it is run from its source. */
  readonly program?: string;
  catalogue(): Catalogue;
  /** What an organisation's own rules are added to. */
  packBase(): PackBase;
  /** What images are made with: the rasteriser, and the fonts by the names of their files (WOFF2 for PNG, WOFF for PDF). */
  images(): { readonly wasm: Uint8Array; readonly fonts: ReadonlyMap<string, Uint8Array> };
}
