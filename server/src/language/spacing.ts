import type { SyntaxDocument } from '../syntax/document.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import type { MapNode, Node, SeqNode } from '../syntax/tree.ts';
import { scalarsIn } from './indentation.ts';

/** Edits after which it says `{ a: b, c: [d, e] }` in braces and brackets, within each line. */
export function spacingOf({ sections, text }: SyntaxDocument): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const walk = (base: number, node: Node | null): void => {
    if (!node || node.type === 'scalar' || text.charAt(base + node.start) === '*') return;
    if (node.flow) inBraces(text, base, node, edits);
    else if (node.type === 'map') for (const { value } of node.pairs) walk(base, value);
    else for (const item of node.items) walk(base, item);
  };
  for (const { base, items, pair } of sections) {
    if (pair.value) walk(base, pair.value);
    else for (const item of items ?? []) walk(item.base, item.pair.value);
  }
  return edits;
}

function inBraces(text: string, base: number, node: MapNode | SeqNode, edits: TextEdit[]): void {
  const scalars = scalarsIn(base, node);
  let scalar = 0;
  let before = '';
  let end = base + node.start;
  for (let at = base + node.start; at < base + node.end;) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const atom = scalars[scalar];
    let next = at + 1;
    let what = text.charAt(at);
    if (atom && atom.start <= at) {
      scalar++;
      what = text.charAt(at) === '*' ? '*' : 'word';
      next = Math.max(atom.end, next);
    } else if (what === '#') {
      while (next < text.length && text.charAt(next) !== '\n') next++;
    } else if (!'{}[],:'.includes(what)) {
      // An anchor, or an alias of a list or map.
      what = what === '*' ? '*' : 'word';
      while (/[^\s,{}[\]]/.test(text.charAt(next))) next++;
    }
    const gap = text.slice(end, at);
    const wanted = before === '' || /[\r\n]/.test(gap) ? undefined : gapBetween(before, what);
    if (wanted !== undefined && wanted !== gap) edits.push({ span: { start: end, end: at }, text: wanted });
    before = what;
    end = next;
    at = next;
  }
}

/** What belongs between two marks or words; `undefined` where it stays. */
function gapBetween(before: string, next: string): string | undefined {
  if (next === '#') return undefined;
  if (before === '{') return next === '}' ? '' : ' ';
  if (before === '[') return '';
  if (next === '}') return ' ';
  if (next === ']') return '';
  if (before === ',' || (before === ':' && next !== ',')) return ' ';
  // Without the blank, the colon or comma would be a part of the name, or the value one of the key.
  if (before === '*' || before === ':') return undefined;
  if (next === ',' || next === ':') return '';
  return ' ';
}
