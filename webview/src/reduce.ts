import type { DiagramFinding } from '../../server/src/diagram/index.ts';
import type { Action } from './actions.ts';
import { collapsedOf, revealing, toggled, withSeverity, type Session } from './session.ts';
import { plural, words, type View } from './view.ts';

/** What an action comes to. */
export interface Change {
  readonly session: Session;
  /** Ids to bring to where they can be read together, once the picture is there. */
  readonly focusOn?: readonly string[];
  /** An id to bring into sight. */
  readonly show?: string;
  /** Said to those who listen. */
  readonly say?: string;
  /** Back to where the picture was before it was moved to show something. */
  readonly back?: boolean;
}

/** Two steps of nested boundaries can be read; more is all of it. */
const HOPS = 1;

/** What the user has chosen after an action; undefined when it changes nothing of that. Pure. */
export function reduce(view: View, action: Action): Change | undefined {
  const { session, names, graph } = view;
  switch (action.do) {
    case 'select':
      return select(view, action.id);
    case 'showFinding':
      if (action.key === undefined) return { session: { ...session, finding: undefined }, back: true };
      return choose(
        view,
        view.allMarks.findings.find(({ key }) => key === action.key),
      );
    case 'stepFinding':
      return choose(view, nextFinding(view, action.by));
    case 'filter':
      return { session: { ...session, filter: action.filter } };
    case 'toggleFilter':
      return { session: { ...session, filter: toggled(session.filter, action.name, action.id) } };
    case 'showSeverity':
      return { session: { ...session, filter: withSeverity(session.filter, action.severity, action.shown) } };
    case 'lens':
      return {
        session: { ...session, lens: action.lens },
        say: action.lens ? 'The picture shows what belongs to it; the rest steps back.' : 'All is shown.',
      };
    case 'reachFrom':
    case 'reachTo': {
      if (session.selection === undefined || names.sortOf(session.selection) === 'boundary')
        return { session, say: 'Select an element or a flow first.' };
      const lens = { type: 'reach', id: session.selection, way: action.do === 'reachFrom' ? 'from' : 'to' } as const;
      return reduce(view, { do: 'lens', lens });
    }
    case 'focus':
      return { session: { ...session, focus: action.focus } };
    case 'focusSelection': {
      const { selection, focus } = session;
      if (selection === undefined) return { session, say: 'Select something first.' };
      // Once more looks one step further.
      const hops = focus?.ids.includes(selection) ? Math.min(4, focus.hops + 1) : HOPS;
      return { session: { ...session, focus: { ids: [selection], hops } }, say: `Only ${names.titleOf(selection)} and what is around it.` };
    }
    case 'collapse': {
      if (!names.boundaries.has(action.id)) return undefined;
      const others = collapsedOf(session, graph).filter((id) => id !== action.id);
      const collapsed = action.collapsed ? [...others, action.id] : others;
      return { session: { ...session, collapsed }, say: `${names.titleOf(action.id)}: ${action.collapsed ? 'collapsed' : 'expanded'}` };
    }
    case 'collapseAll': {
      const outermost = graph.boundaries.filter(({ parent }) => parent === undefined || !names.boundaries.has(parent));
      return {
        session: { ...session, collapsed: outermost.map(({ id }) => id) },
        say: `${plural(outermost.length, 'boundary').replace('boundarys', 'boundaries')} collapsed`,
      };
    }
    case 'expandAll':
      return { session: { ...session, collapsed: [] }, say: 'All boundaries are expanded.' };
    case 'clearAll':
      return {
        session: { ...session, filter: {}, lens: undefined, focus: undefined, collapsed: undefined, finding: undefined },
        say: 'All is shown.',
      };
    case 'back': {
      const { finding, selection } = session;
      if (finding === undefined && selection === undefined) return undefined;
      return { session: { ...session, finding: undefined, selection: finding === undefined ? undefined : selection }, back: true };
    }
    case 'tab':
      return { session: { ...session, tab: action.tab, sideShown: true } };
    case 'toggleSide':
      return { session: { ...session, sideShown: !session.sideShown } };
    case 'toggleLegend':
      return { session: { ...session, legendShown: !session.legendShown }, say: '' };
    default:
      return undefined;
  }
}

function select({ session, names, graph }: View, id: string | undefined): Change | undefined {
  if (id === undefined) return { session: { ...session, selection: undefined } };
  if (names.sortOf(id) === undefined) return undefined;
  const shown = revealing(session, graph, [id]);
  const kept = shown.focus && !isKept(id, shown, graph) ? { ...shown, focus: undefined } : shown;
  return { session: { ...kept, selection: id }, show: id, say: `Selected: ${names.titleOf(id)}` };
}

/** What is not in the neighbourhood cannot be seen in it. */
function isKept(id: string, { focus }: Session, graph: View['graph']): boolean {
  if (!focus) return true;
  const near = new Set(focus.ids);
  for (let hop = 0; hop <= focus.hops; hop++) {
    for (const { flow, from, to } of graph.edges) if (near.has(from) || near.has(to) || near.has(flow)) near.add(from).add(to).add(flow);
  }
  return near.has(id) || graph.boundaries.some((it) => it.id === id);
}

/** A finding that is wanted is shown, whatever the filter says. */
function choose(view: View, finding: DiagramFinding | undefined): Change | undefined {
  if (!finding) return undefined;
  const { session, findings, allMarks, graph } = view;
  const ids = [finding.subject, ...finding.trail];
  const passes = findings.some(({ key }) => key === finding.key);
  const shown = revealing({ ...session, filter: passes ? session.filter : {}, focus: undefined }, graph, ids);
  const onIt = session.selection !== undefined && ids.includes(session.selection);
  const list = passes ? findings : allMarks.findings;
  const place = list.findIndex(({ key }) => key === finding.key) + 1;
  return {
    session: { ...shown, finding: finding.key, selection: onIt ? session.selection : undefined },
    focusOn: ids,
    say: `Finding ${place} of ${list.length}, ${words(finding.severity)}: ${finding.message}`,
  };
}

function nextFinding({ findings, finding }: View, by: 1 | -1): DiagramFinding | undefined {
  const at = findings.findIndex(({ key }) => key === finding?.key);
  return at < 0 ? findings.at(by > 0 ? 0 : -1) : findings[(at + by + findings.length) % findings.length];
}
