import type { Dispatch } from './actions.ts';
import { Canvas } from './canvas/canvas.ts';
import type { Viewport } from './canvas/viewport.ts';
import { Chips } from './filters/chips.ts';
import { FindingCard } from './findings/card.ts';
import { FindingList } from './findings/list.ts';
import { HoverCard } from './hover/hoverCard.ts';
import { Inspector } from './inspector/inspector.ts';
import { Legend } from './legend/legend.ts';
import { el, setShown } from './lib/dom.ts';
import { Tabs } from './lib/tabs.ts';
import { Minimap } from './minimap/minimap.ts';
import { Notices } from './notices.ts';
import { Outline } from './outline/outline.ts';
import { Search } from './search/search.ts';
import { Toolbar } from './toolbar.ts';
import type { View } from './view.ts';

export interface PageActions {
  readonly dispatch: Dispatch;
  badge(id: string): void;
  menu(id: string | undefined, at: { readonly x: number; readonly y: number }): void;
  moved(): void;
  say(text: string): void;
  askFixes(key: string): void;
  fix(key: string, title: string): void;
  askCard(id: string): void;
  retry(): void;
  cancel(): void;
  copyDiagnostics(): void;
}

/** The parts of the page, and where they stand. */
export class Page {
  readonly notices: Notices;
  readonly canvas: Canvas;
  readonly toolbar: Toolbar;
  readonly card: FindingCard;
  readonly hover: HoverCard;
  readonly search: Search;
  readonly #chips: Chips;
  readonly #inspector: Inspector;
  readonly #list: FindingList;
  readonly #outline: Outline;
  readonly #minimap: Minimap;
  readonly #legend: Legend;
  readonly #tabs: Tabs<'findings' | 'outline'>;
  readonly #side: HTMLElement;

  constructor(root: HTMLElement, spoken: HTMLElement, actions: PageActions) {
    const { dispatch, say } = actions;
    const moving = (): void => {
      const { viewport, frame } = this.canvas.camera;
      this.#minimap.moved(viewport, frame);
    };
    const moved = (): void => {
      this.toolbar.setScale(this.canvas.camera.viewport.scale);
      moving();
      actions.moved();
    };
    this.notices = new Notices(actions);
    this.#minimap = new Minimap((point) => this.canvas.camera.centreOn(point));
    this.#legend = new Legend(dispatch);
    this.toolbar = new Toolbar(dispatch);
    this.canvas = new Canvas({ dispatch, badge: actions.badge, menu: actions.menu, moved, moving });
    this.#chips = new Chips(dispatch);
    this.#inspector = new Inspector(dispatch);
    this.#list = new FindingList(dispatch);
    this.#outline = new Outline(dispatch);
    this.card = new FindingCard({ dispatch, ask: actions.askFixes, choose: actions.fix });
    this.search = new Search(dispatch, say);
    this.hover = new HoverCard(this.canvas.element, actions.askCard);
    this.#tabs = new Tabs(
      [
        ['findings', 'Findings', this.#list.element],
        ['outline', 'Outline', this.#outline.element],
      ],
      (tab) => dispatch({ do: 'tab', tab }),
    );
    const over = el('div', { class: 'over' }, this.search.element, this.notices.progress, this.#minimap.element, this.#legend.element);
    const picture = el('div', { class: 'picture' }, this.canvas.element, over, this.notices.middle);
    const stage = el('main', { class: 'stage' }, this.notices.banner, this.#chips.element, picture, this.card.element);
    this.#side = el('aside', { class: 'side', 'aria-label': 'Findings and selection' }, this.#inspector.element, this.#tabs.element);
    root.replaceChildren(this.toolbar.element, el('div', { class: 'columns' }, stage, this.#side), this.hover.element, spoken);
  }

  /** `left`: where the picture was left before a reload. */
  paint(view: View, left?: { readonly viewport: Viewport; readonly fitted: boolean }): void {
    const { scene, session } = view;
    setShown(this.#side, session.sideShown);
    this.#tabs.select(session.tab);
    this.toolbar.paint(view);
    this.#chips.paint(view);
    this.#inspector.paint(view);
    this.#list.paint(view);
    this.#outline.paint(view);
    this.card.paint(view);
    this.search.paint(view);
    this.#minimap.paint(view);
    this.#legend.paint(view);
    const nothing = scene.nodes.length + scene.boundaries.length === 0;
    setShown(this.#legend.element, !nothing);
    if (nothing) this.notices.empty();
    else this.notices.clear();
    this.notices.setFallback(scene.fallback);
    this.canvas.paint(view, left);
  }
}
