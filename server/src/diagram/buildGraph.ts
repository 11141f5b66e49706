import type { Finding } from '../analysis/finding.ts';
import { isOpen } from '../analysis/finding.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { crossedBetween, insideOf } from '../model/inside.ts';
import type { Boundary, Element, Flow, Model } from '../model/model.ts';
import { countBySubject } from './badges.ts';
import type { DiagramFinding, DiagramGraph, DiagramMarks, GraphBoundary, GraphData, GraphEdge, GraphNode } from './graph.ts';
import { drawnImports, frameOf } from './imported.ts';
import { displayText } from './measure.ts';

/** A message names several elements; it is shown whole. */
const LONGEST_MESSAGE = 1000;

/**
 * What is to be drawn of a model, in source order. Says nothing of findings, which only decide how much is drawn of what
 * other files bring in.
 */
export function buildGraph(model: Model, catalogue: Catalogue, findings: readonly Finding[] = []): DiagramGraph {
  const imports = model.imported.length > 0 ? drawnImports(model, findings) : undefined;
  const isDrawn = (thing: Boundary | Element | Flow): boolean => imports === undefined || imports.has(thing);
  const titleOf = (title: string, id: string): string => displayText(title) || id;
  const boundaries = drawnBoundaries(model)
    .filter(isDrawn)
    .map((it): GraphBoundary => {
      const kind = catalogue.boundaryKinds.get(it.kind);
      return {
        id: it.id,
        title: titleOf(it.origin?.title ?? it.title, it.id),
        kind: it.kind,
        kindLabel: kind?.label ?? '',
        trust: kind?.trust ?? 2,
        parent: it.parent ?? frameOf(it.origin),
      };
    });
  const nodes = [...model.elements.values()].filter(isDrawn).map((it): GraphNode => {
    const kind = catalogue.elementKinds.get(it.kind);
    return {
      id: it.id,
      title: titleOf(it.origin?.title ?? it.title, it.id),
      kind: it.kind,
      kindLabel: kind?.label ?? '',
      shape: kind?.shape ?? 'process',
      icon: kind?.icon ?? '',
      boundary: it.boundaries[0] ?? frameOf(it.origin),
      tags: it.boundaries.slice(1).map((id) => titleOf(model.boundaries.get(id)?.title ?? id, id)),
      outOfScope: it.outOfScope !== undefined,
      holds: it.holds,
      stateless: kind?.stateless ?? false,
    };
  });
  const crossings = new Crossings(model);
  const drawn = drawnReplies(model);
  const edges = [...model.flows.values()].filter(isDrawn).flatMap((flow) => legsOf(flow, { model, catalogue, crossings, drawn }));
  return {
    title: displayText(model.title ?? ''),
    boundaries: [...(imports?.frames ?? []), ...boundaries],
    nodes,
    edges,
    data: dataOf(model, catalogue, isDrawn),
  };
}

function dataOf(model: Model, catalogue: Catalogue, isDrawn: (thing: Element | Flow) => boolean): readonly GraphData[] {
  const kindLabel = (kind: string): string => catalogue.dataKinds.get(kind)?.label ?? kind;
  const named = new Set([
    ...[...model.elements.values()].filter(isDrawn).flatMap(({ holds }) => holds),
    ...[...model.flows.values()].filter(isDrawn).flatMap(({ carries, returns }) => [...carries, ...(returns ?? [])]),
  ]);
  const assets = [...model.data.values()].flatMap(({ id, title, kind, origin }) =>
    origin && !named.has(id) ? [] : [{ id, title: displayText(origin?.title ?? title) || id, kind, kindLabel: kindLabel(kind) }],
  );
  const kinds = [...named].filter((id) => !model.data.has(id));
  return [...assets, ...kinds.map((id) => ({ id, title: displayText(kindLabel(id)), kind: id, kindLabel: kindLabel(id) }))];
}

/** Kind and ends of every flow: a reply that is drawn is not implied. */
function drawnReplies(model: Model): ReadonlySet<string> {
  return new Set([...model.flows.values()].map((flow) => `${model.kindOf(flow) ?? ''} ${flow.from} ${flow.to}`));
}

