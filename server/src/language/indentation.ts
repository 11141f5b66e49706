import type { SyntaxDocument } from '../syntax/document.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { MapNode, Node, PlacedPair, ScalarNode, SeqNode, Span } from '../syntax/tree.ts';
import { TextLines } from './textLines.ts';

/**
 * Edits after which every line begins where its depth puts it and ends without blanks, and the file ends with one line break.
 * Comments go with what they stand beside; lines in block texts keep their distance from each other.
 */
export function indentationOf(document: SyntaxDocument): readonly TextEdit[] {
  const layout = new Layout(document);
  return layout.edits();
}

/** Columns of a level, before and after. */
interface Level {
  readonly old: number;
  readonly to: number;
}

class Layout {
  private readonly text: string;
  private readonly document: SyntaxDocument;
  private readonly lines: TextLines;
  private readonly step: number;
  /** Where the first character of a line goes; by line. */
  private readonly target = new Map<number, number>();
  /** Where what follows a dash on its line goes; by line. */
  private readonly behindDash = new Map<number, Level>();
  /** Lines that begin inside a text or a bracket: nothing in them is a comment of ours, and none is a level. */
  private readonly inner = new Set<number>();
  /** Texts whose blanks at line ends may mean something; by line. */
  private readonly guarded = new Map<number, Span>();
  private readonly gaps: TextEdit[] = [];
  private endsOpen = false;

  constructor(document: SyntaxDocument) {
    this.document = document;
    this.text = document.text;
    this.lines = new TextLines(document.text);
    this.step = stepOf(document, this.lines);
  }

  edits(): readonly TextEdit[] {
    for (const { base, items, pair } of this.document.sections) {
      this.place(base + pair.start, 0);
      if (pair.value) this.value({ base, pair }, 0);
      else for (const item of items ?? []) this.pair(item, this.step);
    }
    this.comments();
    const edits: TextEdit[] = [...this.gaps];
    for (let line = 0; line < this.lines.count; line++) this.line(line, edits);
    this.finalBreak(edits);
    return edits;
  }

  /** Puts a line at a column, if that is what the line begins with. */
  private place(offset: number, column: number): void {
    const line = this.lines.at(offset);
    if (this.lines.column(offset) === this.lines.indent(line)) this.target.set(line, column);
  }

  private pair({ base, pair }: PlacedPair, column: number): void {
    this.place(base + pair.start, column);
    this.value({ base, pair }, column);
  }

  private value({ base, pair }: PlacedPair, column: number): void {
    const { value } = pair;
    if (value?.type === 'seq' && !value.flow && !this.isAlias(base, value)) {
      // Some write the dashes of a list below its key, some one step in.
      const asKey = this.lines.column(base + value.start) === this.lines.column(base + pair.start);
      this.list(base, value, asKey ? column : column + this.step);
    } else this.node(base, value, column, column + this.step);
  }

  /** `column`: of what the node belongs to; `inside`: of its own entries. */
  private node(base: number, node: Node | null, column: number, inside: number): void {
    if (!node || this.isAlias(base, node)) return;
    if (node.type === 'scalar') this.scalar(base, node, column);
    else if (node.flow) this.braces(base, node, column);
    else if (node.type === 'map') this.map(base, node, inside);
    else this.list(base, node, inside);
  }

  private map(base: number, { pairs }: MapNode, column: number): void {
    for (const pair of pairs) this.pair({ base, pair }, column);
  }

  private list(base: number, { items, start }: SeqNode, column: number): void {
    let at = base + start;
    for (const item of items) {
      const dash = this.nextContent(at);
      if (this.text.charAt(dash) !== '-') return;
      this.place(dash, column);
      at = item ? base + item.end : dash + 1;
      if (!item) continue;
      this.node(base, item, column, this.behind(dash, base + item.start, column));
    }
  }

  /** The column of what stands behind a dash: one blank after it, unless there is more than blanks between them. */
  private behind(dash: number, start: number, column: number): number {
    const line = this.lines.at(dash);
    if (this.lines.at(start) !== line) return column + 2;
    const even = /^[ \t]+$/.test(this.text.slice(dash + 1, start));
    if (even) this.gaps.push({ span: { start: dash + 1, end: start }, text: ' ' });
    const to = column + (even ? 2 : start - dash);
    this.behindDash.set(line, { old: this.lines.column(start), to });
    return to;
  }

