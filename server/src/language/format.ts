/** What the file format itself lets an author write where; what the catalogue adds (properties) is not here. */

/** A map of the format, by what it describes. `ids` and `controls` have keys that are names. */
export type Container =
  'model' | 'boundary' | 'data' | 'element' | 'flow' | 'scope' | 'acceptance' | 'threat' | 'review' | 'statement' | 'controls' | 'ids';

/** What a value is a name of, or else what it is. */
export type Expected =
  | 'text'
  | 'kind'
  | 'boundary'
  | 'element'
  | 'mediator'
  | 'guarded'
  | 'data'
  | 'control'
  | 'status'
  | 'rule'
  | 'subject'
  | 'flag'
  | 'date'
  | 'completeness'
  | 'decision'
  | 'severity'
  | 'version'
  | 'map';

export interface FormatKey {
  readonly expects: Expected;
  /** `always`: `[a, b]`; `may`: one value, or several in a list. */
  readonly list: 'never' | 'may' | 'always';
  readonly text: string;
}

type Keys = Readonly<Record<string, FormatKey>>;

function one(expects: Expected, text: string): FormatKey {
  return { expects, list: 'never', text };
}

function many(expects: Expected, text: string): FormatKey {
  return { expects, list: 'always', text };
}

const description = one('text', 'What a reader should know.');
const tags = many('text', 'Words to find and filter by.');
const title = one('text', 'The name that people know it by; shown in the diagram and in messages.');
const controls = many('control', 'Controls that are in place: a list, or a map from control to status.');
const completeness = one('completeness', 'How to read silence: in a `draft`, what is not stated is not yet a finding of its own.');

const KEYS: Readonly<Record<Exclude<Container, 'controls' | 'ids'>, Keys>> = {
  model: {
    threatmodel: one('version', 'Version of the file format.'),
    title: one('text', 'The name of the system.'),
    description,
    owner: one('text', 'Who answers for the system, and for every element that names no owner of its own.'),
    completeness,
    tags,
    controls: many('control', 'Controls that the whole system gives.'),
    boundaries: one('map', 'Trust boundaries: `id: { kind, in }`.'),
    data: one('map', 'What flows and what is stored: `id: { kind }`.'),
    elements: one('map', 'People, agents, models, tools, stores and pipelines: `id: { kind, in }`.'),
    flows: one('map', 'Directed data flows: `id: { from, to, kind }`.'),
    use: one('map', 'Other models whose things stand here too: `platform: ./platform.threatmodel.yaml` brings in `platform.gateway`.'),
    assumptions: many('text', 'What the author takes as given.'),
    threats: many('map', 'Threats that the author adds by hand.'),
    accepted: many('map', 'Risks accepted with an owner, a reason and a date.'),
    reviews: many('map', 'Sign-offs.'),
  },
  boundary: {
    kind: one('kind', 'What kind of trust boundary it is.'),
    title,
    in: one('boundary', 'The boundary that encloses it.'),
    controls: many('control', 'Controls of the boundary: they count for what is inside and for the flows that cross it.'),
    completeness,
    description,
    tags,
  },
  data: { kind: one('kind', 'What kind of data it is.'), title, description, tags },
  element: {
    kind: one('kind', 'What kind of element it is.'),
    title,
    in: { expects: 'boundary', list: 'may', text: 'The boundary that it is in; of several, the first is where it is drawn.' },
    holds: many('data', 'Data that it stores.'),
    controls,
    guards: many('guarded', 'Flows and elements that it protects when it is consulted beside the path.'),
    owner: one('text', 'Who answers for it; else the owner of the model.'),
    outOfScope: one('map', 'Drawn, but not judged: `{ reason: … }`.'),
    completeness,
    description,
    tags,
  },
  flow: {
    from: one('element', 'The element where the flow begins.'),
    to: one('element', 'The element where the flow ends.'),
    kind: one('kind', 'What kind of flow it is; derived from the two ends when they leave no doubt.'),
    title,
    through: many('mediator', 'The elements that it passes, in order: gateways, guardrails, proxies.'),
    carries: many('data', 'Data that goes with it.'),
    returns: many('data', 'Data that comes back with its reply.'),
    oneWay: one('flag', 'It has no reply.'),
    controls,
    description,
    tags,
  },
  scope: { reason: one('text', 'Why it is not judged.'), description, tags },
  acceptance: {
    rule: one('rule', 'The rule whose finding is accepted.'),
    at: one('subject', 'The subject of the finding.'),
    from: { expects: 'element', list: 'may', text: 'The sources of a path: a new one reopens the finding.' },
    owner: one('text', 'Who takes the risk.'),
    reason: one('text', 'Why it is acceptable.'),
    until: one('date', 'The last day on which it holds, like 2027-03-31.'),
    description,
    tags,
  },
  threat: {
    title: one('text', 'The threat in one sentence.'),
    at: one('subject', 'The element, flow or boundary that it is about.'),
    category: one('text', 'How you sort it.'),
    severity: one('severity', 'How bad it is.'),
    status: one('text', 'Where it stands.'),
    source: one('text', 'Where it comes from.'),
    description,
    tags,
  },
  review: {
    by: one('text', 'Who reviewed.'),
    on: one('date', 'The day of the review.'),
    decision: one('decision', 'The outcome.'),
    model: one('text', 'Hash of the meaning of the file that was reviewed.'),
    comment: one('text', 'What the reviewer has to say.'),
    description,
    tags,
  },
  statement: {
    status: one('status', 'How far it is.'),
    reason: one('text', 'Why it has this status; required for `not-applicable`.'),
    evidence: one('text', 'Where it can be seen.'),
    owner: one('text', 'Who sees to it.'),
    due: one('date', 'When it will be in place.'),
    description,
    tags,
  },
};

