import assert from 'node:assert/strict';
import type { Problem } from '../../server/src/syntax/problem.ts';

/**
 * Model texts that say in comments which problems they have. A marker speaks of the nearest line above that is none:
 *
 *     elements:
 *       bot: { kind: agnet }
 *     #              ^^^^^ error unknown-kind: Unknown kind "agnet" => agent
 *
 * The carets are the range; `#<^^^` begins at column 0, `^^~` ends on some later line, and `#|` is the empty range at
 * column 0. The text after the code is the beginning of the message, the names after `=>` are all the suggestions; either
 * may be left out.
 */
interface Marker {
  readonly line: number;
  readonly start: number;
  /** `undefined`: on a later line. */
  readonly end: number | undefined;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly suggestions: string | undefined;
}

const MARKER =
  /^(?<before> *#)(?<open><?)(?<gap> *)(?<carets>\^*)(?<more>~|\|)? (?<severity>error|warning|info|hint) (?<code>[a-z-]+)(?<rest>.*)$/;

/** Asserts that the problems of a text are exactly those that its markers name, both ways. */
export function assertMarkedProblems(text: string, problems: readonly Problem[]): void {
  const lines = text.split(/\r?\n/);
  const offsets = lineOffsets(text);
  const markers = readMarkers(lines);
  const open = [...markers];
  const unexpected: string[] = [];
  for (const problem of problems) {
    const place = placeOf(problem, offsets);
    const index = open.findIndex((marker) => fits(marker, place, problem));
    if (index >= 0) open.splice(index, 1);
    else unexpected.push(show({ ...problem, ...place, suggestions: problem.suggestions?.join(', ') }, lines));
  }
  const missing = open.map((marker) => show(marker, lines));
  assert.deepEqual({ unexpected, missing }, { unexpected: [], missing: [] });
}

function readMarkers(lines: readonly string[]): Marker[] {
  const markers: Marker[] = [];
  let line = 0;
  lines.forEach((text, index) => {
    const { before = '', open, gap = '', carets = '', more, severity = '', code = '', rest = '' } = MARKER.exec(text)?.groups ?? {};
    if (code === '' || (carets === '' && open !== '<' && more !== '|')) {
      line = index;
      return;
    }
    const first = before.length + gap.length;
    const start = open === '<' || more === '|' ? 0 : first;
    const end = more === '~' ? undefined : more === '|' ? 0 : first + (open === '<' ? 1 : 0) + carets.length;
    const [message = '', suggestions] = rest.replace(/^: /, '').split(/ ?=> /);
    markers.push({ line, start, end, severity, code, message, suggestions });
  });
  return markers;
}

type Place = Pick<Marker, 'line' | 'start' | 'end'>;

function fits(marker: Marker, place: Place, problem: Problem): boolean {
  return (
    marker.line === place.line &&
    marker.start === place.start &&
    marker.end === place.end &&
    marker.code === problem.code &&
    marker.severity === problem.severity &&
    problem.message.startsWith(marker.message) &&
    (marker.suggestions === undefined || marker.suggestions === (problem.suggestions ?? []).join(', '))
  );
}

function show(shown: Marker, lines: readonly string[]): string {
  const columns = `${shown.start}-${shown.end ?? 'later'}`;
  const suggestions = shown.suggestions === undefined ? '' : ` => ${shown.suggestions}`;
  return `${shown.line + 1}:${columns} ${shown.severity} ${shown.code}: ${shown.message}${suggestions}   [${lines[shown.line] ?? ''}]`;
}

function placeOf({ span }: Problem, offsets: readonly number[]): Place {
  const line = lineAt(span.start, offsets);
  const start = span.start - (offsets[line] ?? 0);
  return { line, start, end: lineAt(span.end, offsets) === line ? span.end - (offsets[line] ?? 0) : undefined };
}

function lineAt(offset: number, offsets: readonly number[]): number {
  return offsets.findLastIndex((begin) => begin <= offset);
}

function lineOffsets(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
}
