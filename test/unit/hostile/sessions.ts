import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { anyBase, mutate, Random } from './mutate.ts';
import { assertAsFresh, NO_ENGINE, pictureOf, reportsOf, snapshotOf } from './pipeline.ts';

/** So many versions come from each other, as in an editing session, before a whole model is taken again. */
export const VERSIONS_IN_SESSION = 5;
/** Reports are a plain walk over what is known: some of the versions are enough. */
const REPORTED = 10;

/** Which sessions a process plays: `first`, and every `step`-th after it. */
export interface Share {
  readonly first: number;
  readonly step: number;
  readonly sessions: number;
}
export interface Outcome {
  readonly versions: number;
  /** Why the first session that failed did, with all that is needed to see it again. */
  readonly failure: string | undefined;
}

/** One session of edits, each of which goes through everything. The seed says all of it. Returns what went wrong. */
export async function play(seed: number): Promise<string | undefined> {
  const random = new Random(seed);
  let text = anyBase(random);
  let snapshot: Snapshot = snapshotOf(text);
  const history: string[] = [];
  for (let version = 0; version < VERSIONS_IN_SESSION; version++) {
    const before = text;
    const mutated = mutate(text, random);
    text = mutated.text;
    history.push(mutated.how);
    try {
      snapshot = snapshotOf(text, snapshot);
      if ((seed + version) % 3 === 0) assertAsFresh(snapshot);
      await pictureOf(snapshot, NO_ENGINE);
      if ((seed * VERSIONS_IN_SESSION + version) % REPORTED === 0) reportsOf(snapshot);
    } catch (error) {
      const what = error instanceof Error ? error.stack : String(error);
      return `seed ${seed} (${history.join(', ')}): ${what}\n--- before:\n${before}\n--- text:\n${text}`;
    }
  }
  return undefined;
}

async function playAll({ first, step, sessions }: Share): Promise<Outcome> {
  let versions = 0;
  for (let seed = first; seed < sessions; seed += step) {
    const failure = await play(seed);
    if (failure !== undefined) return { versions, failure };
    versions += VERSIONS_IN_SESSION;
  }
  return { versions, failure: undefined };
}

// As a child process.
process.once('message', (share: Share) => {
  void playAll(share).then((outcome) => process.send?.(outcome, () => process.disconnect()));
});
