import type { DiagramGraph, DiagramMarks, FindingFilter, Focus, Lens } from '../../server/src/diagram/index.ts';
import { defaultCollapsed, uncollapsedFor } from '../../server/src/diagram/index.ts';
import { SEVERITIES, type Severity } from '../../server/src/catalogue/rule.ts';
import { isObject } from './messages.ts';

export type FilterName = 'severities' | 'principles' | 'categories' | 'lanes' | 'taxonomies' | 'dataKinds' | 'ids';
export const FILTER_NAMES: readonly FilterName[] = ['severities', 'principles', 'categories', 'lanes', 'taxonomies', 'dataKinds', 'ids'];

export type Tab = 'findings' | 'outline';

/** What the user has chosen. Plain data: kept over a reload, and the same whoever has chosen it. */
export interface Session {
  /** Id of an element, flow or boundary. */
  readonly selection: string | undefined;
  /** Key of a finding. */
  readonly finding: string | undefined;
  readonly filter: FindingFilter;
  readonly lens: Lens | undefined;
  readonly focus: Focus | undefined;
  /** Ids of boundaries; undefined as long as the size of the model decides. */
  readonly collapsed: readonly string[] | undefined;
  readonly tab: Tab;
  readonly sideShown: boolean;
  readonly legendShown: boolean;
}

export const FRESH: Session = {
  ...{ selection: undefined, finding: undefined, filter: {}, lens: undefined, focus: undefined, collapsed: undefined },
  ...{ tab: 'findings', sideShown: true, legendShown: false },
};

/** What is collapsed: by choice, else by size. */
export function collapsedOf({ collapsed }: Session, graph: DiagramGraph): readonly string[] {
  return collapsed ?? defaultCollapsed(graph);
}

/** With boundaries opened and the neighbourhood left as far as it takes to see these things. */
export function revealing(session: Session, graph: DiagramGraph, ids: readonly string[]): Session {
  const collapsed = collapsedOf(session, graph);
  const left = uncollapsedFor(graph, collapsed, ids);
  return left.length === collapsed.length ? session : { ...session, collapsed: left };
}

/** With one value of a filter taken in or out. */
export function toggled(filter: FindingFilter, name: FilterName, id: string): FindingFilter {
  const list: readonly string[] = filter[name] ?? [];
  const next = list.includes(id) ? list.filter((it) => it !== id) : [...list, id];
  const { [name]: _, ...others } = filter;
  return next.length === 0 ? others : { ...others, [name]: next };
}

/** The severities that pass. */
export function severitiesOf({ severities }: FindingFilter): readonly Severity[] {
  return severities === undefined || severities.length === 0 ? SEVERITIES : severities;
}

/** With one severity shown or hidden; when all are shown again, nothing is filtered by it. */
export function withSeverity(filter: FindingFilter, severity: Severity, shown: boolean): FindingFilter {
  const { severities: _, ...others } = filter;
  const left = SEVERITIES.filter((it) => (it === severity ? shown : severitiesOf(filter).includes(it)));
  // To hide all is to see nothing: the last one stays.
  if (left.length === 0) return filter;
  return left.length === SEVERITIES.length ? others : { ...others, severities: left };
}

/** Without what the model does not have any more. */
export function stillThere(session: Session, graph: DiagramGraph, marks: DiagramMarks): Session {
  const exists = (id: string): boolean =>
    graph.nodes.some((node) => node.id === id) ||
    graph.boundaries.some((it) => it.id === id) ||
    graph.edges.some(({ flow }) => flow === id);
  const { selection, finding, lens, focus } = session;
  const ids = focus?.ids.filter(exists) ?? [];
  const hasLens = lens && (lens.type === 'data' ? graph.data.some(({ id }) => id === lens.id) : exists(lens.id));
  return {
    ...session,
    selection: selection !== undefined && exists(selection) ? selection : undefined,
    finding: marks.findings.some(({ key }) => key === finding) ? finding : undefined,
    lens: hasLens ? lens : undefined,
    focus: focus && ids.length > 0 ? { ...focus, ids } : undefined,
  };
}

/** The same choice after a thing was given another id. */
export function withNewId(session: Session, id: string, to: string): Session {
  const now = (it: string): string => (it === id ? to : it);
  const { selection, collapsed, lens, focus } = session;
  return {
    ...session,
    selection: selection === id ? to : selection,
    collapsed: collapsed?.map(now),
    lens: lens && { ...lens, id: now(lens.id) },
    focus: focus && { ...focus, ids: focus.ids.map(now) },
  };
}

/** What was kept over a reload; each part that is not understood is as at the beginning. */
export function parseSession(value: unknown): Session {
  if (!isObject(value)) return FRESH;
  const { selection, finding, filter, lens, focus, collapsed, tab, sideShown, legendShown } = value;
  return {
    selection: typeof selection === 'string' ? selection : undefined,
    finding: typeof finding === 'string' ? finding : undefined,
    filter: parseFilter(filter),
    lens: parseLens(lens),
    focus: parseFocus(focus),
    collapsed: isTexts(collapsed) ? collapsed : undefined,
    tab: tab === 'outline' ? 'outline' : 'findings',
    sideShown: sideShown !== false,
    legendShown: legendShown === true,
  };
}

export function parseFilter(value: unknown): FindingFilter {
  if (!isObject(value)) return {};
  const lists = FILTER_NAMES.flatMap((name) => {
    const list = value[name];
    if (!isTexts(list)) return [];
    const known = name === 'severities' ? SEVERITIES.filter((severity) => list.includes(severity)) : list;
    return known.length > 0 ? [[name, known] as const] : [];
  });
  return Object.fromEntries(lists);
}

export function parseLens(value: unknown): Lens | undefined {
  if (!isObject(value) || typeof value['id'] !== 'string') return undefined;
  const { type, id, way } = value;
  if (type === 'data') return { type, id };
  return type === 'reach' && (way === 'from' || way === 'to') ? { type, id, way } : undefined;
}

export function parseFocus(value: unknown): Focus | undefined {
  if (!isObject(value)) return undefined;
  const { ids, hops } = value;
  return isTexts(ids) && typeof hops === 'number' && hops >= 0 && hops <= 9 ? { ids, hops } : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
