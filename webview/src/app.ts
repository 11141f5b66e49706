import { driftedPins, parsePins, pinAt, type Pins, type Scene } from '../../server/src/diagram/index.ts';
import type { DiagramResult, ToWebview } from '../../server/src/protocol/messages.ts';
import { parseAction, type Action } from './actions.ts';
import { Announcer } from './announce.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { describe } from './describe.ts';
import { showThingMenu } from './edit/thingMenu.ts';
import { askExport } from './export/exportDialog.ts';
import { exportedOf, parseWish, textOf } from './export/exporter.ts';
import { base64Of, paintPng } from './export/png.ts';
import { showHelp } from './help.ts';
import { Host } from './host.ts';
import { listenToKeys } from './keys.ts';
import { LayoutWorker } from './layoutWorker.ts';
import { el } from './lib/dom.ts';
import { ask } from './lib/prompt.ts';
import { Page } from './page.ts';
import { Picture } from './picture.ts';
import { reduce, type Change } from './reduce.ts';
import { FRESH, stillThere, type Session } from './session.ts';
import { KEPT_WHOLE, parseKept, type KeptState } from './state.ts';
import { findingsOf, plural, shown, type View } from './view.ts';

/** A state that changes quickly is kept once it rests. */
const KEEP_AFTER_MS = 150;

/** The page: takes what the host says and what the user does, and has each part paint its share. */
export class App {
  readonly #host = new Host();
  readonly #layouts = new LayoutWorker();
  readonly #announcer = new Announcer(el('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' }));
  readonly #page: Page;

