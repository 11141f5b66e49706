import type { Span } from '../../syntax/tree.ts';
import { firstKey, type Written, type WrittenList, type WrittenMap, type WrittenScalar } from './written.ts';

/** The part of JSON Schema 2020-12 that the schemas of the catalogue use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema | boolean>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  /** What the texts here name: `control`, `element-kind` … Says nothing about right and wrong; for completion and hover. */
  readonly 'x-names'?: readonly string[];
}

/** By file name: `rule.schema.json`. */
export type Schemas = Readonly<Record<string, object>>;

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

/**
 * Holds a file against a schema and says what is wrong at the exact place. Works on the tree, so that a place needs no
 * detour by a path; linear in the size of the file.
 */
export class ShapeChecker {
  private readonly schemas: Schemas;
  private readonly patterns = new Map<string, RegExp>();

  constructor(schemas: Schemas) {
    this.schemas = schemas;
  }

  check(root: WrittenMap, name: string): readonly Failure[] {
    return this.failures(root, { $ref: name }, name, firstKey(root) ?? { start: 0, end: 0 });
  }

  /** `label`: where a remark on the whole of `node` stands. `file`: the schema's, for its references. */
  private failures(node: Written, schema: Schema | boolean, file: string, label: Span): Failure[] {
    if (schema === true) return [];
    if (schema === false) return [{ code: 'unfit-key', message: 'cannot be given here', span: label }];
    const type = schema.type === undefined ? undefined : wrongType(node, schema.type);
    if (type !== undefined) return [{ code: 'wrong-type', message: `must be ${type}`, span: node.type === 'scalar' ? node.span : label }];
    const found: Failure[] = [];
    if (schema.$ref !== undefined) {
      const target = referred(this.schemas, schema.$ref, file);
      found.push(...this.failures(node, target.schema, target.file, label));
    }
    if (schema.enum && !(node.type === 'scalar' && schema.enum.includes(node.value))) {
      found.push({
        code: 'unknown-value',
        message: `must be one of ${schema.enum.join(', ')}`,
        span: node.type === 'scalar' ? node.span : label,
      });
    }
    if (node.type === 'scalar') found.push(...this.scalar(node, schema));
    else if (node.type === 'list') found.push(...this.list(node, schema, file, label));
    else found.push(...this.map(node, schema, file, label));
    found.push(...this.alternatives(node, schema, file, label));
    if (schema.if) {
      const branch = this.failures(node, schema.if, file, label).length === 0 ? schema.then : schema.else;
      if (branch) found.push(...this.failures(node, branch, file, label));
    }
    return found;
  }

  private scalar({ value, span }: WrittenScalar, schema: Schema): Failure[] {
    if (typeof value === 'number') {
      const { minimum = -Infinity, maximum = Infinity } = schema;
      if (value >= minimum && value <= maximum) return [];
      const range = maximum === Infinity ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
      return [{ code: 'unknown-value', message: `must be ${range}`, span }];
    }
    if (typeof value !== 'string') return [];
    if (value.length < (schema.minLength ?? 0)) return [{ code: 'wrong-form', message: 'must not be empty', span }];
    const problem = this.misfit(value, schema);
    return problem === undefined ? [] : [{ code: 'wrong-form', message: problem, span }];
  }

  private misfit(text: string, { pattern }: Schema): string | undefined {
    if (pattern === undefined) return undefined;
    let regex = this.patterns.get(pattern);
    if (!regex) this.patterns.set(pattern, (regex = new RegExp(pattern, 'u')));
    return regex.test(text) ? undefined : `must be written like ${pattern}`;
  }

  private list({ items, span }: WrittenList, schema: Schema, file: string, label: Span): Failure[] {
    const found: Failure[] = [];
    if (items.length < (schema.minItems ?? 0)) {
      found.push({
        code: 'wrong-count',
        message: `must have at least ${counted(schema.minItems ?? 0, 'item')}`,
        span: items.length ? label : span,
      });
    }
    const seen = new Set<unknown>();
    for (const item of items) {
      const place = (item.type === 'map' ? firstKey(item) : undefined) ?? item.span;
      if (schema.items) found.push(...this.failures(item, schema.items, file, place));
      if (!schema.uniqueItems || item.type !== 'scalar') continue;
      if (seen.has(item.value)) found.push({ code: 'listed-twice', message: `"${String(item.value)}" is listed twice`, span: item.span });
      seen.add(item.value);
    }
    return found;
  }