  private nextContent(from: number): number {
    let at = from;
    for (;;) {
      while (/\s/.test(this.text.charAt(at))) at++;
      if (this.text.charAt(at) !== '#') return at;
      at = this.lines.end(this.lines.at(at));
    }
  }

  private isAlias(base: number, node: Node): boolean {
    return this.text.charAt(base + node.start) === '*';
  }

  private scalar(base: number, node: ScalarNode, column: number): void {
    const span = { start: base + node.start, end: base + node.end };
    const first = this.lines.at(span.start);
    const last = this.lines.at(span.end);
    if (node.style === 'block') {
      this.block(span, first, last, column);
      return;
    }
    if (first === last) return;
    if (node.style !== 'plain') this.guard(span);
    const shift = this.shiftOf(first);
    for (let line = first + 1; line <= last; line++) {
      this.inner.add(line);
      if (!this.lines.isEmpty(line)) this.target.set(line, Math.max(column + 1, this.lines.indent(line) + shift));
    }
  }

  private guard(span: Span): void {
    for (let line = this.lines.at(span.start); line <= this.lines.at(span.end); line++) this.guarded.set(line, span);
  }

  private isGuarded(line: number, offset: number): boolean {
    const span = this.guarded.get(line);
    return span !== undefined && span.start < offset && offset < span.end;
  }

  /** How far a line moves. */
  private shiftOf(line: number): number {
    const indent = this.lines.indent(line);
    return (this.target.get(line) ?? indent) - indent;
  }

