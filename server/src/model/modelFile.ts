/** How the name of every threat model ends. */
export const MODEL_ENDING = /\.threatmodel\.ya?ml$/;

/** Whether a file with this name, path or URI is a threat model. */
export function isModelFile(name: string): boolean {
  return MODEL_ENDING.test(name);
}
