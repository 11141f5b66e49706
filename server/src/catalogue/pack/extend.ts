import type { Catalogue } from '../catalogue.ts';
import { checkCatalogue } from '../check.ts';
import { compileChecked } from '../compile.ts';
import { loadCatalogue } from '../load.ts';
import type { Rule } from '../rule.ts';
import { completeRule, type CatalogueProblem, type CatalogueSources, type RuleSource } from '../sources.ts';
import type { Template } from '../vocabulary.ts';
import { applyConfig } from './config.ts';
import { readPack, sentence, within, type PackProblem, type PackText, type ReadFile, type Unit } from './files.ts';
import { Merge, namesOf } from './merge.ts';
import { oversizeTests } from './oversize.ts';
import { ShapeChecker, type Schemas } from './schema.ts';
import { MOST_LEVELS, placeIn } from './written.ts';

/** What an organisation's own rules are added to: the built-in catalogue before it is compiled, and its schemas. */
export interface PackBase {
  readonly sources: CatalogueSources;
  readonly schemas: Schemas;
  readonly templates: readonly Template[];
}

export interface Extended {
  readonly catalogue: Catalogue;
  /** In the order of files and of their lines. */
  readonly problems: readonly PackProblem[];
  /** The organisation's rules that are in the catalogue or drafts of it, with their examples. */
  readonly rules: readonly { readonly file: string; readonly rule: Rule }[];
}

/** More than this helps nobody. */
const MOST_PROBLEMS = 1000;

/**
 * The catalogue with an organisation's kinds, named tests, controls, rules and settings. They are held against the same
 * schemas and checks as the built-in ones and have the same rights. Never throws: what is wrong is left out and told at
 * its exact place, and the rest goes on; an id that exists already keeps its meaning.
 */
export function extendCatalogue(base: PackBase, texts: readonly PackText[]): Extended {
  const { files, problems } = readPack(texts, new ShapeChecker(base.schemas));
  const merge = new Merge(base.sources, files);
  problems.push(...merge.collisions);
  problems.push(...leaveOutWrong(merge, files));
  const sources = merge.sources();
  const config = applyConfig(loadCatalogue(compileChecked(sources)), new Set(sources.rules.map(({ data }) => data.id)), files);
  problems.push(...config.problems);
  return { catalogue: { ...config.catalogue, templates: base.templates }, problems: inOrder(problems), rules: merge.rules().map(ruleOf) };
}

/** What names something that is left out must go too, so this goes on until all that is left is right. */
function leaveOutWrong(merge: Merge, files: readonly ReadFile[]): PackProblem[] {
  const problems: PackProblem[] = [];
  let sources = merge.sources();
  let rules = sources.rules;
  for (let round = 0; round < MOST_LEVELS; round++) {
    const wrong = [...checkCatalogue(sources, rules), ...oversizeTests(sources)].flatMap((problem) => locate(problem, merge, files));
    if (wrong.length === 0) return problems;
    problems.push(...wrong.map(({ problem }) => problem));
    const gone = new Set(wrong.map(({ unit }) => unit));
    for (const unit of gone) merge.leaveOut(unit);
    sources = merge.sources();
    const names = new Set([...gone].flatMap(namesOf));
    rules = sources.rules.filter(({ data }) => mentions(data, names));
  }
  for (const { name } of files) {
    const [first, ...others] = merge.unitsOf(name);
    if (!first) continue;
    const message = `All of this is left out: the files name each other in a chain longer than ${MOST_LEVELS}, and its end is left out`;
    problems.push({ file: name, code: 'limit-chain', severity: 'error', message, span: first.key });
    for (const unit of [first, ...others]) merge.leaveOut(unit);
  }
  return problems;
}

function mentions(part: unknown, names: ReadonlySet<string>): boolean {
  if (typeof part === 'string') return names.has(part);
  if (typeof part !== 'object' || part === null) return false;
  return Object.entries(part).some(([key, value]) => names.has(key) || mentions(value, names));
}

/** A problem between the files, at its place in the organisation's file, with what it makes unfit. */
function locate(problem: CatalogueProblem, merge: Merge, files: readonly ReadFile[]): { problem: PackProblem; unit: Unit }[] {
  // The built-in files are in folders of their categories; an organisation may order its own as it likes.
  if (problem.code === 'misplaced-rule') return [];
  const file = files.find(({ name }) => name === problem.file);
  if (!file) return [];
  const span = placeIn(file.root, problem.at, problem.word);
  const found: PackProblem = { file: file.name, code: problem.code, severity: 'error', message: sentence(problem.message), span };
  const units = merge.unitsOf(file.name);
  const unit = units.find((candidate) => within(span, candidate.span));
  // A problem of the whole file, such as its swim lane, is one of all that is in it.
  return unit ? [{ problem: found, unit }] : units.map((each) => ({ problem: found, unit: each }));
}

function ruleOf({ file, data }: Unit): Extended['rules'][number] {
  return { file, rule: completeRule(data as RuleSource) };
}

/** Each once: a check that is made again says the same again. */
function inOrder(problems: readonly PackProblem[]): readonly PackProblem[] {
  const unique = new Map(problems.map((problem) => [`${problem.file} ${problem.span.start} ${problem.code} ${problem.message}`, problem]));
  const sorted = [...unique.values()].sort((a, b) => (a.file === b.file ? a.span.start - b.span.start : a.file < b.file ? -1 : 1));
  const left = sorted.length - MOST_PROBLEMS;
  if (left <= 0) return sorted;
  const last = sorted[MOST_PROBLEMS - 1]!;
  const message = `${left} more problems of the organisation's rules are not shown`;
  return [...sorted.slice(0, MOST_PROBLEMS), { file: last.file, code: 'too-many', severity: 'warning', message, span: last.span }];
}