  private block({ start }: Span, first: number, last: number, column: number): void {
    const { lines } = this;
    const header = this.text.slice(start, lines.end(first)).replace(/\s#.*/, '');
    let stop = last;
    // Empty lines behind it are a part of it, if it keeps them or they are wider than it.
    while (stop + 1 < lines.count && lines.isEmpty(stop + 1)) stop++;
    let indent = Infinity;
    for (let line = first + 1; line <= last && indent === Infinity; line++) if (!lines.isEmpty(line)) indent = lines.indent(line);
    this.guard({ start: lines.end(first), end: lines.end(stop) + 1 });
    const reachesEnd = stop === lines.count - 1;
    // With no line break behind it, or with all of them: one more or less is another text.
    if (reachesEnd && (header.includes('+') || (last === stop && !header.includes('-')))) this.endsOpen = true;
    const shift = /\d/.test(header) ? this.shiftOf(first) : column + this.step - indent;
    for (let line = first + 1; line <= stop; line++) {
      const width = lines.indent(line);
      this.inner.add(line);
      const isText = !lines.isEmpty(line) || width > indent;
      this.target.set(line, isText ? Math.max(0, width + shift) : 0);
      if (reachesEnd && line > last && width > indent) this.endsOpen = true;
    }
  }

  /** Lines in braces and brackets: one step for each line above that has opened some and not closed them. */
  private braces(base: number, node: MapNode | SeqNode, column: number): void {
    const { lines, text } = this;
    const start = base + node.start;
    const end = base + node.end;
    const first = lines.at(start);
    if (first === lines.at(end)) return;
    const scalars = scalarsIn(base, node);
    const open: { readonly line: number; readonly column: number }[] = [];
    let [scalar, known] = [0, first];
    const outer = this.target.get(first) ?? lines.indent(first);
    const columnOf = (line: number): number => (line === first ? Math.max(outer, column) : (this.target.get(line) ?? 0));
    for (let at = start; at < end; at++) {
      const line = lines.at(at);
      if (line !== known && !/\s/.test(text.charAt(at))) {
        for (let next = known + 1; next <= line; next++) this.inner.add(next);
        known = line;
        const opener = open.at(-1)!;
        const closes = ']}'.includes(text.charAt(at)) && lines.indent(line) <= lines.indent(opener.line);
        this.target.set(line, closes ? opener.column : opener.column + this.step);
      }
      const atom = scalars[scalar];
      if (atom && atom.start <= at) {
        scalar++;
        const last = lines.at(atom.end);
        if (last !== line && /["']/.test(text.charAt(atom.start))) this.guard(atom);
        for (let next = line + 1; next <= last; next++) {
          this.inner.add(next);
          if (!lines.isEmpty(next)) this.target.set(next, open.at(-1)!.column + this.step);
        }
        known = last;
        at = Math.max(at, atom.end - 1);
        continue;
      }
      const char = text.charAt(at);
      if (char === '#' && /\s/.test(text.charAt(at - 1))) at = lines.end(line) - 1;
      else if (char === '{' || char === '[') open.push({ line, column: columnOf(line) });
      else if (char === '}' || char === ']') open.pop();
    }
  }

  /** Comments that have a line of their own stand where what is below them stands, else what is above. */
  private comments(): void {
    const { lines } = this;
    const above: Level[] = [];
    const below = this.levelsBelow();
    for (let line = 0; line < lines.count; line++) {
      if (this.inner.has(line) || lines.isEmpty(line)) continue;
      const old = lines.indent(line);
      if (lines.isComment(line)) {
        this.target.set(line, levelFor(old, below.get(line), above));
        continue;
      }
      while ((above.at(-1)?.old ?? -1) >= old) above.pop();
      above.push({ old, to: this.target.get(line) ?? old });
      const behind = this.behindDash.get(line);
      if (behind) above.push(behind);
    }
  }

  /** By comment line: where the next line goes that is neither empty nor a comment. */
  private levelsBelow(): ReadonlyMap<number, Level> {
    const levels = new Map<number, Level>();
    let below: Level | undefined;
    for (let line = this.lines.count - 1; line >= 0; line--) {
      if (this.lines.isEmpty(line)) continue;
      const old = this.lines.indent(line);
      if (!this.lines.isComment(line) || this.inner.has(line)) below = { old, to: this.target.get(line) ?? old };
      else if (below) levels.set(line, below);
    }
    return levels;
  }

  private line(line: number, edits: TextEdit[]): void {
    const { lines, text } = this;
    const [start, end] = [lines.start(line), lines.end(line)];
    const indent = lines.indent(line);
    const content = start + indent;
    if (lines.isEmpty(line)) {
      const to = this.target.get(line) ?? (this.isGuarded(line, start) ? indent : 0);
      if (to !== indent) edits.push({ span: { start, end }, text: ' '.repeat(to) });
      return;
    }
    const to = this.target.get(line);
    if (to !== undefined) edits.push({ span: { start, end: content }, text: ' '.repeat(to) });
    let last = end;
    while (last > content && ' \t'.includes(text.charAt(last - 1))) last--;
    if (last < end && !this.isGuarded(line, last)) edits.push({ span: { start: last, end }, text: '' });
  }

  private finalBreak(edits: TextEdit[]): void {
    const { lines, text } = this;
    if (this.endsOpen) return;
    let last = lines.count - 1;
    while (last > 0 && lines.isEmpty(last)) last--;
    if (last === lines.count - 1) edits.push({ span: { start: text.length, end: text.length }, text: this.document.eol });
    if (last >= lines.count - 2) return;
    // What is in the lines that go needs no edits of its own.
    const start = lines.start(last + 1);
    for (let at = edits.length - 1; at >= 0; at--) if (edits[at]!.span.start >= start) edits.splice(at, 1);
    edits.push({ span: { start, end: text.length }, text: '' });
  }
}

/** Of the levels beside a comment the one that it is at; else the deepest that it is behind. */
function levelFor(column: number, below: Level | undefined, above: readonly Level[]): number {
  let best = below && below.old <= column ? below : undefined;
  for (const level of above) if (level.old <= column && level.old > (best?.old ?? -1)) best = level;
  return (best ?? below)?.to ?? 0;
}

/** Scalars and aliases below a node, in source order. */
export function scalarsIn(base: number, node: Node): readonly Span[] {
  const found: Span[] = [];
  const add = (at: Node | null, outer: Span): void => {
    // What an alias stands for is written elsewhere.
    if (!at || at.start < outer.start || at.end > outer.end) return;
    if (at.type === 'scalar') found.push({ start: base + at.start, end: base + at.end });
    else if (at.type === 'seq') for (const item of at.items) add(item, at);
    else {
      for (const pair of at.pairs) {
        add(pair.key, at);
        add(pair.value, at);
      }
    }
  };
  add(node, node);
  return found;
}

/** The step that most entries of sections have; else what the text begins with. */
function stepOf({ indent, sections }: SyntaxDocument, lines: TextLines): number {
  const counts = new Map<number, number>();
  for (const { items, pair } of sections) {
    if (!items || (pair.value?.type === 'map' && pair.value.flow)) continue;
    for (const item of items) {
      const column = lines.column(item.base + item.pair.start);
      counts.set(column, (counts.get(column) ?? 0) + 1);
    }
  }
  let best: readonly [number, number] | undefined;
  for (const entry of counts) if (entry[0] > 0 && (!best || entry[1] > best[1])) best = entry;
  return best?.[0] ?? indent;
}
