/** How the name of every threat model ends. */
export const MODEL_ENDING = /\.threatmodel\.ya?ml$/;

/** Folders whose models are somebody else's, or nobody's: they are not looked for there. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

/** Whether a file with this name, path or URI is a threat model. */
export function isModelFile(name: string): boolean {
  return MODEL_ENDING.test(name);
}