const THINGS: Readonly<Record<string, Container>> = { boundaries: 'boundary', data: 'data', elements: 'element', flows: 'flow' };
const LISTS: Readonly<Record<string, Container>> = { accepted: 'acceptance', threats: 'threat', reviews: 'review' };

/** Statuses of a control, with what each means. */
export const STATUS_TEXTS: ReadonlyMap<string, string> = new Map([
  ['in-place', 'It works today.'],
  ['partial', 'It covers only a part; does not satisfy a rule.'],
  ['planned', 'It is decided; does not satisfy a rule yet.'],
  ['absent', 'It is not there, and the author knows.'],
  ['not-applicable', 'It makes no sense here; needs a `reason`.'],
]);

/** What the map at this path describes; `undefined` where the format knows no map. */
export function containerAt(path: readonly string[]): Container | undefined {
  const [section, , key] = path;
  if (section === undefined) return 'model';
  if (section === 'controls') return path.length === 1 ? 'controls' : path.length === 2 ? 'statement' : undefined;
  if (Object.hasOwn(LISTS, section)) return path.length === 1 ? LISTS[section] : undefined;
  if (!Object.hasOwn(THINGS, section)) return undefined;
  if (path.length === 1) return 'ids';
  if (path.length === 2) return THINGS[section];
  if (key === 'controls' && section !== 'data') return path.length === 3 ? 'controls' : path.length === 4 ? 'statement' : undefined;
  return key === 'outOfScope' && section === 'elements' && path.length === 3 ? 'scope' : undefined;
}

/** The keys that the format itself gives to a container. */
export function formatKeys(container: Container): ReadonlyMap<string, FormatKey> {
  return TABLE.get(container) ?? NONE;
}

const NONE: ReadonlyMap<string, FormatKey> = new Map();
const TABLE: ReadonlyMap<string, ReadonlyMap<string, FormatKey>> = new Map(
  Object.entries(KEYS).map(([container, keys]) => [container, new Map(Object.entries(keys))]),
);
