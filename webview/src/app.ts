import type { DiagramFacts, DiagramResult, ToWebview } from '../../server/src/protocol/messages.ts';
import { parseAction, type Action } from './actions.ts';
import { Announcer } from './announce.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { Pinning } from './edit/pinning.ts';
import { deliver } from './export/deliver.ts';
import { Host } from './host.ts';
import { Keeping, keptPicture } from './keeping.ts';
import { listenToKeys } from './keys.ts';
import { Scenes } from './layout/scenes.ts';
import { el } from './lib/dom.ts';
import { Page } from './page.ts';
import { ownId, perform, showMenuOf, type Means } from './perform.ts';
import { Picture, received } from './picture.ts';
import { reduce, type Change } from './reduce.ts';
import { followRenames, FRESH, stillThere, withCollapsed, withRenamed, type Session } from './session.ts';
import { parseKept, type KeptState } from './state.ts';
import { findingsOf, plural, shown, type View } from './view.ts';

/** New marks wait so long for the layout of the same edit, so that both are painted at once. */
const TOGETHER_MS = 80;

/** The page: takes what the host says and what the user does, and has each part paint its share. */
export class App {
  readonly #host = new Host();
  readonly #announcer = new Announcer(el('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' }));
  readonly #page: Page;
  readonly #scenes = new Scenes({
    room: () => this.#page.canvas.camera.frame,
    layingOut: (boxes) => this.#page.notices.layingOut(boxes, this.#scenes.scene !== undefined),
    changed: () => this.#paintAndChoose(),
    warn: (message) => this.#host.log('warn', message),
  });
  readonly #pinning = new Pinning({
    keep: (pins) => this.#host.send({ type: 'pins', pins: Object.fromEntries(pins) }),
    changed: () => this.#paint(),
    say: (text) => this.#page.notices.say(text),
  });
  readonly #keeping = new Keeping(this.#host, () => this.#state());

  /** The last that the host sent. */
  #diagram: DiagramFacts | undefined;
  #picture: Picture | undefined;
  #session: Session = FRESH;
  /** What is shown, or as good as. */
  #view: View | undefined;
  /** To be done when the picture of the present choice is there. */
  #then: Change | undefined;
  /** Selected as soon as it is there: what an edit has made. */
  #awaited: string | undefined;
  /** Chosen as soon as there is a picture to choose it in: what the host wants to be shown. */
  #awaitedFinding: string | undefined;
  #together: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    const dispatch = (action: Action): void => this.dispatch(action);
    this.#page = new Page(root, this.#announcer.element, {
      dispatch,
      badge: (id) => this.#badge(id),
      menu: (id, at) => showMenuOf(id, at, this.#means),
      moved: () => this.#keeping.soon(),
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
    if (perform(action, this.#means)) return;
    const change = this.#view && reduce(this.#view, action);
    if (!change) return;
    if (action.do === 'select' && action.id !== undefined) this.#host.send({ type: 'select', id: ownId(this.#view, action.id) });
    this.#apply(change);
  }

  get #means(): Means {
    return {
      ...{ host: this.#host, page: this.#page, announcer: this.#announcer, scenes: this.#scenes, pinning: this.#pinning },
      ...{ view: this.#view, picture: this.#picture, version: this.#diagram?.version },
      dispatch: (action) => this.dispatch(action),
      refresh: () => this.#refresh(),
      renaming: (renamed) => (this.#session = withRenamed(this.#session, renamed)),
      copyDiagnostics: () => this.#copyDiagnostics(),
    };
  }

  #restore(kept: KeptState): void {
    const { uri, picture, layoutKey, version, stale, scene, graph, marks, session } = kept;
    this.#diagram = { uri, picture: picture ?? '', revision: '', version, stale };
    this.#picture = new Picture(graph, marks, undefined, picture === undefined);
    this.#session = session;
    this.#pinning.restore(new Map(Object.entries(kept.pins)));
    this.#scenes.restore(scene, layoutKey);
    this.#page.notices.setStale(stale);
    this.#paint(kept);
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'layoutWorker':
        this.#scenes.worker.load(message.uri);
        // Without a picture, a layout is what comes next.
        return this.#scenes.scene ? undefined : this.#scenes.worker.warm();
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
        return this.#pinning.take(message.pins, this.#picture);
      case 'fixes':
        return this.#page.card.offer(message.key, message.fixes);
      case 'card':
        return this.#page.hover.show(message.id, message.markdown);
      case 'said':
        return this.#tell(message.text);
      case 'error':
        return this.#page.notices.setError(message.message, this.#scenes.scene !== undefined);
    }
  }

  /** Only a graph that differs in what a layout depends on is laid out; all else is painted at once. */
  #update(sent: DiagramResult): void {
    const drawing = received(sent, this.#picture, this.#diagram);
    // The host believes that we have what we have not: ask for all of it.
    if (!drawing) return this.#host.send({ type: 'ready' });
    const { graph, marks } = drawing;
    const { uri, version, picture, revision, stale } = sent;
    this.#diagram = { uri, version, picture, revision, stale };
    this.#picture = new Picture(graph, marks, this.#picture);
    this.#followRenames(this.#picture);
    const finding = this.#session.finding;
    this.#session = withCollapsed(stillThere(this.#session, graph, marks), graph);
    if (finding !== undefined && this.#session.finding === undefined) this.#announcer.say('The finding that was shown is gone.');
    this.#page.notices.setStale(stale);
    this.#refresh();
    this.#chooseAwaited();
    const awaited = this.#awaited;
    if (awaited === undefined || this.#picture.names.sortOf(awaited) === undefined) return;
    this.#awaited = undefined;
    this.#selectQuietly(awaited);
  }

  /** What has another id now is still selected, collapsed and where it was put. */
  #followRenames(picture: Picture): void {
    const { session, followed } = followRenames(this.#session, (id) => picture.names.sortOf(id) !== undefined);
    this.#session = session;
    for (const { id, to } of followed) this.#pinning.rename(picture, id, to);
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
    if (this.#scenes.want(this.#picture.shown(this.#session))) return this.#paint();
    // What is chosen next is chosen from what was sent; but the marks of what is there already do not wait for a long layout.
    if (this.#look()) this.#together ??= setTimeout(() => this.#paint(), TOGETHER_MS);
  }

  /** What is to be painted now. */
  #look(): View | undefined {
    const { scene, current } = this.#scenes;
    if (!this.#picture || !scene) return undefined;
    return (this.#view = this.#picture.on(scene, this.#session, current, this.#pinning.pins));
  }

  #paintAndChoose(): void {
    this.#paint();
    this.#chooseAwaited();
  }

  /** The last picture stays; without one, a plain grid stands in. */
  async #cancelLayout(): Promise<void> {
    const hadPicture = this.#scenes.scene !== undefined;
    await this.#scenes.cancel(this.#picture?.shown(this.#session));
    if (hadPicture) this.#page.notices.say('The layout was cancelled: the picture is that of before. “Re-layout” makes it again.');
  }

  #paint(left?: KeptState): void {
    clearTimeout(this.#together);
    this.#together = undefined;
    const { current, settled, count } = this.#scenes;
    const view = this.#look();
    if (!view || !this.#diagram) return;
    this.#page.paint(view, left);
    if (current) this.#goWhereWanted(view);
    const { dataset } = document.documentElement;
    dataset['layouts'] = String(count);
    // While a newer graph is laid out, the picture is still that of an older version.
    if (current) dataset['shown'] = String(this.#diagram.version);
    if (settled) dataset['version'] = String(this.#diagram.version);
    dataset['stale'] = String(this.#diagram.stale);
    this.#keeping.soon();
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
    // What an edit has made is not in the picture yet.
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

  async #export(facts: Extract<ToWebview, { type: 'made' }>): Promise<void> {
    const means = { layOut: this.#scenes.worker.apart.bind(this.#scenes.worker), pins: this.#pinning.pins };
    const said = this.#view && (await deliver(this.#view, facts, means, this.#host));
    if (said !== undefined) this.#tell(said);
  }

  #tell(text: string): void {
    this.#page.notices.say(text);
    this.#announcer.say(text);
  }

  #copyDiagnostics(): void {
    const { viewport } = this.#page.canvas.camera;
    const facts = { view: this.#view, diagram: this.#diagram, layouts: this.#scenes.count, viewport };
    this.#host.send({ type: 'copy', text: diagnosticsOf(facts) });
  }

  /** What a reload needs to show the same again. */
  #state(): KeptState | undefined {
    const { scene, settled, key } = this.#scenes;
    if (!this.#view || !this.#diagram || !this.#picture || !scene || !settled) return undefined;
    const { uri, version, stale } = this.#diagram;
    const { viewport, fitted } = this.#page.canvas.camera;
    return {
      ...{ v: 2, uri, version, stale, layoutKey: key, scene, session: this.#session, viewport, fitted },
      ...keptPicture(this.#picture, this.#diagram, { graph: this.#picture.shown(this.#session).graph, marks: this.#view.marks }),
      pins: Object.fromEntries(this.#pinning.pins),
    };
  }
}
