/** The messages with which a server reads what is stored where it cannot reach itself, in a browser or a virtual workspace. */

/** Request, server → client: the models, or the files of organisations' own rules, in a folder and below; see `ModelFiles` for what is promised. */
export const LIST_FILES_REQUEST = 'threatwright/listFiles';
export interface ListFilesParams {
  readonly folder: string;
  readonly of: 'models' | 'rules';
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
export type ReadFileResult = { readonly text: string } | { readonly refusal: 'not-found' | 'too-large' | 'unreadable' };

/** Request, server → client, without parameters: what organisations' own rules are added to, a `PackBase`. */
export const READ_PACK_BASE_REQUEST = 'threatwright/readPackBase';
