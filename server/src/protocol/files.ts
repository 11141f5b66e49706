/** The messages with which a server that has no disk, in a browser, reads models through its client. */

/** Request, server → client: the models in a folder and below; see `ModelFiles` for what is promised. */
export const LIST_FILES_REQUEST = 'threatwright/listFiles';
export interface ListFilesParams {
  readonly folder: string;
  readonly most: number;
  /** Names of folders that are left out. */
  readonly skipped: readonly string[];
}
export interface ListFilesResult {
  readonly files: readonly string[];
  readonly complete: boolean;
}

/** Request, server → client: the text of a stored file. */
export const READ_FILE_REQUEST = 'threatwright/readFile';
export interface ReadFileParams {
  readonly uri: string;
  /** A file of more bytes is not read. */
  readonly most: number;
}
export interface ReadFileResult {
  /** `undefined` when there is none, or none that can be read. */
  readonly text?: string;
  /** It has more bytes than were asked for. */
  readonly tooLarge?: boolean;
}
