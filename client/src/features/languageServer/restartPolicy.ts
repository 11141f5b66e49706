const limit = 4;
const windowMs = 3 * 60_000;

/** Allows a crashed server four restarts in three minutes: a fault that comes at once must not spin for ever. */
export class RestartPolicy {
  readonly #now: () => number;
  #restarts: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether to restart after a crash that happens now; counts it when the answer is yes. */
  mayRestart(): boolean {
    const now = this.#now();
    this.#restarts = this.#restarts.filter((at) => now - at < windowMs);
    if (this.#restarts.length >= limit) return false;
    this.#restarts.push(now);
    return true;
  }
}
