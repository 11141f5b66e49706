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
  /** Ids that were given in the diagram; undoing gives the former ones back. */
  readonly renamed: readonly Renamed[];
}
export interface Renamed {
  readonly id: string;
  readonly to: string;
}
const MOST_RENAMED = 50;

export const FRESH: Session = {
  ...{ selection: undefined, finding: undefined, filter: {}, lens: undefined, focus: undefined, collapsed: undefined },
  ...{ tab: 'findings', sideShown: true, legendShown: false, renamed: [] },
};

/** What is collapsed: by choice, else by size. */
export function collapsedOf({ collapsed }: Session, graph: DiagramGraph): readonly string[] {
  return collapsed ?? defaultCollapsed(graph);
}

/** What the size of a model has collapsed stays so until somebody chooses: an edit elsewhere opens nothing. */
export function withCollapsed(session: Session, graph: DiagramGraph): Session {
  if (session.collapsed) return session;
  const collapsed = defaultCollapsed(graph);
  return collapsed.length > 0 ? { ...session, collapsed } : session;
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

/** After another id was asked for, which the text may have later, or never. */
export function withRenamed(session: Session, renamed: Renamed): Session {
  return { ...session, renamed: [...session.renamed, renamed].slice(-MOST_RENAMED) };
}

/**
 * The same choice where things have another id now: by what was asked for, by undoing that, or by doing it again. `followed`
 * are these ids.
 */
export function followRenames(
  session: Session,
  exists: (id: string) => boolean,
): { readonly session: Session; readonly followed: readonly Renamed[] } {
  const followed = session.renamed.filter(({ id, to }) => !exists(id) && exists(to));
  if (followed.length === 0) return { session, followed };
  const back = session.renamed.map((it) => (followed.includes(it) ? { id: it.to, to: it.id } : it));
  const chosen = followed.reduce((now, { id, to }) => withNewId(now, id, to), session);
  return { session: { ...chosen, renamed: back }, followed };
}

function withNewId(session: Session, id: string, to: string): Session {
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
  const { selection, finding, filter, lens, focus, collapsed, tab, sideShown, legendShown, renamed } = value;
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
    renamed: Array.isArray(renamed) ? renamed.filter(isRenamed).slice(-MOST_RENAMED) : [],
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

function isRenamed(value: unknown): value is Renamed {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['to'] === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
