import assert from 'node:assert/strict';

/** Takes the one `$0` out of a text and says where it was. */
export function cursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('$0');
  assert.notEqual(offset, -1, 'the text has no $0');
  assert.equal(marked.indexOf('$0', offset + 1), -1, 'the text has more than one $0');
  return { text: marked.slice(0, offset) + marked.slice(offset + 2), offset };
}

/** Takes every `«…»` out of a text, and says where what stood between them is. A `$0` stays where it is. */
export function ranges(marked: string): {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
} {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split(/(«[^»]*»)/)) {
    const inner = part.startsWith('«') ? part.slice(1, -1) : undefined;
    if (inner !== undefined) spans.push({ start: text.length, end: text.length + inner.replace('$0', '').length });
    text += inner ?? part;
  }
  return { text, spans };
}
