import type { Severity } from '../../../../server/src/catalogue/rule.ts';
import { passes, SEVERITIES, type Filter } from './filter.ts';
import type { Model, Row } from './rows.ts';

export const GROUPINGS = ['severity', 'element', 'rule', 'principle', 'swimLane'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A line of the list. Its id stays the same over refreshes, so that what is selected and open stays so. */
export type Node = ModelNode | GroupNode | FindingNode | MoreNode;
export interface ModelNode {
  readonly type: 'model';
  readonly id: string;
  readonly parent: undefined;
  readonly model: Model;
  /** That are shown, each once. */
  readonly rows: readonly Row[];
}
export interface GroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly parent: ModelNode | undefined;
  readonly grouping: Grouping;
  /** A severity, the id of a subject or rule, a principle, the title of a swim lane; empty for those without. */
  readonly key: string;
  readonly rows: readonly Row[];
  readonly worst: Severity;
}
export interface FindingNode {
  readonly type: 'finding';
  readonly id: string;
  readonly parent: GroupNode;
  readonly row: Row;
}
/** Stands for the findings of a group that are not listed yet. */
export interface MoreNode {
  readonly type: 'more';
  readonly id: string;
  readonly parent: GroupNode;
  readonly left: number;
}

/** A group shows so many findings at first, and so many more each time. */
export const PAGE = 200;

/** The findings that a filter lets through, in groups; children are made when they are asked for. */
export class Tree {
  readonly roots: readonly Node[];
  readonly shown: number;
  readonly all: number;
  readonly #grouping: Grouping;
  /** By id of the group: pages that are shown, when more than one. */
  readonly #pages: ReadonlyMap<string, number>;

  constructor(models: readonly Model[], grouping: Grouping, filter: Filter, pages: ReadonlyMap<string, number>) {
    this.#grouping = grouping;
    this.#pages = pages;
    const test = passes(filter);
    const nodes = models.map((model): ModelNode => {
      return { type: 'model', id: model.uri, parent: undefined, model, rows: model.rows.filter(test) };
    });
    const withRows = nodes.filter(({ rows }) => rows.length > 0);
    this.all = models.reduce((sum, { rows }) => sum + rows.length, 0);
    this.shown = withRows.reduce((sum, { rows }) => sum + rows.length, 0);
    const [only] = withRows;
    // Which model it is needs no line where there is only one.
    this.roots = models.length === 1 && only ? this.#groups(only, undefined) : withRows;
  }

  children(node: Node): readonly Node[] {
    switch (node.type) {
      case 'model':
        return this.#groups(node, node);
      case 'group':
        return this.#findings(node);
      case 'finding':
      case 'more':
        return [];
    }
  }

  #groups({ id, rows }: ModelNode, parent: ModelNode | undefined): readonly GroupNode[] {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      for (const key of keysOf(row, this.#grouping)) {
        const group = groups.get(key);
        if (group) group.push(row);
        else groups.set(key, [row]);
      }
    }
    return [...groups]
      .map(([key, rows]): GroupNode => {
        const sorted = [...rows].sort(worstFirst);
        const worst = sorted[0]?.severity ?? 'low';
        return { type: 'group', id: `${id}\n${this.#grouping}\n${key}`, parent, grouping: this.#grouping, key, rows: sorted, worst };
      })
      .sort((a, b) => worstFirst(a.rows[0]!, b.rows[0]!) || b.rows.length - a.rows.length || (a.key < b.key ? -1 : 1));
  }

  #findings(group: GroupNode): readonly Node[] {
    const most = (this.#pages.get(group.id) ?? 1) * PAGE;
    const seen = new Map<string, number>();
    const nodes: Node[] = group.rows.slice(0, most).map((row): FindingNode => {
      // An author may state one threat twice.
      const times = seen.get(row.fingerprint) ?? 0;
      seen.set(row.fingerprint, times + 1);
      return { type: 'finding', id: `${group.id}\n${row.fingerprint}${times > 0 ? `\n${times}` : ''}`, parent: group, row };
    });
    const left = group.rows.length - most;
    return left > 0 ? [...nodes, { type: 'more', id: `${group.id}\nmore`, parent: group, left }] : nodes;
  }
}

function keysOf(row: Row, grouping: Grouping): readonly string[] {
  switch (grouping) {
    case 'severity':
      return [row.severity];
    case 'element':
      return [row.subject];
    case 'rule':
      return [row.rule];
    case 'principle':
      return row.about.principles.length > 0 ? row.about.principles : [''];
    case 'swimLane':
      return [row.about.swimLane];
  }
}

function worstFirst(a: Row, b: Row): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
