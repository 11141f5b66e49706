/** Work that takes long on a large model. Whoever does it may do something else at each `yield`, or leave it there. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Does all of it now. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