/** A boundary that only overlaps others has no place of its own: its name stands on the elements that are in it. */
function drawnBoundaries(model: Model): readonly Boundary[] {
  const places = new Set<string | undefined>();
  const overlaps = new Set<string>();
  for (const { boundaries } of model.elements.values()) {
    places.add(boundaries[0]);
    for (const id of boundaries.slice(1)) overlaps.add(id);
  }
  for (const { parent } of model.boundaries.values()) places.add(parent);
  return [...model.boundaries.values()].filter(({ id }) => places.has(id) || !overlaps.has(id));
}

interface Surroundings {
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly crossings: Crossings;
  readonly drawn: ReadonlySet<string>;
}

function legsOf(flow: Flow, { model, catalogue, crossings, drawn }: Surroundings): GraphEdge[] {
  const kind = model.kindOf(flow);
  const { title, id: name } = flow.origin ?? flow;
  const declared = title === name ? '' : displayText(title);
  const label = declared || (kind !== undefined && catalogue.flowKinds.get(kind)?.label) || name;
  const reply = kind === undefined ? undefined : catalogue.flowKinds.get(kind)?.reply;
  const replies = reply !== undefined && !flow.oneWay && !drawn.has(`${reply} ${flow.to} ${flow.from}`);
  const shared = { flow: flow.id, label, carries: flow.carries, returns: flow.returns ?? [], replies, kind: kind ?? '' };
  const data = flow.carries.map((name) => {
    const asset = model.data.get(name);
    return displayText(asset?.origin?.title ?? asset?.title ?? catalogue.dataKinds.get(name)?.label ?? name);
  });
  const stops = [flow.from, ...flow.through, flow.to];
  return stops.slice(1).map((to, index) => {
    const from = stops[index]!;
    const id = index === 0 ? flow.id : `${flow.id}#${index + 1}`;
    return { ...shared, id, from, to, data, crosses: crossings.between(from, to) };
  });
}

/** Boundaries of which exactly one of two elements is inside. */
class Crossings {
  private readonly model: Model;
  private readonly insides = new Map<string, ReadonlySet<string>>();

  constructor(model: Model) {
    this.model = model;
  }

  between(from: string, to: string): readonly string[] {
    return crossedBetween(this.inside(from), this.inside(to));
  }

  private inside(element: string): ReadonlySet<string> {
    let known = this.insides.get(element);
    if (!known) this.insides.set(element, (known = insideOf(element, this.model)));
    return known;
  }
}

/** What is to be shown on top: only findings that somebody must still act on. */
export function buildMarks(model: Model, findings: readonly Finding[], catalogue: Catalogue): DiagramMarks {
  const shown: DiagramFinding[] = [];
  const names = new Map<string, string>();
  const named = (id: string, name: string | undefined): string => {
    names.set(id, name ?? id);
    return id;
  };
  for (const finding of findings) {
    if (!isOpen(finding.state)) continue;
    const rule = catalogue.rules.get(finding.rule);
    const lanes = (finding.missing[0] ?? []).flatMap((id) => catalogue.controls.get(id)?.swimLane ?? []);
    const taxonomies = Object.entries(rule?.mappings ?? {}).flatMap(([taxonomy, ids]) => {
      named(taxonomy, catalogue.taxonomies.get(taxonomy)?.name);
      return ids.map((id) => named(`${taxonomy}:${id}`, catalogue.taxonomies.get(taxonomy)?.items.get(id)?.title));
    });
    shown.push({
      key: finding.fingerprint,
      rule: finding.rule,
      ruleTitle: rule?.title ?? 'Stated by the author',
      severity: finding.severity,
      state: finding.state,
      subject: finding.subject,
      message: displayText(finding.message, LONGEST_MESSAGE),
      missing: finding.missing.map((set) => set.map((id) => catalogue.controls.get(id)?.title ?? id)),
      present: finding.present.map((id) => catalogue.controls.get(id)?.title ?? id),
      principles: rule?.principles ?? [],
      category: rule?.category ?? '',
      lanes: [...new Set(lanes)].map((id) => named(id, catalogue.swimLanes.get(id)?.title)),
      taxonomies,
      trail: finding.trail.filter((id) => model.elements.has(id) || model.flows.has(id)),
    });
  }
  return { counts: countBySubject(shown), findings: shown, names: Object.fromEntries(names) };
}
