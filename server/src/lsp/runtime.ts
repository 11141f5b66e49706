import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ElkLike } from '../diagram/index.ts';
import type { ReadFileResult } from '../protocol/files.ts';
import type { PdfResult } from '../protocol/messages.ts';
import type { Document } from '../report/index.ts';
import type { PackAccess } from './packs.ts';

/** A file that is larger is read only when the client opens it. */
export const LARGEST_FILE = 8 * 1024 * 1024;

/** The text of a file as it is stored, or why there is none. */
export type StoredText = ReadFileResult;

/** The models that are stored in folders, whoever stores them. Folders and files are URIs. Never rejects. */
export interface ModelFiles {
  /** The models in a folder and below, but for those in `SKIPPED_FOLDERS`; at most so many, `complete` when these are all. */
  list(folder: string, most: number): Promise<{ readonly files: readonly string[]; readonly complete: boolean }>;
  read(uri: string): Promise<StoredText>;
  /** What a URI really leads to, with all links followed; `undefined` when there is nothing. Where there are no links it is left out. */
  real?(uri: string): Promise<string | undefined>;
}

/** Closed when nothing more is to be laid out. */
export interface LayoutEngine extends ElkLike {
  close(): void;
}

/** What the server needs from the world it runs in. */
export interface Runtime {
  /** Called once, when a client has connected. */
  catalogue(): Catalogue;
  /** Organisations' own rules. */
  readonly packs: PackAccess;
  /** Models that are not open. */
  readonly files: ModelFiles;
  /** Writes an exported picture as PDF, where that is possible. */
  pdf?(svg: string): Promise<PdfResult>;
  /** Writes a report as PDF, where that is possible. */
  pdfReport?(document: Document, today: string): Promise<PdfResult>;
  /** The layout engine, where there is one outside the page of the diagram: reports are drawn with it. */
  layout?(): Promise<LayoutEngine>;
  /** Called at a good moment to collect garbage, where that can be asked for. */
  collect?(): void;
  /** ISO date of the present day. */
  today(): string;
}

/** What a client may say in `initializationOptions`; anything else there is ignored. */
export interface ClientOptions {
  /** The client shows `threatwright:/rules/ID.md`. */
  readonly pages: boolean;
  /** The client trusts the workspace: organisations' own rules in its folders are read, and files that models use. */
  readonly packs: boolean;
  /** The client wants to be told how many findings each model has. */
  readonly models: boolean;
  /** An ISO date in the place of the present day. */
  readonly today: string | undefined;
}

/** Reads options that come from outside and may be anything. */
export function clientOptions(options: unknown): ClientOptions {
  const given = typeof options === 'object' && options !== null ? (options as Readonly<Record<string, unknown>>) : {};
  const today = typeof given['today'] === 'string' && /^\d{4}-\d\d-\d\d$/.test(given['today']) ? given['today'] : undefined;
  return { pages: given['pages'] === true, packs: given['packs'] === true, models: given['models'] === true, today };
}
