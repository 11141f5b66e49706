import type { Installation, Output } from './surroundings.ts';

/** One command: what `--help` says about it, and what it does. What it needs to run is loaded when it runs. */
export interface Command {
  /** The words it is called by. */
  readonly name: string;
  /** Lines for `--help`, each indented by two. */
  readonly help: string;
  /** Reads the arguments after the name and runs. Returns the exit code; throws a `UsageError` for a call that makes no sense. */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}
export interface Surroundings {
  readonly installation: Installation;
  readonly output: Output;
  readonly today: string;
}
