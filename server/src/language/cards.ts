import { isOpen, MODEL_SUBJECT, type Found } from '../analysis/index.ts';
import type { Control, Principle, Property } from '../catalogue/vocabulary.ts';
import { crossedBetween, insideOf } from '../model/inside.ts';
import type { Boundary, ControlStatement, DataAsset, Element, Flow, Giver } from '../model/model.ts';
import { formatKeys, STATUS_TEXTS } from './format.ts';
import { code, escapeMarkdown, escapeShort } from './markdown.ts';
import type { Meaning } from './meaning.ts';
import type { Snapshot } from './snapshot.ts';

// A card is read at a glance: long lists are cut.
const MOST = 8;

/**
 * What there is to know about something, as Markdown. Whatever comes from the file is escaped; there is no HTML and no
 * command link. `undefined` when it is not (or no longer) in the model.
 */
export function cardOf(meaning: Meaning, snapshot: Snapshot): string | undefined {
  const { model, catalogue } = snapshot;
  switch (meaning.type) {
    case 'element':
      return ifThere(model.elements.get(meaning.id), (element) => elementCard(element, snapshot));
    case 'flow':
      return ifThere(model.flows.get(meaning.id), (flow) => flowCard(flow, snapshot));
    case 'boundary':
      return ifThere(model.boundaries.get(meaning.id), (boundary) => boundaryCard(boundary, snapshot));
    case 'data':
      return ifThere(model.data.get(meaning.id), (asset) => dataCard(asset, snapshot));
    case 'system':
      return paragraphs(`**${escapeShort(model.title ?? 'The whole system')}**`, findingLines(MODEL_SUBJECT, snapshot));
    case 'kind':
      return ifThere(catalogue[meaning.table].get(meaning.id), (kind) => paragraphs(heading(kind.label, kind.id), kind.description));
    case 'property':
      return ifThere(catalogue.properties[meaning.on].get(meaning.name), (property) => propertyCard(property));
    case 'key':
      return ifThere(formatKeys(meaning.container).get(meaning.name), (key) => paragraphs(`**${code(meaning.name)}**`, key.text));
    case 'control':
      return ifThere(catalogue.controls.get(meaning.id), (control) => controlCard(control, snapshot));
    case 'status':
      return ifThere(STATUS_TEXTS.get(meaning.id), (text) => paragraphs(`**${code(meaning.id)}**`, text));
    case 'rule':
      return ifThere(catalogue.rules.get(meaning.id), (rule) =>
        paragraphs(
          heading(rule.title, rule.id),
          `Severity ${rule.severity} · ${rule.principles.map(principleText).join(', ')}`,
          rule.text.why,
          rule.text.accept && `**Accepting it:** ${rule.text.accept}`,
        ),
      );
  }
}

/** A principle in words: `least-privilege` → “least privilege”. */
export function principleText(principle: Principle): string {
  return principle.replaceAll('-', ' ');
}

function ifThere<T>(thing: T | undefined, card: (thing: T) => string): string | undefined {
  return thing === undefined ? undefined : card(thing);
}

/** Blocks with an empty line between them; what is empty is left out. */
export function paragraphs(...blocks: readonly (string | undefined | false)[]): string {
  return blocks.filter((block) => block !== undefined && block !== false && block !== '').join('\n\n');
}

function bullets(lines: readonly (string | undefined | false)[]): string {
  return lines
    .filter((line) => line !== undefined && line !== false && line !== '')
    .map((line) => `- ${line}`)
    .join('\n');
}

function heading(title: string, id: string): string {
  return `**${escapeShort(title, 120)}** ${code(id)}`;
}

/** Of a thing of another file, with its name there and the name of the file. */
function thingHeading({ id, title, origin }: Giver | DataAsset): string {
  return origin ? `${heading(origin.title, id)} · ${code(fileName(origin.file))}` : heading(title, id);
}

/** The last part of a path or URI. */
export function fileName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** The first few of a list, and how many more there are. */
function some(items: readonly string[]): string {
  return items.length <= MOST ? items.join(', ') : `${items.slice(0, MOST).join(', ')} and ${items.length - MOST} more`;
}

