import { readdir, readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { compileCatalogue } from '../src/catalogue/compile.ts';
import type { CatalogueData } from '../src/catalogue/data.ts';
import type { PackBase } from '../src/catalogue/pack/extend.ts';
import type { Template } from '../src/catalogue/vocabulary.ts';
import type { CatalogueProblem, CatalogueSources, SourceFile } from '../src/catalogue/sources.ts';

const HERE = new URL('./', import.meta.url);

/** Reads, validates and compiles this folder. Throws one error that lists everything that is wrong. */
export async function buildCatalogue(): Promise<CatalogueData> {
  const sources = await readSources();
  const { catalogue, problems } = compileCatalogue(sources);
  if (catalogue === undefined) throw new CatalogueError(problems);
  return { ...catalogue, templates: await readTemplates() };
}

/** Models to begin with. The first line of each is a comment with its title. */
async function readTemplates(): Promise<readonly Template[]> {
  const ending = '.threatmodel.yaml';
  const files = await list('templates/', ending);
  return Promise.all(
    files.map(async (file) => {
      const [title = '', ...lines] = (await text(file)).split('\n');
      return { id: file.slice('templates/'.length, -ending.length), title: title.replace(/^# /, ''), text: lines.join('\n') };
    }),
  );
}

/** Reads all files of this folder and validates each by its schema. Throws one error that lists what is wrong. */
export async function readSources(): Promise<CatalogueSources> {
  const problems: CatalogueProblem[] = [];
  const schemas = await readSchemas();
  const read = async <T>(file: string, schema: string): Promise<SourceFile<T>> => {
    const data = await readPlain(file, problems);
    if (data !== undefined) problems.push(...schemas.problems(schema, file, data));
    return { file, data: data as T };
  };
  const readAll = <T>(files: readonly string[], schema: string) => Promise.all(files.map((file) => read<T>(file, schema)));

  const [kinds, lanes, predicates, controls, rules, taxonomies] = await Promise.all([
    read<CatalogueSources['kinds']['data']>('kinds.yaml', 'kinds'),
    read<CatalogueSources['lanes']['data']>('lanes.yaml', 'lanes'),
    read<CatalogueSources['predicates']['data']>('predicates.yaml', 'predicates'),
    readAll<CatalogueSources['controls'][number]['data']>(await list('controls/', '.yaml'), 'controls'),
    readAll<CatalogueSources['rules'][number]['data']>(await list('rules/', '.yaml'), 'rule'),
    readAll<Omit<CatalogueSources['taxonomies'][number]['data'], 'id'>>(await list('taxonomies/', '.json'), 'taxonomy'),
  ]);
  if (problems.length > 0) throw new CatalogueError(problems);
  return {
    kinds,
    lanes,
    predicates,
    controls,
    rules,
    taxonomies: taxonomies.map(({ file, data }) => ({ file, data: { id: file.replace(/^.*\/|\.json$/g, ''), ...data } })),
  };
}

/** What an organisation's own rules are added to, without the built-in variants, which are tests. Throws one error that lists what is wrong. */
export async function readPackBase(): Promise<PackBase> {
  const sources = await readSources();
  const files = await list('schema/', '.schema.json');
  const schemas = await Promise.all(files.map(async (file) => [file.replace('schema/', ''), JSON.parse(await text(file)) as object] as const));
  const rules = sources.rules.map(({ file, data }) => ({ file, data: { ...data, variants: [] } }));
  return { sources: { ...sources, rules }, schemas: Object.fromEntries(schemas), templates: await readTemplates() };
}

/** Everything that is wrong with a catalogue, one line each. */
export class CatalogueError extends Error {
  readonly problems: readonly CatalogueProblem[];
  constructor(problems: readonly CatalogueProblem[]) {
    const lines = problems.map(({ file, at, message }) => `  ${file}${at === '' ? '' : ` (${at})`}: ${message}`);
    super(`the catalogue has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.name = 'CatalogueError';
    this.problems = problems;
  }
}

/** Validators of the catalogue's files, by the name of their schema. */
export async function readSchemas(): Promise<{ problems(schema: string, file: string, data: unknown): readonly CatalogueProblem[] }> {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
  // What completion in an organisation's rules goes by.
  ajv.addKeyword({ keyword: 'x-names', schemaType: 'array' });
  for (const file of await list('schema/', '.schema.json')) ajv.addSchema(JSON.parse(await text(file)) as object);
  return {
    problems(schema, file, data) {
      const validate = ajv.getSchema(`${schema}.schema.json`) as ValidateFunction;
      return validate(data) ? [] : deepest(validate.errors ?? []).map((error) => ({ file, code: 'wrong-shape', ...error }));
    },
  };
}

type Failure = NonNullable<ValidateFunction['errors']>[number];

/** Keywords that only say that something below them, or beside them, is wrong. */
const FRAMES: readonly string[] = ['anyOf', 'oneOf', 'if', 'propertyNames'];

/** The errors that tell an author something: the deepest, and of alternatives the one that was meant. */
function deepest(errors: readonly Failure[]): readonly { at: string; message: string }[] {
  const telling = errors.filter((error) => !FRAMES.includes(error.keyword));
  const chosen = telling.length > 0 ? telling : errors;
  const kept = chosen.filter(
    (error) =>
      !chosen.some((other) => other.instancePath.startsWith(`${error.instancePath}/`)) &&
      !(error.keyword === 'type' && chosen.some((other) => other.keyword !== 'type' && other.instancePath === error.instancePath)),
  );
  const lines = kept.map((error) => ({ at: error.instancePath.slice(1).replaceAll('/', '.'), message: messageOf(error) }));
  return [...new Map(lines.map((line) => [`${line.at}\n${line.message}`, line])).values()];
}

function messageOf({ keyword, message = 'is not valid', params, propertyName }: Failure): string {
  const given = params as Readonly<Record<string, unknown>>;
  if (propertyName !== undefined) return `key "${propertyName}" ${message}`;
  if (keyword === 'additionalProperties') return `unknown key "${String(given['additionalProperty'])}"`;
  if (keyword === 'false schema') return 'cannot be given here';
  if (keyword === 'enum') return `must be one of ${(given['allowedValues'] as readonly unknown[]).join(', ')}`;
  return message;
}

async function list(folder: string, ending: string): Promise<string[]> {
  const entries = await readdir(new URL(folder, HERE), { recursive: true });
  return entries
    .filter((name) => name.endsWith(ending))
    .map((name) => folder + name.replaceAll('\\', '/'))
    .sort();
}

async function readPlain(file: string, problems: CatalogueProblem[]): Promise<unknown> {
  try {
    const content = await text(file);
    return file.endsWith('.json') ? JSON.parse(content) : parse(content);
  } catch (error) {
    problems.push({ file, at: '', code: 'unreadable', message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function text(file: string): Promise<string> {
  return readFile(new URL(file, HERE), 'utf8');
}
