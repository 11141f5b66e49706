import { LineScanner } from './lineScanner.ts';
import type { Problem } from './problem.ts';
import type { Span } from './tree.ts';

/** Where the chunks of a text are. Nothing is read yet. */
export interface Split {
  /** The text from the first section to the end of the first document. */
  readonly body: Span;
  readonly sections: readonly SectionSplit[];
  /** Directives and further documents. */
  readonly problems: readonly Problem[];
  /**
   * The chunks depend on each other. `always`: splitting would change the meaning. `if-healthy`: it would, if the text
   * is what it looks like; if not, the chunks tell more.
   */
  readonly whole: 'no' | 'if-healthy' | 'always';
  readonly indent: number;
}

export interface SectionSplit extends Span {
  /** Indented, although it stands between sections. */
  readonly misplaced: boolean;
  /** Chunks of their own, behind the section's; `undefined` when the section is one chunk. */
  readonly items: readonly ItemSplit[] | undefined;
}

export interface ItemSplit extends Span {
  /** Less indented than the section's first item. */
  readonly misplaced: boolean;
}

/** A simple key, its colon, and nothing else on the line. */
const BARE_HEAD = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^:#'"\r\n]*:[ \t]*(?:[ \t]#[^\r\n]*)?$/;
const QUOTED_HEAD = /^(?:"[^"\\\r\n]*"|'[^'\r\n]*')[ \t]*:[ \t]*(?:[ \t]#[^\r\n]*)?$/;

/**
 * Finds the chunks: top-level keys, and in sections written as a block map the items at the first nested indentation.
 * By the rules of YAML no quote, bracket or block scalar reaches over a line with a key at that indentation, so a chunk
 * never depends on how the one before it ends, and a broken one ends where the next key begins.
 */
export function splitText(text: string): Split {
  const problems: Problem[] = [];
  const { start, inlineStart } = findStart(text, problems);
  let whole: Split['whole'] = inlineStart ? 'always' : 'no';
  let stop = text.length;
  let indent = 0;
  const sections: SectionSplit[] = [];
  let open: { start: number; keyLike: boolean; misplaced: boolean; headEnd: number; next: number } | undefined;
  const close = (end: number): void => {
    if (!open) return;
    const bare = open.keyLike && !open.misplaced && isBare(text.slice(open.start, open.headEnd));
    const items = bare ? splitItems(text, open.next, end) : undefined;
    sections.push({ start: open.start, end: items?.[0]?.start ?? end, misplaced: open.misplaced, items });
    open = undefined;
  };
  const line = new LineScanner(text, start, text.length);
  while (line.advance()) {
    if (line.tabbed || line.indent > 0) {
      if (indent === 0 && !line.tabbed && line.indent <= 8) indent = line.indent;
      if (!open && sections.length === 0 && line.beginsWith('{[') && whole === 'no') whole = 'if-healthy';
      open ??= { start: line.start, keyLike: false, misplaced: true, headEnd: line.end, next: line.next };
      continue;
    }
    if (isMarker(text, line.content, line.end)) {
      stop = line.start;
      warnOfMore(line, problems);
      break;
    }
    if (line.beginsWith('%')) {
      close(line.start);
      problems.push(directive(line));
      continue;
    }
    if (open && !open.misplaced && (line.isIndicator('-') || line.beginsWith(']}'))) continue;
    const keyLike = colonOfKey(text, line.content, line.end) !== undefined;
    if (line.isIndicator('?') || (!keyLike && line.beginsWith('&!*'))) whole = 'always';
    if (!open && sections.length === 0 && line.beginsWith('{[') && whole === 'no') whole = 'if-healthy';
    if (!keyLike && open && !open.keyLike && !open.misplaced) continue;
    close(line.start);
    open = { start: line.start, keyLike, misplaced: false, headEnd: line.end, next: line.next };
  }
  close(stop);
  if (sections.length === 1 && sections[0]?.misplaced) whole = 'always';
  return { body: { start, end: stop }, sections, problems, whole, indent: indent || 2 };
}

