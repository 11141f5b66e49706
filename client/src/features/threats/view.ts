import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type Memento,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import type { Models } from '../models.ts';
import { isFiltered, readFilter, type Filter } from './filter.ts';
import { itemOf } from './items.ts';
import { groupingLabel } from './labels.ts';
import { FindingsStore } from './store.ts';
import { GROUPINGS, Tree, type FindingNode, type Grouping, type MoreNode, type Node } from './tree.ts';

const viewId = 'threatwright.threats';
const EMPTY = new Tree([], 'severity', readFilter(undefined), new Map());

/** The *Threats* view: asks for findings only while somebody looks; its badge counts all the same. */
export class ThreatsView implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #memory: Memento;
  readonly #store: FindingsStore;
  readonly #view: TreeView<Node>;
  readonly #listeners: Disposable[];
  readonly #pages = new Map<string, number>();
  #tree = EMPTY;
  #grouping: Grouping;
  #filter: Filter;

  constructor(server: LanguageServer, models: Models, memory: Memento) {
    this.#memory = memory;
    this.#grouping = GROUPINGS.find((it) => it === memory.get('threats.grouping')) ?? 'severity';
    this.#filter = readFilter(memory.get('threats.filter'));
    this.#store = new FindingsStore(server);
    this.#view = window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.#listeners = [
      this.#store.onChanged(() => this.#rebuild()),
      models.onChanged(() => {
        this.#store.invalidate();
        this.#badge(models);
        this.#refreshIfSeen();
      }),
      server.onRestarted(() => {
        this.#store.forget();
        this.#refreshIfSeen();
      }),
      this.#view.onDidChangeVisibility(() => this.#refreshIfSeen()),
    ];
    this.#rebuild();
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** The finding that a command is about: the one it was given, else the selected one. */
  finding(given: unknown): FindingNode | undefined {
    const [selected] = this.#view.selection;
    const node = isFinding(given) ? given : selected;
    return node?.type === 'finding' ? node : undefined;
  }

  group(grouping: Grouping): void {
    this.#grouping = grouping;
    void this.#memory.update('threats.grouping', grouping);
    this.#rebuild();
  }

  choose(filter: Filter): void {
    this.#filter = filter;
    void this.#memory.update('threats.filter', filter);
    this.#rebuild();
  }

  more({ parent }: MoreNode): void {
    this.#pages.set(parent.id, (this.#pages.get(parent.id) ?? 1) + 1);
    this.#rebuild();
  }

  /** How many findings pass the filter, and of how many. */
  get counts(): { readonly shown: number; readonly all: number } {
    return this.#tree;
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    return [...(node === undefined ? this.#tree.roots : this.#tree.children(node))];
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): TreeItem {
    return itemOf(node);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#view.dispose();
    this.#store.dispose();
    this.#changed.dispose();
  }

  #refreshIfSeen(): void {
    if (this.#view.visible) void this.#store.refresh();
  }

  #rebuild(): void {
    this.#tree = new Tree(this.#store.models, this.#grouping, this.#filter, this.#pages);
    const { shown, all } = this.#tree;
    const filtered = isFiltered(this.#filter);
    this.#view.description = filtered ? l10n.t('{0} of {1}', shown, all) : groupingLabel(this.#grouping);
    this.#view.message = all > 0 && shown === 0 && filtered ? l10n.t('No finding passes the filter.') : '';
    void commands.executeCommand('setContext', 'threatwright.threatsFiltered', filtered);
    this.#changed.fire();
  }

  #badge({ total }: Models): void {
    const value = total.critical + total.high;
    const tooltip = l10n.t('{0} open findings of high or critical severity', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}

function isFinding(value: unknown): value is FindingNode {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'finding';
}
