/** A place as editors count: zero-based line, and UTF-16 units from the line's start. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Offsets ⇄ positions of one text. A line ends with `\r\n`, `\n` or `\r`, and with nothing else. */
export class LineIndex {
  readonly #length: number;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];

  constructor(text: string) {
    const starts = [0];
    const ends: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 10 && code !== 13) continue;
      ends.push(at);
      if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
      starts.push(at + 1);
    }
    ends.push(text.length);
    this.#length = text.length;
    this.#starts = starts;
    this.#ends = ends;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset. Offsets outside the text, or inside a line end, are moved to the nearest place before. */
  positionAt(offset: number): LinePosition {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? 0;
    return { line: low, character: Math.min(at, this.#ends[low] ?? at) - start };
  }

  /** The offset of a position. A character beyond the line's end is the line's end; a line beyond the last is the text's end. */
  offsetAt(position: LinePosition): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    const end = this.#ends[position.line];
    if (start === undefined || end === undefined) return this.#length;
    return Math.min(start + Math.max(0, position.character), end);
  }
}
