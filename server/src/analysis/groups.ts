/** In no group. */
export const NOWHERE = -1;

/** Things by the group that each is in: their places in one row, group after group, in which they keep their order. */
export class Groups {
  readonly count: number;
  private readonly row: Int32Array;
  /** Where each group begins in the row, and at last where the last one ends. */
  private readonly begins: Int32Array;

  constructor(groupOf: Int32Array, count: number) {
    const begins = new Int32Array(count + 2);
    // Two further on for now, because filling a group moves its beginning to its end.
    for (let at = 0; at < groupOf.length; at++) if (groupOf[at] !== NOWHERE) begins[groupOf[at]! + 2]!++;
    for (let group = 2; group < begins.length; group++) begins[group]! += begins[group - 1]!;
    this.row = new Int32Array(begins[count + 1]!);
    for (let at = 0; at < groupOf.length; at++) if (groupOf[at] !== NOWHERE) this.row[begins[groupOf[at]! + 1]!++] = at;
    this.begins = begins;
    this.count = count;
  }

  sizeOf(group: number): number {
    return this.begins[group + 1]! - this.begins[group]!;
  }

  /** The place of a thing, by its number in its group. */
  at(group: number, number: number): number {
    return this.row[this.begins[group]! + number]!;
  }

  /** For each group, the things that stand at its places. */
  pick<T>(group: number, things: readonly T[]): T[] {
    const size = this.sizeOf(group);
    const picked = new Array<T>(size);
    for (let number = 0; number < size; number++) picked[number] = things[this.at(group, number)]!;
    return picked;
  }
}
