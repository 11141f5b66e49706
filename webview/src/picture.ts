import {
  applyDelta,
  facetsOf,
  keepGraph,
  keepScene,
  pinScene,
  redress,
  structureKey,
  viewOf,
  type DiagramFinding,
  type DiagramGraph,
  type DiagramMarks,
  type DiagramView,
  type Facets,
  type Pins,
  type Scene,
} from '../../server/src/diagram/index.ts';
import type { DiagramResult } from '../../server/src/protocol/messages.ts';
import { filterMarks } from '../../server/src/diagram/view/filter.ts';
import { Names } from './names.ts';
import { collapsedOf, type Session } from './session.ts';
import type { View } from './view.ts';

/** What a message of the host says, which may be told by what is here already; undefined when that is not here. */
export function received(
  sent: DiagramResult,
  picture: Picture | undefined,
  last: Pick<DiagramResult, 'picture' | 'revision'> | undefined,
): Pick<Picture, 'graph' | 'marks'> | undefined {
  const here = picture && !picture.partial ? picture : undefined;
  if ('delta' in sent) return here && last?.revision === sent.delta.since ? applyDelta(here.graph, here.marks, sent.delta) : undefined;
  const graph = sent.graph ?? (last?.picture === sent.picture ? here?.graph : undefined);
  return graph && { graph, marks: sent.marks };
}

/**
 * From what the host sent and what the user has chosen to what is to be laid out and painted. Remembers what it has made:
 * a new selection makes nothing again, new findings no layout.
 */
export class Picture {
  readonly graph: DiagramGraph;
  readonly marks: DiagramMarks;
  readonly names: Names;
  /** Graph and marks are only those of the scene that was kept over a reload. */
  readonly partial: boolean;
  #view: DiagramView | undefined;
  /** What was shown of the picture before this one. */
  #before: DiagramGraph | undefined;
  #findings: readonly DiagramFinding[] | undefined;
  #facets: Facets | undefined;
  #session: Session | undefined;
  #collapsed: readonly string[] = [];
  #redressed: { readonly scene: Scene; readonly graph: DiagramGraph; readonly made: Scene } | undefined;
  #pinned: { readonly raw: Scene; readonly pins: Pins; readonly scene: Scene } | undefined;
  #key: { readonly graph: DiagramGraph; readonly key: string } | undefined;

  constructor(graph: DiagramGraph, marks: DiagramMarks, before?: Picture, partial = false) {
    this.graph = graph;
    this.marks = marks;
    this.partial = partial;
    const same = before?.graph === graph;
    this.names = same ? before.names : new Names(graph);
    if (!before) return;
    this.#before = before.#view?.graph;
    this.#pinned = before.#pinned;
    this.#key = before.#key;
  }

  /** What is to be laid out for this session, and the key of that layout. */
  shown(session: Session): { readonly graph: DiagramGraph; readonly key: string } {
    const { graph } = this.#made(session);
    if (this.#key?.graph !== graph) this.#key = { graph, key: structureKey(graph) };
    return this.#key;
  }

  /** What is painted on a scene, which may still be that of an older graph. */
  on(raw: Scene, session: Session, current: boolean, pins: Pins): View {
    if (this.#pinned?.raw !== raw || this.#pinned.pins !== pins)
      this.#pinned = { raw, pins, scene: keepScene(this.#pinned?.scene, pinScene(raw, pins)) };
    const { scene } = this.#pinned;
    const { graph, marks, dimmed, shownAs } = this.#made(session);
    if (current && (this.#redressed?.made !== scene || this.#redressed.graph !== graph)) {
      const same = this.#redressed?.scene === scene && this.#redressed.graph === graph;
      this.#redressed = { scene, graph, made: same ? this.#redressed!.made : redress(scene, graph) };
    }
    return {
      scene: current ? this.#redressed!.made : scene,
      ...{ marks, dimmed, shownAs, session, graph: this.graph, names: this.names, allMarks: this.marks },
      findings: this.#findings ?? [],
      facets: () => (this.#facets ??= facetsOf(this.graph, this.marks)),
      collapsed: this.#collapsed,
      finding: session.finding === undefined ? undefined : marks.findings.find(({ key }) => key === session.finding),
    };
  }

  #made(session: Session): DiagramView {
    const { collapsed, focus, lens, filter } = session;
    const last = this.#session;
    const same = last && last.collapsed === collapsed && last.focus === focus && last.lens === lens && last.filter === filter;
    if (this.#view && same) return this.#view;
    this.#session = session;
    this.#findings = filterMarks(this.graph, this.marks, filter).findings;
    this.#collapsed = this.partial ? (collapsed ?? []) : collapsedOf(session, this.graph).filter((id) => this.names.boundaries.has(id));
    // What is kept of a large model is collapsed and cut already.
    const view = viewOf(this.graph, this.marks, this.partial ? { filter } : { collapsed: this.#collapsed, focus, lens, filter });
    // What is the same stays the same object, so that nobody has to compare.
    this.#view = { ...view, graph: keepGraph(this.#view?.graph ?? this.#before, view.graph) };
    return this.#view;
  }
}
