import { nothingAt, type Found, type Frame } from './frames.ts';
import { scanBraces } from './placeInBraces.ts';
import { endOfPlain, endOfQuoted, isDash, keyAt, lineEnd, lineStart, nextLine, skipBlanks } from './tokens.ts';

interface BlockFrame extends Frame {
  readonly indent: number;
  /** The last key of a map, and whether its value is still to come on the lines below. */
  key: string | undefined;
  open: boolean;
  /** Words without a dash stand where a list was. */
  readonly afterList: boolean;
}

function newFrame(type: Frame['type'], path: readonly string[], indent: number, list?: Frame): BlockFrame {
  const items = list?.items ?? new Set<string>();
  return { type, path, indent, entries: new Map(), items, key: undefined, open: false, afterList: list !== undefined };
}

/**
 * Reads the section that `offset` is in line by line, and finds the place. What is inside of an item is found from the top
 * of the item: what stands above it may be thousands of lines and says nothing of it. So is the key of an item, when nobody
 * wants to know what other items there are.
 */
export function scanBlock(text: string, offset: number, wantsOthers = true): Found {
  const head = sectionStart(text, offset);
  const item = itemAround(text, head, offset);
  if (item) {
    const around = [{ ...newFrame('map', [], 0), key: item.section, open: true }, newFrame('map', [item.section], item.indent)] as const;
    const found = new BlockScan(text, offset, around).run(item.start);
    if (!around.some((frame) => frame === found.frame) || (!wantsOthers && found.role === 'key' && found.colon)) return found;
  }
  return scanSection(text, offset);
}

/** The same, always from the top of the section. */
export function scanSection(text: string, offset: number): Found {
  return new BlockScan(text, offset, [newFrame('map', [], 0)]).run(sectionStart(text, offset));
}

/** The line, if there is one, with the key of the item that `offset` is in, of the section whose key is at `head`. */
function itemAround(text: string, head: number, offset: number): { section: string; indent: number; start: number } | undefined {
  const section = keyAt(text, head);
  const value = section && skipBlanks(text, section.colon + 1);
  if (!section || value === undefined || (value < lineEnd(text, value) && text.charAt(value) !== '#')) return undefined;
  let indent = 0;
  let start = -1;
  for (let position = nextLine(text, value); position <= offset; position = nextLine(text, position)) {
    const content = skipBlanks(text, position);
    if ('\r\n#'.includes(text.charAt(content))) continue;
    const column = content - position;
    indent ||= column;
    // Not the section of a healthy file: then every line may matter.
    if (column === 0 || column < indent || (column === indent && text.charAt(content) === '-')) return undefined;
    if (column === indent && !'}]'.includes(text.charAt(content))) start = position;
  }
  return start >= 0 && keyAt(text, start + indent) ? { section: section.text, indent, start } : undefined;
}

/** The key of the section that `offset` is in. */
export function sectionAt(text: string, offset: number): string | undefined {
  return keyAt(text, sectionStart(text, offset))?.text;
}

