import type { CancellationToken } from 'vscode-languageserver';
import type { Work } from '../posture/index.ts';

/** Lets everything that has arrived meanwhile be answered first: long work stops for it between two steps. */
export function pause(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}

/** Does long work between the other requests; `undefined` when it is not wanted any more. */
export async function inTurns<T>(work: Work<T>, token: CancellationToken): Promise<T | undefined> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await pause();
    if (token.isCancellationRequested) return undefined;
  }
}