/** The items of a section whose head ends before `start`; `undefined` when its value is no block map to be split. */
function splitItems(text: string, start: number, end: number): ItemSplit[] | undefined {
  const line = new LineScanner(text, start, end);
  const items: { start: number; end: number; misplaced: boolean }[] = [];
  let indent = -1;
  let keySeen = false;
  while (line.advance()) {
    if (indent < 0) {
      if (line.tabbed || line.indent === 0 || line.isIndicator('-') || line.beginsWith('[]{}|>')) return undefined;
      indent = line.indent;
    }
    const begins = beginsItem(line, indent, keySeen);
    if (begins === undefined) return undefined;
    if (!begins) continue;
    keySeen ||= line.indent === indent && colonOfKey(text, line.content, line.end) !== undefined;
    const last = items.at(-1);
    if (last) last.end = line.start;
    items.push({ start: line.start, end, misplaced: line.indent < indent });
  }
  return keySeen ? items : undefined;
}

/**
 * Whether a line begins an item of a section whose items are indented so much, behind the first one; `undefined` when a
 * section with such a line cannot be split. `keySeen`: one of the items before it is a key.
 */
export function beginsItem(line: LineScanner, indent: number, keySeen: boolean): boolean | undefined {
  if (line.tabbed || line.indent > indent || line.beginsWith(']}')) return false;
  if (line.indent === indent && line.isIndicator('-')) return false;
  if (line.isIndicator('?')) return undefined;
  if (keySeen && !line.beginsWith('&!*')) return true;
  const keyLike = colonOfKey(line.text, line.content, line.end) !== undefined;
  return keyLike || !line.beginsWith(keySeen ? '&!*' : '&!*\'"') ? true : undefined;
}

/** The offset of the colon, when a line's content from `start` to `end` begins like `key: `. */
export function colonOfKey(text: string, start: number, end: number): number | undefined {
  let at = start;
  const quote = text.charCodeAt(at);
  if (quote === 34 || quote === 39) {
    for (at++; at < end && text.charCodeAt(at) !== quote; at++) if (quote === 34 && text.charCodeAt(at) === 92) at++;
    at++;
    while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
    return at < end && text.charCodeAt(at) === 58 && isSpace(text, at + 1, end) ? at : undefined;
  }
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return undefined;
    if (code === 58 && isSpace(text, at + 1, end)) return at;
    if (code === 35 && at > start && isSpace(text, at - 1, end)) return undefined;
  }
  return undefined;
}

function isSpace(text: string, at: number, end: number): boolean {
  const code = text.charCodeAt(at);
  return at >= end || code === 32 || code === 9 || code === 10 || code === 13;
}

function isBare(head: string): boolean {
  return BARE_HEAD.test(head) || QUOTED_HEAD.test(head);
}

/** `---` or `...`, alone or with white space behind it. */
function isMarker(text: string, at: number, end: number): boolean {
  return (text.startsWith('---', at) || text.startsWith('...', at)) && isSpace(text, at + 3, end);
}

/** Where the first document's content begins: behind a byte order mark, directives, and `---`. */
function findStart(text: string, problems: Problem[]): { start: number; inlineStart: boolean } {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const line = new LineScanner(text, start, text.length);
  while (line.advance()) {
    if (line.indent > 0 || line.tabbed) break;
    if (line.beginsWith('%')) {
      problems.push(directive(line));
    } else if (line.beginsWith('-') && isMarker(text, line.content, line.end)) {
      const inline = /^---[ \t]+[^\s#]/.test(text.slice(line.content, line.end));
      return inline ? { start: line.content + 3, inlineStart: true } : { start: line.next, inlineStart: false };
    } else break;
  }
  return { start, inlineStart: false };
}

function directive(line: LineScanner): Problem {
  return {
    code: 'directive',
    severity: 'error',
    message: 'Directives have no meaning in a threat model: remove this line.',
    span: { start: line.content, end: line.end },
  };
}

/** Says that only the first document is read, when anything follows its end. */
function warnOfMore(line: LineScanner, problems: Problem[]): void {
  let span = { start: line.content, end: line.content + 3 };
  if (line.beginsWith('.')) {
    if (!line.advance()) return;
    span = { start: line.content, end: line.content + Math.min(3, line.end - line.content) };
  }
  problems.push({
    code: 'several-documents',
    severity: 'warning',
    message: 'Only the first document of a file is read: move this one to a file of its own.',
    span,
  });
}
