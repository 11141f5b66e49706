import type { Span } from './tree.ts';

/** A mistake in the file itself. Spans are absolute unless a type says otherwise. */
export interface Problem {
  /** Stable, kebab-case: `unknown-kind`. Never matched by message. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** One sentence with the author's own names; plain text. */
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly RelatedPlace[];
  /** Texts that may replace exactly `span`, best first ("did you mean"). */
  readonly suggestions?: readonly string[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
}

/** The same problem, moved by `base`. */
export function moveProblem(problem: Problem, base: number): Problem {
  if (base === 0) return problem;
  const move = (span: Span): Span => ({ start: span.start + base, end: span.end + base });
  return {
    ...problem,
    span: move(problem.span),
    ...(problem.related && { related: problem.related.map((place) => ({ ...place, span: move(place.span) })) }),
  };
}
