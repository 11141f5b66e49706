/** How the name of every threat model ends. */
export const MODEL_ENDING = /\.threatmodel\.ya?ml$/;

/** The name of a model's file without what every model's name ends in. */
export function modelName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(MODEL_ENDING, '');
}