function elementCard(element: Element, snapshot: Snapshot): string {
  const { model, catalogue } = snapshot;
  const kind = catalogue.elementKinds.get(element.kind);
  const [into, out, passing]: [Flow[], Flow[], Flow[]] = [[], [], []];
  for (const flow of model.flows.list) {
    if (flow.to === element.id) into.push(flow);
    if (flow.from === element.id) out.push(flow);
    if (flow.through.includes(element.id)) passing.push(flow);
  }
  const trust = element.properties.get('trust')?.values[0] ?? kind?.trust;
  return paragraphs(
    thingHeading(element),
    element.description !== undefined && escapeShort(element.description),
    bullets([
      `Kind: ${kind ? escapeMarkdown(kind.label) : 'unknown'}`,
      `In: ${element.boundaries.map((id) => chain(id, snapshot)).join('; ') || 'no boundary'}`,
      trust !== undefined && `Trust: ${escapeMarkdown(String(trust))} of 4`,
      element.owner !== undefined && `Owner: ${escapeShort(element.owner)}`,
      element.holds.length > 0 && `Holds: ${some(element.holds.map((id) => dataName(id, snapshot)))}`,
      ends('Flows in', into, ({ from }) => from, snapshot),
      ends('Flows out', out, ({ to }) => to, snapshot),
      ends('On the way of', passing, ({ to }) => to, snapshot),
      element.guards.length > 0 && `Guards: ${some(element.guards.map(code))}`,
      controlLine(element.controls, snapshot),
      element.outOfScope && `Out of scope: ${escapeShort(element.outOfScope.reason ?? 'no reason given')}`,
    ]),
    findingLines(element.id, snapshot),
  );
}

function flowCard(flow: Flow, snapshot: Snapshot): string {
  const { model, catalogue } = snapshot;
  const kind = catalogue.flowKinds.get(model.kindOf(flow) ?? '');
  const reply = flow.oneWay ? undefined : catalogue.flowKinds.get(kind?.reply ?? '');
  const way = [flow.from, ...flow.through, flow.to].map((id) => titleOf(id, snapshot));
  const derived = flow.statedKind === undefined ? ' (from its ends)' : '';
  return paragraphs(
    thingHeading(flow),
    flow.description !== undefined && escapeShort(flow.description),
    bullets([
      way.join(' → '),
      `Kind: ${kind ? escapeMarkdown(kind.label) + derived : 'unknown'}`,
      reply && `Reply: ${escapeMarkdown(reply.label)}${returned(flow, snapshot)}`,
      flow.carries.length > 0 && `Carries: ${some(flow.carries.map((id) => dataName(id, snapshot)))}`,
      crossings(flow, snapshot),
      controlLine(flow.controls, snapshot),
    ]),
    findingLines(flow.id, snapshot),
  );
}

function returned(flow: Flow, snapshot: Snapshot): string {
  if (!flow.returns) return '';
  return flow.returns.length > 0 ? `, with ${some(flow.returns.map((id) => dataName(id, snapshot)))}` : ', with nothing';
}

/** The boundaries that exactly one end of a leg is inside. */
function crossings(flow: Flow, snapshot: Snapshot): string | undefined {
  const stops = [flow.from, ...flow.through, flow.to].map((id) => insideOf(id, snapshot.model));
  const crossed = new Set(stops.slice(1).flatMap((inside, index) => crossedBetween(stops[index]!, inside)));
  return crossed.size > 0 ? `Crosses: ${some([...crossed].map((id) => titleOf(id, snapshot)))}` : undefined;
}

function boundaryCard(boundary: Boundary, snapshot: Snapshot): string {
  const { model, catalogue } = snapshot;
  const kind = catalogue.boundaryKinds.get(boundary.kind);
  const elements = model.elements.list.filter((element) => element.boundaries.includes(boundary.id));
  const nested = model.boundaries.list.filter((other) => other.parent === boundary.id);
  return paragraphs(
    thingHeading(boundary),
    boundary.description !== undefined && escapeShort(boundary.description),
    bullets([
      `Kind: ${kind ? escapeMarkdown(kind.label) : 'unknown'}`,
      boundary.parent !== undefined && `In: ${chain(boundary.parent, snapshot)}`,
      nested.length > 0 && `Boundaries inside: ${some(nested.map(({ title }) => escapeShort(title, 60)))}`,
      elements.length > 0 && `Elements: ${some(elements.map(({ title }) => escapeShort(title, 60)))}`,
      controlLine(boundary.controls, snapshot),
    ]),
    findingLines(boundary.id, snapshot),
  );
}

