import type { Catalogue } from '../catalogue/catalogue.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { Property } from '../catalogue/vocabulary.ts';
import { STATUSES } from './model.ts';
import { FORMAT_VERSION } from './system.ts';
import { COMPLETENESS } from './things.ts';

type Schema = Readonly<Record<string, unknown>>;

/** YAML reads `2027`, `true` and the like as other things than texts; where a text is meant they are its text. */
const TEXT: Schema = { type: ['string', 'number', 'boolean'] };
const TEXTS: Schema = { type: 'array', items: TEXT };
const DATE: Schema = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' };
/** Of a section: not what is its own, nor the author's. */
const ID = '^(?!x-|description$|tags$)[A-Za-z][A-Za-z0-9_-]*$';
const COMMON = { description: TEXT, tags: TEXTS };
/** A key without a value is a warning of ours and no mistake. */
const nothingOr = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/**
 * A JSON Schema (draft 7) of threat-model files, for editors that know no more than YAML: names, shapes and values with
 * their documentation. It accepts every file in which we find no error; what only the whole file shows, such as a flow to
 * an element that is not there, it cannot see.
 */
export function jsonSchema(catalogue: Catalogue): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Threat model',
    ...record(
      {
        threatmodel: { description: 'Version of the format.', enum: [Number(FORMAT_VERSION), FORMAT_VERSION] },
        use: section('Other models, by the name under which their ids are written here.', TEXT, false),
        title: described('Title of the model.', TEXT),
        owner: described('Who answers for the system. An element without an owner has this one.', TEXT),
        ...COMMON,
        completeness: described('How to read silence: in a draft, what is not stated is not missing yet.', { enum: COMPLETENESS }),
        controls: described('Controls given by the whole system.', ref('controls')),
        boundaries: section('Trust boundaries.', ref('boundary')),
        data: section('What flows and what is stored.', ref('data')),
        elements: section('People, agents, models, tools, stores and pipelines.', ref('element')),
        flows: section('Directed flows of data.', ref('flow')),
        assumptions: described('What the author takes as given.', nothingOr(TEXTS)),
        threats: list('Threats that the author states by hand.', ref('threat')),
        accepted: list('Risks that are accepted.', ref('acceptance')),
        reviews: list('Sign-offs.', ref('review')),
        ...properties(catalogue.properties.system.values()),
      },
      ['threatmodel'],
    ),
    $defs: {
      ...definitions(catalogue),
      threat: record({ title: TEXT, at: TEXT, category: TEXT, severity: { enum: SEVERITIES }, status: TEXT, source: TEXT, ...COMMON }, [
        'title',
      ]),
      acceptance: record(
        { rule: oneOf(catalogue.rules.values()), at: TEXT, from: TEXTS, owner: TEXT, reason: TEXT, until: DATE, ...COMMON },
        ['rule', 'at'],
      ),
      review: record({ by: TEXT, on: DATE, decision: { enum: ['approved', 'changes-requested'] }, model: TEXT, comment: TEXT, ...COMMON }, [
        'by',
        'decision',
      ]),
    },
  };
}

