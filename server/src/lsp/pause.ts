/** Lets everything that has arrived meanwhile be answered first: long work stops for it between two steps. */
export function pause(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
