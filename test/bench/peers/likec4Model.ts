/** The same system in the language of LikeC4: every element, boundary, title, flow, kind, control and data asset of a generated model. */
import { parse } from 'yaml';

interface Model {
  readonly boundaries: Readonly<Record<string, { readonly kind: string; readonly title?: string; readonly in?: string }>>;
  readonly data: Readonly<Record<string, { readonly kind: string; readonly title: string }>>;
  readonly elements: Readonly<Record<string, Element>>;
  readonly flows: Readonly<Record<string, Flow>>;
}
interface Element {
  readonly kind: string;
  readonly title: string;
  readonly in: string;
  readonly controls?: readonly string[];
  readonly sideEffects?: readonly string[];
  readonly holds?: readonly string[];
}
interface Flow {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly carries?: readonly string[];
  readonly returns?: readonly string[];
}

/** `text`: what `generateModel` made. */
export function likec4Model(text: string): string {
  const model = parse(text, { uniqueKeys: false }) as Model;
  const { boundaries, data } = model;
  const elements = Object.entries(model.elements);
  const flows = Object.values(model.flows);
  const inside = new Map<string | undefined, string[]>();
  const put = (parent: string | undefined, lines: string[]): unknown => inside.get(parent)?.push(...lines) ?? inside.set(parent, lines);
  for (const [id, { kind, title, in: zone, controls = [], ...facts }] of elements) {
    const tags = controls.map((control) => `#${control}`).join(' ');
    put(zone, [`${id} = ${kind} '${title}' {`, tags, metadata(facts, data), '}']);
  }
  const pathOf = (id: string): string => {
    const parent = (boundaries[id] ?? model.elements[id])?.in;
    return parent === undefined ? id : `${pathOf(parent)}.${id}`;
  };
  // Inner boundaries come after those around them: each is put into its parent when all of its own is there.
  for (const [id, boundary] of Object.entries(boundaries).reverse()) {
    put(boundary.in, [`${id} = ${boundary.kind} '${boundary.title ?? id}' {`, ...(inside.get(id) ?? []), '}']);
  }
  return [
    'specification {',
    ...all([...Object.values(boundaries), ...Object.values(model.elements)].map(({ kind }) => `element ${kind}`)),
    ...all(flows.map(({ kind }) => `relationship ${kind}`)),
    ...all(elements.flatMap(([, { controls = [] }]) => controls.map((control) => `tag ${control}`))),
    '}',
    'model {',
    ...(inside.get(undefined) ?? []),
    ...flows.map(({ from, to, kind, ...facts }) => `${pathOf(from)} -[${kind}]-> ${pathOf(to)} { ${metadata(facts, data)} }`),
    '}',
    'views { view index { include * } }',
    '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function metadata(facts: Readonly<Record<string, readonly string[]>>, data: Model['data']): string {
  const lines = Object.entries(facts).map(([name, values]) => `${name} '${values.map((it) => data[it]?.title ?? it).join(', ')}'`);
  return lines.length > 0 ? `metadata { ${lines.join('\n')} }` : '';
}

function all(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