function definitions(catalogue: Catalogue): Schema {
  const giver = { title: TEXT, controls: ref('controls'), ...COMMON };
  const dataKinds = [...catalogue.dataKinds.keys()];
  const data = described(`Data assets of this file, or data kinds: ${dataKinds.slice(0, 6).join(', ')} …`, TEXTS);
  return {
    status: { enum: STATUSES },
    controls: {
      description: 'A list of controls that are in place, or a map from control to status.',
      anyOf: [
        { type: 'array', items: oneOf(catalogue.controls.values()) },
        record(Object.fromEntries([...controlNames(catalogue), ...Object.entries(COMMON)]), []),
        { type: 'null' },
      ],
    },
    statement: {
      anyOf: [
        ref('status'),
        {
          ...record({ status: ref('status'), reason: TEXT, evidence: TEXT, owner: TEXT, due: DATE, ...COMMON }, ['status']),
          if: { properties: { status: { const: 'not-applicable' } }, required: ['status'] },
          then: { required: ['reason'] },
        },
        { type: 'null' },
      ],
    },
    boundary: record({ kind: oneOf(catalogue.boundaryKinds.values()), in: TEXT, completeness: { enum: COMPLETENESS }, ...giver }, ['kind']),
    data: record({ kind: oneOf(catalogue.dataKinds.values()), title: TEXT, ...COMMON }, ['kind']),
    element: record(
      {
        kind: oneOf(catalogue.elementKinds.values()),
        in: { description: 'The boundary it is in; the first of several is where it is drawn.', anyOf: [TEXT, TEXTS] },
        owner: TEXT,
        holds: data,
        guards: described('The elements and flows that it protects when it is consulted.', TEXTS),
        outOfScope: described('Drawn and not judged.', nothingOr(record({ reason: TEXT, ...COMMON }, []))),
        completeness: { enum: COMPLETENESS },
        ...giver,
        ...properties(catalogue.properties.element.values()),
      },
      ['kind'],
    ),
    flow: record(
      {
        from: TEXT,
        to: TEXT,
        through: described('Elements on the way, in order.', TEXTS),
        kind: oneOf(catalogue.flowKinds.values()),
        carries: data,
        returns: described('Data of the implied reply.', nothingOr(data)),
        oneWay: described('There is no reply.', { type: 'boolean' }),
        ...giver,
        ...properties(catalogue.properties.flow.values()),
      },
      ['from', 'to'],
    ),
  };
}

/** A map with these keys and the author's own. */
function record(properties: Schema, required: readonly string[]): Schema {
  return { type: 'object', properties, patternProperties: { '^x-': {} }, additionalProperties: false, required };
}

/** A map from ids. It may have a description and tags of its own, and things that have these names. */
function section(description: string, item: Schema, ids = true): Schema {
  return nothingOr({
    description,
    type: 'object',
    properties: { description: { anyOf: [item, TEXT] }, tags: { anyOf: [item, TEXTS] } },
    patternProperties: { '^x-': {}, ...(ids && { [ID]: item }) },
    additionalProperties: ids ? false : item,
  });
}

function list(description: string, items: Schema): Schema {
  return described(description, nothingOr({ type: 'array', items }));
}

function described(description: string, schema: Schema): Schema {
  return { description, ...schema };
}

interface Named {
  readonly id: string;
  readonly title?: string;
  readonly label?: string;
  readonly description?: string;
  readonly aliases: readonly string[];
}

/** One of these names, or of their old names. */
function oneOf(things: Iterable<Named>): Schema {
  const all = [...things];
  const words = all.map(wordsOf);
  const old = all.flatMap(({ aliases }) => aliases);
  return { enum: [...all.map(({ id }) => id), ...old], enumDescriptions: words, markdownEnumDescriptions: words };
}

function wordsOf({ title, label, description }: Named): string {
  return [title ?? label, description].filter((part) => part !== undefined && part !== '').join('. ');
}

function controlNames(catalogue: Catalogue): readonly (readonly [string, Schema])[] {
  return [...catalogue.controls.values()].flatMap((control) =>
    [control.id, ...control.aliases].map((name) => [name, described(wordsOf(control), ref('statement'))] as const),
  );
}

function properties(all: Iterable<Property>): Schema {
  return Object.fromEntries([...all].map((property) => [property.name, described(property.description, nothingOr(valueOf(property)))]));
}

function valueOf({ type, values, default: silence }: Property): Schema {
  const unknown = silence === 'unknown' ? ['unknown'] : [];
  switch (type) {
    case 'choice':
      return { enum: [...new Set([...values, ...unknown])] };
    case 'choices': {
      const one = { enum: [...new Set([...values, ...unknown])] };
      return { anyOf: [one, { type: 'array', items: one }] };
    }
    case 'flag':
      return { enum: [true, false, 'unknown', ...values] };
    case 'level':
      return { enum: [0, 1, 2, 3, 4, ...unknown, ...values] };
    case 'date':
      return unknown.length + values.length > 0 ? { anyOf: [DATE, { enum: [...unknown, ...values] }] } : DATE;
    case 'text':
      return TEXT;
  }
}
