/** The lines of a text without lone carriage returns. */
export class TextLines {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.text = text;
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Before the line break. */
  end(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text.charCodeAt(next - 2) === 13 ? next - 2 : next - 1;
  }

  /** The line that an offset is in. */
  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  column(offset: number): number {
    return offset - this.start(this.at(offset));
  }

  /** The column of the first character that is neither space nor tab; that of the line's end in an empty line. */
  indent(line: number): number {
    const [start, end] = [this.start(line), this.end(line)];
    let at = start;
    while (at < end && isBlank(this.text.charCodeAt(at))) at++;
    return at - start;
  }

  isEmpty(line: number): boolean {
    return this.start(line) + this.indent(line) === this.end(line);
  }

  isComment(line: number): boolean {
    return this.text.charAt(this.start(line) + this.indent(line)) === '#';
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
