import type { SemanticTokens, SemanticTokensDelta, SemanticTokensEdit } from 'vscode-languageserver';
import { TOKEN_MODIFIERS, TOKEN_TYPES, type SemanticToken, type TokenType } from '../language/semanticTokens.ts';
import type { OpenDocument } from './documents.ts';

/** Types that every theme knows; what they are here is in `TOKEN_TYPES`. */
const STANDARD: Readonly<Record<TokenType, string>> = {
  boundary: 'namespace',
  element: 'class',
  flow: 'event',
  data: 'struct',
  kind: 'type',
  control: 'decorator',
  rule: 'macro',
};

export const TOKEN_LEGEND = { tokenTypes: TOKEN_TYPES.map((type) => STANDARD[type]), tokenModifiers: [...TOKEN_MODIFIERS] };

/** What was answered last for each document, for answers that say only what has changed since. */
export class AnsweredTokens {
  private readonly answers = new Map<string, SemanticTokens & { readonly resultId: string }>();
  private count = 0;

  forget(uri: string): void {
    this.answers.delete(uri);
  }

  /** All tokens. */
  full({ text, uri }: OpenDocument, tokens: readonly SemanticToken[]): SemanticTokens {
    const answer = { resultId: String(++this.count), data: encode(text, tokens) };
    this.answers.set(uri, answer);
    return answer;
  }

  /** What is different from the answer `since`; all tokens when that is not the last one. */
  delta(document: OpenDocument, tokens: readonly SemanticToken[], since: string): SemanticTokens | SemanticTokensDelta {
    const before = this.answers.get(document.uri);
    const { data, resultId = '' } = this.full(document, tokens);
    return before?.resultId === since ? { resultId, edits: difference(before.data, data) } : { resultId, data };
  }
}

/** Five numbers a token: lines and characters from the one before it, length, type, modifiers as bits. */
export function encode(text: OpenDocument['text'], tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  // Tokens come in the order of the text: going on from line to line is cheaper than looking for the line of each.
  let [line, lineStart, nextStart] = [0, 0, text.offsetAt({ line: 1, character: 0 })];
  let [lastLine, lastCharacter] = [0, 0];
  for (const { end, modifiers, start, type } of tokens) {
    while (start >= nextStart && line + 1 < text.lineCount) {
      line++;
      [lineStart, nextStart] = [nextStart, text.offsetAt({ line: line + 1, character: 0 })];
    }
    const character = start - lineStart;
    let bits = 0;
    for (const modifier of modifiers) bits |= 1 << TOKEN_MODIFIERS.indexOf(modifier);
    data.push(line - lastLine, line === lastLine ? character - lastCharacter : character, end - start, TOKEN_TYPES.indexOf(type), bits);
    [lastLine, lastCharacter] = [line, character];
  }
  return data;
}

/** The one stretch of numbers that differs. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [{ start, deleteCount: before.length - tail - start, data: after.slice(start, after.length - tail) }];
}
