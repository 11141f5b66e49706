import { total } from '../../../server/src/diagram/badges.ts';
import type { DiagramGraph, DiagramMarks } from '../../../server/src/diagram/index.ts';
import type { Dispatch } from '../actions.ts';
import { el, holdsFocus } from '../lib/dom.ts';
import type { View } from '../view.ts';

/** One line of the tree. */
interface Row {
  readonly id: string;
  readonly level: number;
  readonly text: string;
  readonly kind: string;
  readonly findings: number;
  readonly open: boolean | undefined;
}

/** The model as a tree, always the same as the picture: boundaries with their elements, these with the flows that leave them. */
export class Outline {
  readonly element = el('ul', { class: 'outline', role: 'tree', 'aria-label': 'Outline of the model' });
  readonly #dispatch: Dispatch;
  readonly #closed = new Set<string>();
  readonly #opened = new Set<string>();
  #painted: View | undefined;
  #rows: readonly Row[] = [];
  #current: string | undefined;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
      const id = row?.dataset['row'];
      if (id === undefined) return;
      this.#focus(id);
      if ((target as Element).closest('.twisty')) this.#toggle(id);
      else this.#dispatch({ do: 'select', id });
    });
    this.element.addEventListener('dblclick', ({ target }) => {
      const id = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
      if (id !== undefined) this.#dispatch({ do: 'reveal', id });
    });
  }

  /** Painted only while it is shown. */
  paint(view: View): void {
    if (view.session.tab !== 'outline' || !view.session.sideShown) return;
    const before = this.#painted;
    this.#painted = view;
    if (before?.names !== view.names || before.allMarks !== view.allMarks) this.#paintRows(view);
    if (before?.session.selection !== view.session.selection || before?.names !== view.names) this.#select(view.session.selection);
  }

  #paintRows({ graph, allMarks }: View): void {
    const focused = holdsFocus(this.element);
    this.#rows = rowsOf(graph, allMarks, (id, leaf) => (leaf ? this.#opened.has(id) : !this.#closed.has(id)));
    if (!this.#rows.some(({ id }) => id === this.#current)) this.#current = this.#rows[0]?.id;
    this.element.replaceChildren(...this.#rows.map((row) => this.#row(row)));
    if (focused && this.#current !== undefined) this.#focus(this.#current);
  }

  #row({ id, level, text, kind, findings, open }: Row): HTMLElement {
    const row = el('li', {
      ...{ role: 'treeitem', class: 'row', 'data-row': id, 'data-level': String(level), 'aria-level': String(level) },
      'aria-expanded': open === undefined ? undefined : String(open),
      'aria-selected': String(id === this.#painted?.session.selection),
      tabindex: id === this.#current ? '0' : '-1',
    });
    const noun = el('span', { class: 'spoken' }, findings === 1 ? ' finding' : ' findings');
    const count = findings > 0 ? [el('span', { class: 'row-count' }, String(findings), noun)] : [];
    row.append(
      el('span', { class: 'twisty', 'aria-hidden': 'true' }, open === undefined ? '' : open ? '▾' : '▸'),
      el('span', { class: 'row-text' }, text),
    );
    row.append(el('span', { class: 'quiet row-kind' }, kind), ...count);
    row.style.paddingLeft = `${(level - 1) * 14 + 8}px`;
    return row;
  }

  #select(id: string | undefined): void {
    for (const row of this.element.querySelectorAll('[aria-selected=true]')) row.setAttribute('aria-selected', 'false');
    const row = id === undefined ? undefined : this.#dom(id);
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#rows.findIndex(({ id }) => id === this.#current);
    const row = this.#rows[at];
    if (!row) return;
    const to = this.#step(event.key, at, row);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== row.id) this.#focus(to);
  }

  /** What has the focus afterwards; undefined when the key is not ours. */
  #step(key: string, at: number, row: Row): string | undefined {
    const { id, open, level } = row;
    switch (key) {
      case 'ArrowDown':
        return this.#rows[at + 1]?.id ?? id;
      case 'ArrowUp':
        return this.#rows[at - 1]?.id ?? id;
      case 'Home':
        return this.#rows[0]?.id;
      case 'End':
        return this.#rows.at(-1)?.id;
      case 'ArrowRight':
        if (open === false) this.#toggle(id);
        else if (open) return this.#rows[at + 1]?.id;
        return id;
      case 'ArrowLeft':
        if (open) this.#toggle(id);
        else return this.#rows.slice(0, at).findLast((it) => it.level < level)?.id ?? id;
        return id;
      case 'Enter':
        this.#dispatch({ do: 'reveal', id });
        return id;
      case ' ':
        this.#dispatch({ do: 'select', id });
        return id;
      default:
        return undefined;
    }
  }

  #toggle(id: string): void {
    const sets = this.#painted?.names.sortOf(id) === 'boundary' ? this.#closed : this.#opened;
    if (!sets.delete(id)) sets.add(id);
    if (this.#painted) this.#paintRows(this.#painted);
  }

  #focus(id: string): void {
    if (this.#current !== undefined) this.#dom(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = id;
    const row = this.#dom(id);
    row?.setAttribute('tabindex', '0');
    row?.focus();
  }

  #dom(id: string): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
  }
}

/** In reading order: what is in a boundary below it, the flows that leave an element below the element. */
export function rowsOf(
  { boundaries, nodes, edges }: DiagramGraph,
  marks: DiagramMarks,
  isOpen: (id: string, element: boolean) => boolean,
): readonly Row[] {
  const rows: Row[] = [];
  const known = new Set(boundaries.map(({ id }) => id));
  const group = <T>(things: readonly T[], by: (thing: T) => string): ReadonlyMap<string, readonly T[]> => {
    const groups = new Map<string, T[]>();
    for (const thing of things) groups.set(by(thing), [...(groups.get(by(thing)) ?? []), thing]);
    return groups;
  };
  const placed = (place: string | undefined): string => (place !== undefined && known.has(place) ? place : '');
  const inner = group(boundaries, ({ parent }) => placed(parent));
  const elements = group(nodes, ({ boundary }) => placed(boundary));
  const flows = group(
    edges.filter(({ id, flow }) => id === flow),
    ({ from }) => from,
  );
  const ends = new Map(edges.map(({ flow, to }) => [flow, to]));
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  const findings = (id: string): number => (Object.hasOwn(marks.counts, id) ? total(marks.counts[id] ?? {}) : 0);
  const visited = new Set<string>();
  const visit = (place: string, level: number): void => {
    for (const { id, title, kindLabel } of inner.get(place) ?? []) {
      if (visited.has(id)) continue;
      visited.add(id);
      const open = isOpen(id, false);
      rows.push({ id, level, text: title, kind: kindLabel, findings: findings(id), open });
      if (open) visit(id, level + 1);
    }
    for (const { id, title, kindLabel } of elements.get(place) ?? []) {
      const leaving = flows.get(id) ?? [];
      const open = leaving.length > 0 ? isOpen(id, true) : undefined;
      rows.push({ id, level, text: title, kind: kindLabel, findings: findings(id), open });
      if (!open) continue;
      for (const { flow, label } of leaving) {
        const to = ends.get(flow) ?? '';
        rows.push({
          id: flow,
          level: level + 1,
          text: `${label} → ${titles.get(to) ?? to}`,
          kind: '',
          findings: findings(flow),
          open: undefined,
        });
      }
    }
  };
  visit('', 1);
  return rows;
}
