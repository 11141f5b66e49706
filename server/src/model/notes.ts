import { moveProblem, type Problem, type RelatedPlace } from '../syntax/problem.ts';
import { absolute, type Span } from '../syntax/tree.ts';

/** A name that finds nothing. What its author may have meant is looked up at the end, see `Names.answer`. */
export interface Wanted {
  readonly name: string;
  readonly among: 'element' | 'boundary' | 'guarded' | 'subject' | 'data';
}

/** A problem on its way into the model. */
export interface Note extends Problem {
  readonly wanted?: Wanted;
}

export type Sort = 'boundary' | 'element' | 'flow';

interface More {
  /** Spans are absolute, or relative to what the whole collection is relative to. */
  readonly related?: readonly RelatedPlace[];
  readonly suggestions?: readonly string[];
  readonly wanted?: Wanted;
}

/** Collects problems. Spans given to it are relative to `base`; what it holds is not. */
export class Notes {
  readonly problems: Note[];
  readonly base: number;

  constructor(base = 0, problems: Note[] = []) {
    this.base = base;
    this.problems = problems;
  }

  /** The same collection, for spans that are counted from another base. */
  at(base: number): Notes {
    return new Notes(base, this.problems);
  }

  /** What was found: most of the time nothing, and that is one for all. */
  get found(): readonly Note[] {
    return this.problems.length === 0 ? NONE : this.problems;
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

  /** Takes over problems whose spans are relative to the base. */
  add(problems: readonly Note[]): void {
    for (const problem of problems) this.problems.push(moveProblem(problem, this.base));
  }

  #add(severity: Problem['severity'], code: string, message: string, span: Span, more: More = {}): void {
    const { related, suggestions = [], wanted } = more;
    const note: Note = {
      code,
      severity,
      message: `${message}.`,
      span: this.place(span),
      ...(related && related.length > 0 && { related }),
      ...(wanted && { wanted }),
    };
    this.problems.push(withSuggestions(note, suggestions));
  }
}

export function withSuggestions<T extends Problem>(problem: T, suggestions: readonly string[]): T {
  const [first] = suggestions;
  if (first === undefined) return problem;
  return { ...problem, message: `${problem.message.slice(0, -1)}: did you mean ${quote(first)}?`, suggestions };
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

const NONE: readonly never[] = [];
