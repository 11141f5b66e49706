import type { Problem, RelatedPlace } from '../syntax/problem.ts';
import { absolute, type Span } from '../syntax/tree.ts';

interface More {
  /** Spans are absolute, or relative to what the whole collection is relative to. */
  readonly related?: readonly RelatedPlace[];
  readonly suggestions?: readonly string[];
}

/** Collects problems. Spans given to it are relative to `base`; what it holds is not. */
export class Notes {
  readonly problems: Problem[];
  readonly base: number;

  constructor(base = 0, problems: Problem[] = []) {
    this.base = base;
    this.problems = problems;
  }

  /** The same collection, for spans that are counted from another base. */
  at(base: number): Notes {
    return new Notes(base, this.problems);
  }

  place(span: Span): Span {
    return absolute(this.base, span);
  }

  error(code: string, message: string, span: Span, more?: More): void {
    this.#add('error', code, message, span, more);
  }

  warning(code: string, message: string, span: Span, more?: More): void {
    this.#add('warning', code, message, span, more);
  }

  info(code: string, message: string, span: Span, more?: More): void {
    this.#add('info', code, message, span, more);
  }

  hint(code: string, message: string, span: Span, more?: More): void {
    this.#add('hint', code, message, span, more);
  }

  #add(severity: Problem['severity'], code: string, message: string, span: Span, more: More = {}): void {
    const { related, suggestions } = more;
    this.problems.push({
      code,
      severity,
      message: suggestions?.[0] === undefined ? `${message}.` : `${message}: did you mean ${quote(suggestions[0])}?`,
      span: this.place(span),
      ...(related && related.length > 0 && { related }),
      ...(suggestions && suggestions.length > 0 && { suggestions }),
    });
  }
}

// Control, bidirectional and zero-width characters could make a message say something else than the file does.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text of the file inside a message: in quotes, shortened, and with nothing invisible in it. */
export function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `"${short.replace(INVISIBLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)}"`;
}

/** `a, b or c`. */
export function either(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