/** Where the section begins: the nearest line above (or here) that begins with a key in column 0. */
function sectionStart(text: string, offset: number): number {
  let line = lineStart(text, offset);
  while (line > 0) {
    if (text.charCodeAt(line) !== 32 && !/[\s#\-\]},]/.test(text.charAt(line)) && keyAt(text, line)) return line;
    line = lineStart(text, line - 1);
  }
  return 0;
}

class BlockScan {
  private readonly text: string;
  private readonly offset: number;
  private readonly stack: [BlockFrame, ...BlockFrame[]];
  private readonly around: readonly BlockFrame[];
  private found: Found | undefined;

  /** `around`: the collections that the first line to be read is in. Nobody wants to know what else is in them. */
  constructor(text: string, offset: number, around: readonly [BlockFrame, ...BlockFrame[]]) {
    this.text = text;
    this.offset = offset;
    this.around = around;
    this.stack = [...around];
  }

  /** From the line that begins at `start`. */
  run(start: number): Found {
    let position = start;
    while (position <= this.text.length) {
      position = this.line(position, lineEnd(this.text, position));
      const { found } = this;
      if (found && (this.around.some((frame) => frame === found.frame) || !this.stack.some((frame) => frame === found.frame))) return found;
    }
    return this.found ?? nothingAt(this.offset, this.top);
  }

  private get top(): BlockFrame {
    return this.stack.at(-1) ?? this.stack[0];
  }

  private inside(start: number, end: number): boolean {
    return !this.found && this.offset >= start && this.offset <= end;
  }

  private nothing(): void {
    this.found = nothingAt(this.offset, this.top);
  }

  private see(frame: Frame, role: Found['role'], path: readonly string[], start: number, end: number, more?: Partial<Found>): void {
    const siblings = role === 'item' ? 'list' : 'map';
    this.found = { frame, role, path, word: { start, end }, colon: false, braces: false, siblings, dash: false, ...more };
  }

  /** Reads one line, or a value of many lines that begins on it, and says where the next one begins. */
  private line(start: number, end: number): number {
    const content = skipBlanks(this.text, start);
    if (content >= end || this.text.charAt(content) === '#') {
      if (this.inside(start, content)) this.blank(this.offset - start, end);
      else if (this.inside(content, end)) this.nothing();
      return nextLine(this.text, end);
    }
    if (this.inside(start, content - 1)) this.nothing();
    this.enter(content - start, isDash(this.text, content));
    return this.content(content, content - start, end);
  }

  /** Closes what a line at this column ends, and opens the collection that it begins. */
  private enter(column: number, dash: boolean): void {
    const { stack } = this;
    while (stack.length > 1 && this.top.indent > column) stack.pop();
    let list: Frame | undefined;
    if (stack.length > 1 && this.top.indent === column && this.top.type === 'list' && !dash) list = stack.pop();
    const { top } = this;
    if (top.indent < column) stack.push(newFrame(dash ? 'list' : 'map', pathBelow(top), column, list));
    else if (dash && top.type === 'map') stack.push(newFrame('list', pathBelow(top), column));
  }

  /** One line's content: dashes, then a key with its value, or a scalar. */
  private content(start: number, column: number, end: number): number {
    const frame = this.top;
    if (isDash(this.text, start)) return this.item(start, column, end, frame);
    const key = keyAt(this.text, start);
    if (!key) return this.loose(start, end, frame);
    if (this.inside(key.start, key.end)) this.see(frame, 'key', frame.path, key.start, key.end, { colon: true });
    else if (!frame.entries.has(key.text)) frame.entries.set(key.text, '');
    frame.key = key.text;
    const path = [...frame.path, key.text];
    const value = Math.min(skipBlanks(this.text, key.colon + 1), end);
    frame.open = value >= end || '#&!'.includes(this.text.charAt(value));
    if (value < end && this.text.charAt(value) !== '#') {
      if (this.inside(key.colon, value - 1)) this.nothing();
      return this.value(value, end, frame, 'value', path, frame.indent);
    }
    if (this.inside(key.colon + 1, value)) {
      const stands = this.below(end, frame.indent + 1) !== 'none' || this.below(end, frame.indent) === 'list';
      if (stands) this.nothing();
      else this.see(frame, 'value', path, this.offset, this.offset, { siblings: 'none' });
    }
    return this.rest(key.colon, end);
  }

  private item(start: number, column: number, end: number, frame: BlockFrame): number {
    const rest = Math.min(skipBlanks(this.text, start + 1), end);
    if (rest >= end || this.text.charAt(rest) === '#') {
      if (this.inside(start + 2, rest)) this.see(frame, 'item', frame.path, this.offset, this.offset);
      return this.rest(start, end);
    }
    if (this.inside(start, rest - 1)) this.nothing();
    const key = keyAt(this.text, rest);
    if (!key && !isDash(this.text, rest)) return this.value(rest, end, frame, 'item', frame.path, column);
    const inner = column + rest - start;
    this.stack.push(newFrame(key ? 'map' : 'list', frame.path, inner));
    return this.content(rest, inner, end);
  }

  /** A line without a colon: a word that is being typed, or the second line of a text. */
  private loose(start: number, end: number, frame: BlockFrame): number {
    const last = endOfPlain(this.text, start, end);
    if (!this.inside(start, last)) return this.rest(start, end);
    const outer = this.stack.at(-2);
    const fresh = frame.entries.size === 0;
    const running = fresh && !frame.afterList && outer?.type === 'map' && outer.key !== undefined && !outer.open;
    if (running) this.nothing();
    else if (frame.afterList) this.see(frame, 'item', frame.path, start, last, { dash: true });
    else this.see(frame, 'key', frame.path, start, last, fresh ? { siblings: this.below(end, frame.indent) } : {});
    return this.rest(last, end);
  }

  private value(start: number, end: number, frame: BlockFrame, role: 'value' | 'item', path: readonly string[], indent: number): number {
    const { text } = this;
    const first = text.charAt(start);
    if (first === '|' || first === '>') return this.blockText(start, end, indent);
    if (first === '{' || first === '[') {
      const scan = scanBraces(text, start, path, indent, this.found ? -1 : this.offset);
      this.found ??= scan.found;
      return this.rest(scan.end, lineEnd(text, scan.end));
    }
    const quoted = first === '"' || first === "'" ? endOfQuoted(text, start, indent) : undefined;
    const last = quoted ? quoted.end : endOfPlain(text, start, end);
    const word = quoted ? { start: start + 1, end: quoted.closed ? last - 1 : last } : { start, end: last };
    const scalar = text.slice(word.start, word.end);
    if (this.inside(word.start, word.end)) this.see(frame, role, path, word.start, word.end);
    else if (role === 'item') frame.items.add(scalar);
    else frame.entries.set(path.at(-1) ?? '', scalar);
    return this.rest(last, lineEnd(text, last));
  }

  /** What stands behind the last token of a line: a comment, or nothing. */
  private rest(from: number, end: number): number {
    if (this.inside(from, end)) this.nothing();
    return nextLine(this.text, end);
  }

  /** A `|` or `>` text: everything below that is indented more. */
  private blockText(start: number, end: number, indent: number): number {
    let position = nextLine(this.text, end);
    let written = end;
    while (position <= this.text.length) {
      const content = skipBlanks(this.text, position);
      const stop = lineEnd(this.text, position);
      if (content < stop && content - position <= indent) break;
      if (content < stop) written = stop;
      position = nextLine(this.text, stop);
    }
    if (this.inside(start, written)) this.nothing();
    // Blank lines below the text are where the author goes on.
    return nextLine(this.text, written);
  }

  /** What a word at this column of a blank line would belong to. */
  private blank(column: number, end: number): void {
    const open = [...this.stack];
    let child: BlockFrame | undefined;
    while (open.length > 1 && (open.at(-1)?.indent ?? 0) > column) child = open.pop();
    let top = open.at(-1) ?? this.stack[0];
    const parent = open.at(-2);
    const listEnds = top.type === 'list' && top.indent === column && parent?.indent === column && this.below(end, column) !== 'list';
    if (listEnds && parent) {
      top = parent;
      child = undefined;
    }
    if (column <= top.indent || (top.type === 'map' && top.key === undefined)) {
      const own = { column: top.indent };
      if (top.type === 'list') this.see(top, 'item', top.path, this.offset, this.offset, { dash: true, ...own });
      else this.see(top, 'key', top.path, this.offset, this.offset, own);
    } else if (child) {
      const list = child.type === 'list';
      this.see(child, list ? 'item' : 'key', child.path, this.offset, this.offset, { dash: list, column: child.indent });
    } else if (top.type === 'map' && top.open) {
      const siblings = this.below(end, top.indent + 1);
      const ahead = this.ahead(end, top.indent, pathBelow(top));
      this.see(ahead, siblings === 'list' ? 'item' : 'key', ahead.path, this.offset, this.offset, { siblings, dash: siblings === 'list' });
    } else this.nothing();
  }

  /** A collection of which every line is still below the cursor. */
  private ahead(end: number, indent: number, path: readonly string[]): Frame {
    const { text } = this;
    const frame = newFrame('map', path, indent + 1);
    let column: number | undefined;
    for (let position = nextLine(text, end); position <= text.length; position = nextLine(text, lineEnd(text, position))) {
      const content = skipBlanks(text, position);
      const stop = lineEnd(text, position);
      if (content >= stop || text.charAt(content) === '#') continue;
      if (content - position <= indent) break;
      column ??= content - position;
      if (content - position !== column) continue;
      const key = keyAt(text, content);
      const from = skipBlanks(text, (key ? key.colon : content) + 1);
      const scalar = text.slice(from, endOfPlain(text, from, stop));
      if (key) frame.entries.set(key.text, scalar);
      else if (isDash(text, content)) frame.items.add(scalar);
    }
    return frame;
  }

  /** What the next written line is when it stands at `column` or deeper. */
  private below(end: number, column: number): 'list' | 'map' | 'none' {
    const { text } = this;
    for (let position = nextLine(text, end); position <= text.length; position = nextLine(text, lineEnd(text, position))) {
      const content = skipBlanks(text, position);
      if (content >= lineEnd(text, position) || text.charAt(content) === '#') continue;
      if (content - position < column) return 'none';
      return isDash(text, content) ? 'list' : 'map';
    }
    return 'none';
  }
}

function pathBelow(frame: BlockFrame): readonly string[] {
  return frame.type === 'map' && frame.key !== undefined ? [...frame.path, frame.key] : frame.path;
}
