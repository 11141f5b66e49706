import { setFlagsFromString } from 'node:v8';

/** What makes V8 wait so many times as long as it otherwise does, by its main version: it complains of what it does not know. */
export const LATER: ReadonlyMap<string, (times: number) => string> = new Map([
  ['11', (times: number) => `--interrupt-budget=${times * 67_584}`],
  ['12', (times: number) => `--invocation-count-for-turbofan=${times * 2_500}`],
  ['13', (times: number) => `--invocation-count-for-turbofan=${times * 2_500}`],
]);

/**
 * Lets V8 optimise only what runs for long. What is soon over, a call of the command line or an answer to somebody who
 * begins to type, hardly uses what is optimised in it, and the threads that do it take the processor from the one that the user
 * waits for.
 */
export function optimiseLater(times: number): void {
  const option = LATER.get(process.versions.v8.split('.')[0] ?? '');
  if (option !== undefined) setFlagsFromString(option(times));
}
