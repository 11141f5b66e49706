import { nothingAt, type Found, type Frame } from './frames.ts';
import { endOfQuoted, skipBlanks } from './tokens.ts';

interface BraceFrame extends Frame {
  key: string;
  /** The key is the word under the cursor. */
  mine: boolean;
  /** The scalar that was last read and is not yet known to be a key; `mine` is the one under the cursor. */
  pending: { readonly text: string; readonly mine: boolean } | undefined;
  /** After the colon and before the comma. */
  inValue: boolean;
  /** Something complete stands since the last comma or colon. */
  filled: boolean;
}

/**
 * Reads `{…}` or `[…]` from `start`, over as many lines as it takes, and finds the place at `offset` in it (none for a
 * negative offset). A brace that is never closed ends where a line begins that is indented no more than `indent`.
 */
export function scanBraces(
  text: string,
  start: number,
  path: readonly string[],
  indent: number,
  offset: number,
): { readonly end: number; readonly found: Found | undefined } {
  const scan = new BraceScan(text, path, indent, offset);
  return { end: scan.run(start), found: scan.found };
}

class BraceScan {
  found: Found | undefined;
  private readonly stack: BraceFrame[] = [];
  private readonly text: string;
  private readonly path: readonly string[];
  private readonly indent: number;
  private readonly offset: number;

  constructor(text: string, path: readonly string[], indent: number, offset: number) {
    this.text = text;
    this.path = path;
    this.indent = indent;
    this.offset = offset;
  }

  run(start: number): number {
    let position = start;
    while (position < this.text.length) {
      const next = this.step(position);
      if (next === undefined || this.stack.length === 0) return next ?? position;
      position = next;
    }
    const frame = this.stack.at(-1);
    if (frame && this.offset >= position) this.gap(frame);
    return position;
  }

  /** Reads one token and says where the next begins; `undefined` where what follows is not ours any more. */
  private step(position: number): number | undefined {
    const { text } = this;
    const char = text.charAt(position);
    const frame = this.stack.at(-1);
    if (!frame || char === '{' || char === '[') return this.open(position, char, frame);
    if (char === '#' && /\s/.test(text.charAt(position - 1))) return this.comment(position, frame);
    const colon = char === ':' && (frame.pending !== undefined || /[\s,{}[\]]|^$/.test(text.charAt(position + 1)));
    if (!colon && !/[\s,}\]]/.test(char)) return this.scalar(frame, position, char);
    if (this.offset === position) this.gap(frame);
    if (colon) this.colon(frame);
    else if (char === ',') settle(frame);
    else if (char === '}' || char === ']') {
      settle(frame);
      this.stack.pop();
    } else if (char === '\n' && this.ends(position)) return undefined;
    return position + 1;
  }

  private open(position: number, char: string, frame: BraceFrame | undefined): number {
    if (frame) {
      if (this.offset === position) this.gap(frame);
      frame.filled = true;
    }
    const path = !frame ? this.path : frame.inValue ? [...frame.path, frame.key] : frame.path;
    const type = char === '{' ? 'map' : 'list';
    this.stack.push({
      type,
      path,
      entries: new Map(),
      items: new Set(),
      key: '',
      mine: false,
      pending: undefined,
      inValue: false,
      filled: false,
    });
    return position + 1;
  }

  private colon(frame: BraceFrame): void {
    if (frame.type === 'list' || frame.inValue) return;
    frame.key = frame.pending?.text ?? '';
    frame.mine = frame.pending?.mine ?? false;
    note(frame, frame.key, '');
    frame.inValue = true;
    frame.filled = false;
    frame.pending = undefined;
  }

  private comment(position: number, frame: BraceFrame): number {
    const newline = this.text.indexOf('\n', position);
    const end = newline < 0 ? this.text.length : newline;
    if (this.offset === position) this.gap(frame);
    else if (!this.found && this.offset > position && this.offset <= end) this.found = nothingAt(this.offset, frame);
    // The end of the line is the comment's, so that the cursor there is in it.
    return end;
  }

  /** Whether the line below belongs to somebody else: the brace was never closed. */
  private ends(position: number): boolean {
    const content = skipBlanks(this.text, position + 1);
    const next = this.text.charAt(content);
    return next !== '' && !'\r\n}]#'.includes(next) && content - position - 1 <= this.indent;
  }

  /** Between tokens: a key, value or item may be written unless one stands there. */
  private gap(frame: BraceFrame): void {
    if (this.found) return;
    if (frame.filled) this.found = { ...nothingAt(this.offset, frame), braces: true };
    else this.see(frame, this.offset, this.offset, false);
  }

  private see(frame: BraceFrame, start: number, end: number, colon: boolean): void {
    const role = frame.type === 'list' ? 'item' : frame.inValue ? 'value' : 'key';
    this.found = {
      frame,
      role,
      path: role === 'value' ? [...frame.path, frame.key] : frame.path,
      word: { start, end },
      colon,
      braces: true,
      siblings: frame.type,
      dash: false,
    };
  }

  private scalar(frame: BraceFrame, from: number, first: string): number {
    const { text } = this;
    const quoted = first === '"' || first === "'" ? endOfQuoted(text, from, this.indent) : undefined;
    const end = quoted ? quoted.end : this.endOfPlain(from);
    const word = quoted ? { start: from + 1, end: quoted.closed ? end - 1 : end } : { start: from, end };
    const mine = !this.found && this.offset >= word.start && this.offset <= word.end;
    if (mine) this.see(frame, word.start, word.end, !frame.inValue && text.charAt(skipBlanks(text, end)) === ':');
    frame.filled = true;
    frame.pending = { text: text.slice(word.start, word.end), mine };
    return end;
  }

  private endOfPlain(from: number): number {
    let end = from + 1;
    for (let at = from; at < this.text.length; at++) {
      const char = this.text.charAt(at);
      if (',{}[]\n\r'.includes(char)) break;
      if (char === ':' && /[\s,{}[\]]|^$/.test(this.text.charAt(at + 1)) && at > from) break;
      if (char === '#' && /\s/.test(this.text.charAt(at - 1))) break;
      if (char !== ' ' && char !== '\t') end = at + 1;
    }
    return end;
  }
}

function note(frame: BraceFrame, key: string, value: string): void {
  if (!frame.mine) frame.entries.set(key, value);
}

/** A comma or the closing brace: what was read is one of the others, unless it is the word under the cursor. */
function settle(frame: BraceFrame): void {
  const { pending } = frame;
  if (pending && !pending.mine) {
    if (frame.type === 'list') frame.items.add(pending.text);
    else if (frame.inValue) note(frame, frame.key, pending.text);
    else frame.entries.set(pending.text, '');
  }
  frame.pending = undefined;
  frame.filled = false;
  frame.inValue = false;
  frame.mine = false;
}