function dataCard(asset: DataAsset, snapshot: Snapshot): string {
  const { model, catalogue } = snapshot;
  const kind = catalogue.dataKinds.get(asset.kind);
  const holders = model.elements.list.filter(({ holds }) => holds.includes(asset.id));
  const carriers = model.flows.list.filter(({ carries, returns }) => carries.includes(asset.id) || returns?.includes(asset.id));
  return paragraphs(
    thingHeading(asset),
    asset.description !== undefined && escapeShort(asset.description),
    bullets([
      `Kind: ${kind ? escapeMarkdown(kind.label) : 'unknown'}`,
      holders.length > 0 && `Held by: ${some(holders.map(({ title }) => escapeShort(title, 60)))}`,
      carriers.length > 0 && `Moves with: ${some(carriers.map(({ id }) => code(id)))}`,
    ]),
  );
}

function propertyCard(property: Property): string {
  const own = Object.entries(property.defaults);
  const silence = String(property.default);
  return paragraphs(
    `**${code(property.name)}**`,
    property.description,
    bullets([
      valuesOf(property).length > 0 && `Values: ${valuesOf(property).map(code).join(', ')}`,
      property.kinds && `Of: ${some(property.kinds.map(code))}`,
      `When nothing is said: ${code(silence)}`,
      own.length > 0 && `For single kinds: ${some(own.map(([kind, value]) => `${code(kind)} ${code(String(value))}`))}`,
    ]),
  );
}

/** The legal values of a property that has only so many. */
export function valuesOf(property: Property): readonly string[] {
  if (property.type === 'flag') return ['true', 'false'];
  if (property.type === 'level') return ['0', '1', '2', '3', '4'];
  return property.values;
}

function controlCard(control: Control, { model, catalogue }: Snapshot): string {
  const givers: readonly (readonly [string, readonly ControlStatement[]])[] = [
    ['the whole system', model.controls],
    ...[...model.boundaries.values(), ...model.elements.values(), ...model.flows.values()].map(
      (giver: Giver) => [code(giver.id), giver.controls] as const,
    ),
  ];
  const stated = givers.flatMap(([name, statements]) => {
    const statement = statements.find((candidate) => candidate.control === control.id);
    if (!statement) return [];
    return [statement.status === 'in-place' ? name : `${name} (${statement.status})`];
  });
  return paragraphs(
    heading(control.title, control.id),
    control.description,
    bullets([
      `Principles: ${control.principles.map(principleText).join(', ')}`,
      `Swim lane: ${escapeMarkdown(catalogue.swimLanes.get(control.swimLane)?.title ?? control.swimLane)} · layer ${control.layer} · ${control.nature}`,
      `Can be given by: ${control.givenBy.join(', ')}`,
      `Stated by: ${some(stated) || 'nobody here'}`,
    ]),
  );
}

function controlLine(statements: readonly ControlStatement[], { catalogue }: Snapshot): string | undefined {
  if (statements.length === 0) return undefined;
  const names = statements.map(({ control, status }) => {
    const title = escapeMarkdown(catalogue.controls.get(control)?.title ?? control);
    return status === 'in-place' ? title : `${title} (${status})`;
  });
  return `Controls: ${some(names)}`;
}

function findingLines(subject: string, snapshot: Snapshot): string {
  const open = snapshot.analysis.found.filter((finding) => finding.subject === subject && isOpen(finding.state));
  if (open.length === 0) return '';
  const more = open.length > MOST ? [`and ${open.length - MOST} more`] : [];
  return paragraphs('**Findings**', bullets([...open.slice(0, MOST).map(findingLine), ...more]));
}

/** One finding in one line. */
export function findingLine(finding: Found): string {
  const state = finding.state === 'open' ? '' : `, ${finding.state}`;
  return `${finding.severity}${state}: ${escapeShort(finding.message)}`;
}

function ends(label: string, flows: readonly Flow[], other: (flow: Flow) => string, snapshot: Snapshot): string {
  if (flows.length === 0) return '';
  return `${label}: ${some(flows.map((flow) => `${code(flow.id)} (${titleOf(other(flow), snapshot)})`))}`;
}

/** A boundary and those around it, from the outside in. */
function chain(boundary: string, snapshot: Snapshot): string {
  const titles: string[] = [];
  const seen = new Set<string>();
  for (let id: string | undefined = boundary; id !== undefined && !seen.has(id); id = snapshot.model.boundaries.get(id)?.parent) {
    seen.add(id);
    titles.unshift(titleOf(id, snapshot));
  }
  return titles.join(' › ');
}

function titleOf(id: string, { model }: Snapshot): string {
  return escapeShort((model.elements.get(id) ?? model.boundaries.get(id))?.title ?? id, 60);
}

function dataName(id: string, { model, catalogue }: Snapshot): string {
  return escapeShort(model.data.get(id)?.title ?? catalogue.dataKinds.get(id)?.label ?? id, 60);
}
