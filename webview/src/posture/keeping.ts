import type { BoardPhase } from '../../../server/src/protocol/posture.ts';

export const PHASES: readonly BoardPhase[] = ['first', 'then', 'next'];

/** What VS Code keeps of a board while its page is away: hidden, or over a reload of the window. */
export interface KeptBoard {
  /** The model: what the extension makes the board of again. */
  readonly uri: string;
  readonly phases: readonly BoardPhase[];
  readonly onlyNeeded: boolean;
  /** Controls whose cards are open. */
  readonly open: readonly string[];
}

/** How a board looks with what was kept, which may be of any shape: what is not understood is as at first. */
export function readKept(value: unknown): Omit<KeptBoard, 'uri'> {
  const kept = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const { phases, onlyNeeded, open } = kept;
  return {
    phases: Array.isArray(phases) ? PHASES.filter((phase) => phases.includes(phase)) : PHASES,
    onlyNeeded: onlyNeeded === true,
    open: Array.isArray(open) ? open.filter((it) => typeof it === 'string') : [],
  };
}
