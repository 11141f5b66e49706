import type { Problem } from '../../../syntax/problem.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { Draft } from '../action.ts';
import type { Step } from '../chain.ts';

/** One way to mend a mistake in the file. */
export interface Remedy {
  readonly title: string;
  /** `undefined` where the text does not allow it. */
  readonly edits: readonly Draft[] | undefined;
  /** Not to be chosen blindly: what is written is lost, or several other ways are as good. */
  readonly doubtful?: boolean;
}

/** What a remedy is worked out from. */
export interface Mistake {
  readonly problem: Problem;
  readonly snapshot: Snapshot;
  /** From the section down to the entry in which the mistake is. */
  readonly chain: readonly Step[];
}

/** Remedies for problems of one code, best first. */
export type Cure = (mistake: Mistake) => Iterable<Remedy>;
