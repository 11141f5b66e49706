import assert from 'node:assert/strict';

/** Takes the one `$0` out of a text and says where it was. */
export function cursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('$0');
  assert.notEqual(offset, -1, 'the text has no $0');
  assert.equal(marked.indexOf('$0', offset + 1), -1, 'the text has more than one $0');
  return { text: marked.slice(0, offset) + marked.slice(offset + 2), offset };
}