  private map({ entries }: WrittenMap, schema: Schema, file: string, label: Span): Failure[] {
    const found: Failure[] = [];
    for (const key of schema.required ?? []) {
      if (!entries.has(key)) found.push({ code: 'missing-key', message: `key "${key}" is missing`, span: label });
    }
    const { minProperties = 0, maxProperties = Infinity } = schema;
    if (entries.size < minProperties)
      found.push({ code: 'wrong-count', message: `must have at least ${counted(minProperties, 'key')}`, span: label });
    if (entries.size > maxProperties)
      found.push({ code: 'wrong-count', message: `must have at most ${counted(maxProperties, 'key')}`, span: label });
    for (const [key, { key: span, value }] of entries) {
      if (schema.propertyNames) {
        const name: WrittenScalar = { type: 'scalar', value: key, span };
        for (const failure of this.failures(name, schema.propertyNames, file, span))
          found.push({ ...failure, message: `key "${key}" ${failure.message}` });
      }
      const own = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : schema.additionalProperties;
      if (own === false && schema.additionalProperties === false && !Object.hasOwn(schema.properties ?? {}, key)) {
        found.push({ code: 'unknown-key', message: `unknown key "${key}"`, span });
      } else if (own !== undefined) {
        found.push(...this.failures(value, own, file, span));
      }
    }
    return found;
  }

  private alternatives(node: Written, schema: Schema, file: string, label: Span): Failure[] {
    const choices = schema.anyOf ?? schema.oneOf;
    if (!choices) return [];
    const tried = choices.map((choice) => this.failures(node, choice, file, label));
    const good = tried.filter((failures) => failures.length === 0).length;
    if (good === 1 || (good > 1 && schema.anyOf)) return [];
    if (good > 1) return [{ code: 'wrong-count', message: 'must be only one of its alternatives', span: label }];
    const meant = tried.filter(
      (failures) => !failures.some(({ code, span }) => code === 'wrong-type' && (span === node.span || span === label)),
    );
    const [first = [], ...others] = meant.length > 0 ? meant : tried;
    if (others.length === 0) return first;
    const message = [...new Set([first, ...others].map((failures) => failures[0]!.message))].join(', or ');
    return [{ ...first[0]!, message }];
  }
}

/** What a reference in a schema means: `rule.schema.json#/$defs/id`, `#/$defs/id` or `rule.schema.json`. */
export function referred(schemas: Schemas, reference: string, file: string): { readonly schema: Schema; readonly file: string } {
  const [name = '', pointer = ''] = reference.split('#');
  const target = name === '' ? file : name;
  let schema: unknown = schemas[target];
  for (const step of pointer.split('/').filter((part) => part !== '')) schema = (schema as Readonly<Record<string, unknown>>)[step];
  return { schema: schema as Schema, file: target };
}

const TYPES: Readonly<Record<string, { readonly name: string; readonly fits: (node: Written) => boolean }>> = {
  object: { name: 'a map', fits: (node) => node.type === 'map' },
  array: { name: 'a list', fits: (node) => node.type === 'list' },
  string: { name: 'a text', fits: (node) => node.type === 'scalar' && typeof node.value === 'string' },
  number: { name: 'a number', fits: (node) => node.type === 'scalar' && typeof node.value === 'number' },
  integer: { name: 'a whole number', fits: (node) => node.type === 'scalar' && Number.isInteger(node.value) },
  boolean: { name: 'true or false', fits: (node) => node.type === 'scalar' && typeof node.value === 'boolean' },
};

/** What it must be, in words, when it is not. */
function wrongType(node: Written, type: string | readonly string[]): string | undefined {
  const types = (typeof type === 'string' ? [type] : type).flatMap((name) => TYPES[name] ?? []);
  return types.some(({ fits }) => fits(node)) ? undefined : types.map(({ name }) => name).join(' or ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
