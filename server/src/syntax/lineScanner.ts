/** Walks over the lines of a text that have content: no blank lines, no comments. Lines end with `\n` or `\r\n`. */
export class LineScanner {
  readonly text: string;
  readonly #stop: number;
  /** Offset of the line. */
  start = 0;
  /** Offset of its first character that is not white space. */
  content = 0;
  /** Offset of its line end. */
  end = 0;
  /** Spaces before the content, or before the first tab. */
  indent = 0;
  /** A tab stands before the content. */
  tabbed = false;
  /** Offset of the next line. */
  next: number;

  constructor(text: string, start: number, stop: number) {
    this.text = text;
    this.next = start;
    this.#stop = stop;
  }

  /** Goes to the next line with content; false when there is none. */
  advance(): boolean {
    const { text } = this;
    while (this.next < this.#stop) {
      this.start = this.next;
      const lineEnd = text.indexOf('\n', this.start);
      this.end = lineEnd < 0 || lineEnd >= this.#stop ? this.#stop : lineEnd;
      this.next = this.end + 1;
      if (this.end > this.start && text.charCodeAt(this.end - 1) === 13) this.end--;
      let at = this.start;
      while (at < this.end && text.charCodeAt(at) === 32) at++;
      this.indent = at - this.start;
      this.tabbed = at < this.end && text.charCodeAt(at) === 9;
      if (this.tabbed) while (at < this.end && (text.charCodeAt(at) === 9 || text.charCodeAt(at) === 32)) at++;
      this.content = at;
      if (at < this.end && text.charCodeAt(at) !== 35) return true;
    }
    return false;
  }

  /** The content begins with this indicator, and with white space or nothing after it. */
  isIndicator(char: string): boolean {
    return this.text[this.content] === char && (this.content + 1 >= this.end || ' \t'.includes(this.text.charAt(this.content + 1)));
  }

  /** The content begins with one of these characters. */
  beginsWith(chars: string): boolean {
    return chars.includes(this.text.charAt(this.content));
  }
}
