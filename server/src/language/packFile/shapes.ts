import { referred, type Schema, type Schemas } from '../../catalogue/pack/schema.ts';

/** A schema and the file that it stands in, for its references. */
export interface Shape {
  readonly schema: Schema;
  readonly file: string;
}

// References of references; the schemas of the catalogue need four.
const MOST_REFERENCES = 32;

/**
 * What a schema says of the value at a path, in all its alternatives. A list adds nothing to a path, so the shapes of a
 * list and those of its items are both among the answers.
 */
export function shapesAt(schemas: Schemas, name: string, path: readonly string[]): readonly Shape[] {
  let at = expand({ schema: { $ref: name }, file: name }, schemas);
  for (const key of path) at = at.flatMap((shape) => step(shape, key)).flatMap((shape) => expand(shape, schemas));
  return at;
}

/** What is said of the value of a key, by the shape of the map that it is in. */
export function step({ schema, file }: Shape, key: string): readonly Shape[] {
  const named = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : schema.additionalProperties;
  return typeof named === 'object' ? [{ schema: named, file }] : [];
}

/** A shape with all that it refers to, all its alternatives and the items of its list. */
export function expand(shape: Shape, schemas: Schemas, depth = 0): Shape[] {
  if (depth > MOST_REFERENCES) return [];
  const { schema, file } = shape;
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  const found = inner.flatMap((part) => expand({ schema: part, file }, schemas, depth + 1));
  if (schema.$ref !== undefined) found.push(...expand(referred(schemas, schema.$ref, file), schemas, depth + 1));
  return [shape, ...found];
}