  /** The last that the host sent. */
  #diagram: Omit<DiagramResult, 'graph' | 'marks'> | undefined;
  #picture: Picture | undefined;
  #session: Session = FRESH;
  #pins: Pins = new Map();
  /** What is painted, and the key of its layout. */
  #scene: Scene | undefined;
  #layoutKey = '';
  #wantedKey = '';
  #view: View | undefined;
  #layoutCount = 0;
  /** To be done when the picture of the present choice is there. */
  #then: Change | undefined;
  /** Selected as soon as it is there: what an edit has made. */
  #awaited: string | undefined;
  /** Chosen as soon as there is a picture to choose it in: what the host wants to be shown. */
  #awaitedFinding: string | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    const dispatch = (action: Action): void => this.dispatch(action);
    this.#page = new Page(root, this.#announcer.element, {
      dispatch,
      badge: (id) => this.#badge(id),
      menu: (id, at) => this.#menu(id, at),
      moved: () => this.#keepSoon(),
      say: (text) => this.#announcer.say(text),
      askFixes: (key) => this.#host.send({ type: 'fixes', key }),
      fix: (key, title) => this.#host.send({ type: 'fix', key, title }),
      askCard: (id) => this.#host.send({ type: 'card', id }),
      retry: () => this.#host.send({ type: 'ready' }),
      cancel: () => void this.#cancelLayout(),
      copyDiagnostics: () => this.#copyDiagnostics(),
    });
    listenToKeys(dispatch);
  }

  start(): void {
    window.addEventListener('pagehide', () => this.#keep());
    const kept = parseKept(this.#host.kept);
    if (kept) this.#restore(kept);
    else {
      const long = 'The language server has not answered. Its log says why: run “Threatwright: Show Log”.';
      this.#page.notices.waiting('Reading the model …', long);
    }
    this.#host.listen((message) => this.#receive(message));
    this.#host.send({ type: 'ready', have: kept?.picture });
  }

  /** Does what a key, a button, a command or another view asks for. */
  dispatch(action: Action): void {
    const { canvas, search } = this.#page;
    const view = this.#view;
    switch (action.do) {
      case 'zoom':
        return canvas.camera.zoomTo(canvas.camera.viewport.scale * action.factor);
      case 'hush':
        return this.#page.notices.hush();
      case 'actualSize':
        return canvas.camera.zoomTo(1);
      case 'fit':
        return canvas.camera.fit();
      case 'search':
        return search.open();
      case 'help':
        return showHelp();
      case 'explain':
        return this.#host.send({ type: 'rule', id: action.rule });
      case 'reveal':
        return this.#host.send({ type: 'reveal', id: this.#own(action.id) });
      case 'edit':
        this.#page.notices.hush();
        return this.#diagram && this.#host.send({ type: 'edit', version: this.#diagram.version, edit: action.edit });
      case 'retitle':
        return this.#retitle(action.id);
      case 'relayout':
        this.#setPins(new Map());
        this.#layoutKey = '';
        this.#layouts.forget(canvas.camera.frame);
        this.#announcer.say('The picture is laid out anew.');
        return this.#refresh();
      case 'pin':
      case 'nudge':
        return this.#pin(action);
      case 'unpin':
        return this.#setPins(new Map([...this.#pins].filter(([id]) => id !== action.id)));
      case 'export':
        return view && askExport(view, (wish) => this.#host.send({ type: 'made', wish }));
      case 'copyText':
        return view && this.#host.send({ type: 'copy', text: describe(view) });
      case 'diagnostics':
        return this.#copyDiagnostics();
      case 'menu':
        return this.#menu(view?.session.selection, canvas.placeOf(view?.session.selection ?? ''));
      case 'fitSelection':
        return view?.session.selection === undefined ? canvas.camera.fit() : canvas.fitTo(view.session.selection);
      default: {
        const change = view && reduce(view, action);
        if (!change) return;
        if (action.do === 'select' && action.id !== undefined) this.#host.send({ type: 'select', id: this.#own(action.id) });
        this.#apply(change);
      }
    }
  }

  #restore(kept: KeptState): void {
    const { uri, picture, layoutKey, version, stale, scene, graph, marks, session } = kept;
    this.#diagram = { uri, picture: picture ?? '', version, stale };
    this.#picture = new Picture(graph, marks, undefined, picture === undefined);
    this.#session = session;
    this.#pins = new Map(Object.entries(kept.pins));
    this.#scene = scene;
    this.#layoutKey = this.#wantedKey = layoutKey;
    this.#page.notices.setStale(stale);
    this.#paint(kept);
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'layoutWorker':
        this.#layouts.load(message.uri);
        // Without a picture, a layout is what comes next.
        return this.#scene ? undefined : this.#layouts.warm();
      case 'diagram':
        return this.#update(message.diagram);
      case 'select':
        return this.#selectQuietly(message.id);
      case 'showFinding':
        this.#awaitedFinding = message.key;
        return this.#chooseAwaited();
      case 'action': {
        const action = parseAction(message.action);
        return action ? this.dispatch(action) : this.#host.log('warn', 'An action is not understood and is ignored.');
      }
      case 'made':
        return void this.#export(message);
      case 'pins':
        return this.#takePins(message.pins);
      case 'fixes':
        return this.#page.card.offer(message.key, message.fixes);
      case 'card':
        return this.#page.hover.show(message.id, message.markdown);
      case 'said':
        return this.#tell(message.text);
      case 'error':
        return this.#page.notices.setError(message.message, this.#scene !== undefined);
    }
  }

  /** Only a graph that differs in what a layout depends on is laid out; all else is painted at once. */
  #update({ graph: sent, marks, ...diagram }: DiagramResult): void {
    const graph = sent ?? (this.#picture?.partial || diagram.picture !== this.#diagram?.picture ? undefined : this.#picture?.graph);
    // The host believes that we have a graph that we have not: ask for all of it.
    if (!graph) return this.#host.send({ type: 'ready' });
    this.#diagram = diagram;
    this.#picture = new Picture(graph, marks, this.#picture);
    const finding = this.#session.finding;
    this.#session = stillThere(this.#session, graph, marks);
    if (finding !== undefined && this.#session.finding === undefined) this.#announcer.say('The finding that was shown is gone.');
    this.#page.notices.setStale(diagram.stale);
    this.#refresh();
    this.#chooseAwaited();
    const awaited = this.#awaited;
    if (awaited === undefined || this.#picture.names.sortOf(awaited) === undefined) return;
    this.#awaited = undefined;
    this.#selectQuietly(awaited);
  }

  #chooseAwaited(): void {
    const key = this.#awaitedFinding;
    if (!this.#view || key === undefined || !this.#view.allMarks.findings.some((finding) => finding.key === key)) return;
    this.#awaitedFinding = undefined;
    this.dispatch({ do: 'showFinding', key });
  }

  #apply(change: Change): void {
    const { finding } = this.#session;
    this.#session = change.session;
    this.#then = change;
    this.#refresh();
    if (change.say !== undefined) this.#announcer.say(change.say);
    else if (finding === this.#session.finding) {
      const { findings, allMarks } = this.#view ?? { findings: [], allMarks: { findings: [] } };
      this.#announcer.say(`${findings.length} of ${plural(allMarks.findings.length, 'finding')} shown`);
    }
  }

  /** Brings the page in step with what was sent and chosen. */
  #refresh(): void {
    if (!this.#picture) return;
    const { graph, key } = this.#picture.shown(this.#session);
    const before = this.#wantedKey;
    this.#wantedKey = key;
    if (this.#scene && key === this.#layoutKey) {
      // A text that was put back as it was: what is being laid out is out of date.
      if (before !== key) this.#layouts.drop();
      this.#page.notices.layingOut(undefined, true);
      return this.#paint();
    }
    // Marks of what is there already do not wait for the layout.
    if (this.#scene) this.#paint();
    if (key === before && this.#layoutKey !== '') return;
    void this.#layOut(graph, key);
  }

  async #layOut(graph: Parameters<LayoutWorker['layout']>[0], key: string): Promise<void> {
    this.#page.notices.layingOut(graph.nodes.length + graph.boundaries.length, this.#scene !== undefined);
    const scene = await this.#layouts.layout(graph, this.#page.canvas.camera.frame);
    if (!scene || key !== this.#wantedKey) return;
    this.#page.notices.layingOut(undefined, true);
    this.#layoutCount++;
    if (scene.fallback !== undefined) this.#host.log('warn', scene.fallback);
    this.#accept(scene, key);
  }

  #accept(scene: Scene, key: string): void {
    this.#layoutKey = key;
    this.#scene = scene;
    this.#paint();
    this.#chooseAwaited();
  }

  /** The last picture stays; without one, a plain grid stands in. */
  async #cancelLayout(): Promise<void> {
    this.#layouts.drop();
    this.#page.notices.layingOut(undefined, true);
    const key = this.#wantedKey;
    if (this.#scene) return this.#page.notices.say('The layout was cancelled: the picture is that of before. “Re-layout” makes it again.');
    const shownNow = this.#picture?.shown(this.#session);
    if (shownNow) this.#accept(await this.#layouts.plain(shownNow.graph), key);
  }

  #paint(left?: KeptState): void {
    if (!this.#picture || !this.#scene || !this.#diagram) return;
    const current = this.#layoutKey === this.#wantedKey;
    const view = this.#picture.on(this.#scene, this.#session, current, this.#pins);
    this.#view = view;
    this.#page.paint(view, left);
    if (current) this.#goWhereWanted(view);
    const { dataset } = document.documentElement;
    dataset['layouts'] = String(this.#layoutCount);
    // While a newer graph is laid out, the picture is still that of an older version.
    if (current) dataset['version'] = String(this.#diagram.version);
    dataset['stale'] = String(this.#diagram.stale);
    this.#keepSoon();
  }

  #goWhereWanted(view: View): void {
    const then = this.#then;
    this.#then = undefined;
    if (then?.focusOn) this.#page.canvas.focusOn(then.focusOn.map((id) => shown(view, id)));
    if (then?.show !== undefined) this.#page.canvas.show(then.show);
    if (then?.back) this.#page.canvas.camera.back();
  }

  /** By the host: shown without a change of focus, and not echoed. */
  #selectQuietly(id: string | undefined): void {
    const view = this.#view;
    if (!view || id === view.session.selection) return;
    if (id !== undefined && view.names.sortOf(id) === undefined) {
      this.#awaited = id;
      return;
    }
    const change = reduce(view, { do: 'select', id });
    if (change) this.#apply({ ...change, say: '' });
  }

  #badge(id: string): void {
    const view = this.#view;
    if (!view) return;
    const finding = findingsOf(view.marks.findings, id)[0];
    this.dispatch({ do: 'select', id });
    if (finding) this.dispatch({ do: 'showFinding', key: finding.key });
  }

  #menu(id: string | undefined, at: { readonly x: number; readonly y: number }): void {
    const view = this.#view;
    if (!view) return;
    if (id === undefined) return this.#page.toolbar.showMore(at);
    const connectFrom = (from: string): void => {
      this.#page.canvas.connectFrom(from);
      this.#tell('Where does the flow lead? Walk there and press Enter; Escape gives up.');
    };
    showThingMenu(view, id, { dispatch: (action) => this.dispatch(action), connectFrom, pinned: this.#pins.has(id) }, at);
  }

  #retitle(id: string): void {
    const names = this.#view?.names;
    const own = this.#own(id);
    const value = names?.nodes.get(own)?.title ?? names?.boundaries.get(own)?.title ?? names?.flows.get(own)?.[0]?.label;
    if (value === undefined) return;
    const answer = (title: string): void => this.dispatch({ do: 'edit', edit: { do: 'retitle', id: own, title } });
    ask({ label: 'New title', value, ...this.#page.canvas.placeOf(id), answer });
  }

  /** The model's id of what is drawn: a summary stands for its first flow. */
  #own(id: string): string {
    const view = this.#view;
    if (!view || view.names.sortOf(id) !== undefined) return id;
    return [...view.shownAs].find(([, as]) => as === id)?.[0] ?? id;
  }

  #pin(action: Extract<Action, { do: 'pin' | 'nudge' }>): void {
    const { id } = action;
    const box = this.#view?.scene.nodes.find(({ node }) => node.id === id);
    if (!this.#view || !box) return;
    const at = action.do === 'pin' ? action.at : { x: box.x + action.by.x, y: box.y + action.by.y };
    const pin = pinAt(this.#view.scene, id, at);
    if (pin) this.#setPins(new Map([...this.#pins, [id, pin]]));
  }

  /** By hand: kept beside the model, without those that fit nothing any more. */
  #setPins(pins: Pins): void {
    if (pins.size === 0 && this.#pins.size === 0) return;
    const gone = new Set(this.#picture?.partial ? [] : driftedPins(this.#picture?.graph.nodes ?? [], pins));
    this.#pins = new Map([...pins].filter(([id]) => !gone.has(id)));
    this.#host.send({ type: 'pins', pins: Object.fromEntries(this.#pins) });
    this.#paint();
  }

  /** From the file that keeps them. */
  #takePins(value: unknown): void {
    const pins = parsePins(value);
    if (!pins || JSON.stringify([...pins]) === JSON.stringify([...this.#pins])) return;
    this.#pins = pins;
    this.#paint();
    const drifted = this.#picture && !this.#picture.partial ? driftedPins(this.#picture.graph.nodes, pins).length : 0;
    if (drifted > 0)
      this.#page.notices.say(`${plural(drifted, 'saved position')} no longer fit the model: the next drag or “Re-layout” removes them.`);
  }

  /** The host has said what is to be known for an export that was asked for. */
  async #export({ wish, made, fonts }: Extract<ToWebview, { type: 'made' }>): Promise<void> {
    const view = this.#view;
    const asked = parseWish(wish);
    if (!view || !asked) return;
    const { format, copy, scale } = asked;
    try {
      const exported = await exportedOf(view, asked, made, (graph) => this.#layouts.apart(graph));
      if ('error' in exported) return this.#tell(exported.error);
      const text = textOf(exported, format);
      if (format !== 'png') return this.#host.send(copy ? { type: 'copy', text } : { type: 'save', format, content: text });
      const image = await paintPng(text, scale, fonts);
      if (!copy) return this.#host.send({ type: 'save', format, content: await base64Of(image) });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
      this.#tell('Copied to the clipboard.');
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  #tell(text: string): void {
    this.#page.notices.say(text);
    this.#announcer.say(text);
  }

  #copyDiagnostics(): void {
    const { camera } = this.#page.canvas;
    this.#host.send({
      type: 'copy',
      text: diagnosticsOf({ view: this.#view, diagram: this.#diagram, layouts: this.#layoutCount, viewport: camera.viewport }),
    });
  }

  #keepSoon(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    const view = this.#view;
    if (!view || !this.#diagram || !this.#picture || this.#layoutKey !== this.#wantedKey) return;
    const { uri, version, stale, picture } = this.#diagram;
    const whole = view.graph.nodes.length <= KEPT_WHOLE && !this.#picture.partial;
    const { viewport, fitted } = this.#page.canvas.camera;
    const state: KeptState = {
      ...{ v: 2, uri, picture: whole ? picture : undefined, layoutKey: this.#layoutKey, version, stale, scene: this.#scene! },
      ...{ graph: whole ? view.graph : this.#picture.shown(this.#session).graph, marks: whole ? view.allMarks : view.marks },
      ...{ session: this.#session, pins: Object.fromEntries(this.#pins), viewport, fitted },
    };
    this.#host.keep(state);
  }
}
