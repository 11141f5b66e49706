import { setFlagsFromString } from 'node:v8';

/** What makes V8 wait about eight times as long as it otherwise does, by its main version: it complains of what it does not know. */
export const LATER: ReadonlyMap<string, string> = new Map([
  ['11', '--interrupt-budget=500000'],
  ['12', '--invocation-count-for-turbofan=20000'],
  ['13', '--invocation-count-for-turbofan=20000'],
]);

/**
 * Lets V8 optimise only what runs for long. A call of the command line is soon over: what is optimised in it is hardly
 * used any more, and the threads that do it take the processor from the one that the user waits for.
 */
export function optimiseLater(): void {
  const option = LATER.get(process.versions.v8.split('.')[0] ?? '');
  if (option !== undefined) setFlagsFromString(option);
}
