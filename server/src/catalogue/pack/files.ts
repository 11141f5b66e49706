import { parseDocument } from '../../syntax/parseDocument.ts';
import type { Problem } from '../../syntax/problem.ts';
import type { Span } from '../../syntax/tree.ts';
import type { Failure, ShapeChecker } from './schema.ts';
import { MOST_LEVELS, plainOf, readWritten, type WrittenEntry, type WrittenMap } from './written.ts';

/** One file of an organisation's folder. */
export interface PackText {
  /** Path inside the folder, with forward slashes. */
  readonly name: string;
  readonly text: string;
  /** Why its text could not be had. */
  readonly unread?: string;
}

/** A mistake in one of these files; absolute spans. */
export interface PackProblem extends Problem {
  readonly file: string;
}

/** What is in or out as a whole: one kind, one property, one named test, one control, one rule. */
export interface Unit {
  readonly file: string;
  /** Where it stands in its file, `elements` or `properties.flow`; empty for a rule, which is the whole file. */
  readonly under: string;
  readonly id: string;
  readonly key: Span;
  readonly span: Span;
  readonly data: unknown;
}

export type PackSort = keyof typeof SORTS;

/** A file that was read. */
export interface ReadFile {
  readonly name: string;
  readonly sort: PackSort;
  readonly root: WrittenMap;
  /** Those of the right shape. */
  readonly units: readonly Unit[];
  readonly problems: readonly PackProblem[];
}

const SORTS = {
  kinds: {
    name: /^kinds\.yaml$/,
    schema: 'pack-kinds.schema.json',
    sections: ['elements', 'flows', 'boundaries', 'data', 'properties.element', 'properties.flow', 'properties.system'],
  },
  predicates: {
    name: /^predicates\.yaml$/,
    schema: 'pack-predicates.schema.json',
    sections: ['data', 'flowKinds', 'elements', 'flows'],
  },
  controls: { name: /^controls\/[^/]+\.yaml$/, schema: 'controls.schema.json', sections: ['controls'] },
  rules: { name: /^rules\/.+\.yaml$/, schema: 'rule.schema.json', sections: [] },
  config: { name: /^config\.yaml$/, schema: 'pack-config.schema.json', sections: ['rules'] },
} as const;

/** UTF-16 units of all files together. */
const MOST_TEXT = 8 * 1024 * 1024;
/** Of one sort. */
export const MOST_UNITS = 4096;

/** Reads the files of an organisation, each for itself: syntax and shape. What is wrong is left out and told. */
export function readPack(texts: readonly PackText[], shapes: ShapeChecker): { files: ReadFile[]; problems: PackProblem[] } {
  const files: ReadFile[] = [];
  const problems: PackProblem[] = [];
  const counts = new Map<PackSort, number>();
  let size = 0;
  const whole = (file: string, code: string, severity: Problem['severity'], message: string): void => {
    problems.push({ file, code, severity, message, span: { start: 0, end: 0 } });
  };
  for (const { name, text, unread } of [...texts].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const sort = sortOf(name);
    if (!sort) {
      if (/\.ya?ml$/.test(name)) whole(name, 'unknown-file', 'warning', `Not read: ${PLACES}`);
      continue;
    }
    if (unread !== undefined) {
      whole(name, 'unreadable-file', 'error', `Cannot be read: ${unread}`);
      continue;
    }
    size += text.length;
    if (size > MOST_TEXT) {
      whole(name, 'limit-size', 'error', 'Not read: all files of the organisation together are larger than 8 MiB');
      continue;
    }
    const file = readFile(name, text, sort, shapes);
    const before = counts.get(sort) ?? 0;
    counts.set(sort, before + file.units.length);
    files.push({ ...file, units: file.units.slice(0, Math.max(0, MOST_UNITS - before)) });
    problems.push(...file.problems);
    if (before + file.units.length > MOST_UNITS) {
      whole(name, 'limit-count', 'error', `Not read to its end: there are more than ${MOST_UNITS.toLocaleString('en')} ${WORDS[sort]}`);
    }
  }
  return { files, problems };
}

const PLACES = 'an organisation has config.yaml, kinds.yaml, predicates.yaml, controls/NAME.yaml and rules/…/NAME.yaml';
const WORDS: Readonly<Record<PackSort, string>> = {
  kinds: 'kinds and properties',
  predicates: 'named tests and sets',
  controls: 'controls',
  rules: 'rules',
  config: 'settings',
};

/** The schema of a file of an organisation's folder, by its path inside the folder. */
export function schemaOf(name: string): string | undefined {
  const sort = sortOf(name);
  return sort && SORTS[sort].schema;
}

function sortOf(name: string): PackSort | undefined {
  return (Object.keys(SORTS) as PackSort[]).find((sort) => SORTS[sort].name.test(name));
}

function readFile(name: string, text: string, sort: PackSort, shapes: ShapeChecker): ReadFile {
  const document = parseDocument(text);
  const { root, tooDeep } = readWritten(document);
  const { schema, sections } = SORTS[sort];
  const deep = tooDeep.map((span): Failure => ({
    code: 'limit-depth',
    message: `is deeper than ${MOST_LEVELS} levels and is not read`,
    span,
  }));
  const misshapen = [...deep, ...shapes.check(root, schema)].map((failure): PackProblem => problemOf(name, failure));
  const problems = [...document.problems.map((problem) => ({ ...problem, file: name })), ...misshapen];
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ span }) => span.start);
  const units = healthy(unitsOf(name, root, sort, sections), errors);
  return { name, sort, root, units, problems };
}

function problemOf(file: string, { code, message, span }: Failure): PackProblem {
  return { file, code, severity: 'error', message: sentence(message), span };
}

function unitsOf(file: string, root: WrittenMap, sort: PackSort, sections: readonly string[]): Unit[] {
  if (sort === 'rules') {
    const id = root.entries.get('id');
    const key = id?.value.span ?? { start: 0, end: 0 };
    return [{ file, under: '', id: id?.value.type === 'scalar' ? String(id.value.value) : '', key, span: root.span, data: plainOf(root) }];
  }
  return sections.flatMap((under) => {
    const section = under.split('.').reduce<WrittenMap | undefined>((map, key) => mapAt(map, key), root);
    return [...(section?.entries ?? [])].map(([id, entry]) => unitOf(file, under, id, entry));
  });
}

function mapAt(map: WrittenMap | undefined, key: string): WrittenMap | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.type === 'map' ? value : undefined;
}

function unitOf(file: string, under: string, id: string, { key, value }: WrittenEntry): Unit {
  return { file, under, id, key, span: { start: key.start, end: Math.max(key.end, value.span.end) }, data: plainOf(value) };
}

/** Those in which no error begins. */
function healthy(units: readonly Unit[], errors: readonly number[]): Unit[] {
  const sorted = [...errors].sort((a, b) => a - b);
  let next = 0;
  return [...units]
    .sort((a, b) => a.span.start - b.span.start)
    .filter(({ span }) => {
      while (next < sorted.length && sorted[next]! < span.start) next++;
      return next === sorted.length || sorted[next]! > span.end;
    });
}

export function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Messages of checks are clauses. */
export function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
