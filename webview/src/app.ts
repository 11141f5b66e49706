import type { DiagramResult, ToWebview } from '../../server/src/protocol/messages.ts';
import { parseAction, type Action } from './actions.ts';
import { Announcer } from './announce.ts';
import { Current } from './current.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { Pinning } from './edit/pinning.ts';
import { deliver } from './export/deliver.ts';
import { Host } from './host.ts';
import { Keeping, keptState } from './keeping.ts';
import { listenToKeys } from './keys.ts';
import { Scenes } from './layout/scenes.ts';
import { el } from './lib/dom.ts';
import { Page } from './page.ts';
import { ownId, perform, showMenuOf, type Means } from './perform.ts';
import { reduce, type Change } from './reduce.ts';
import { withRenamed } from './session.ts';
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

  readonly #current = new Current();
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
      ...{ view: this.#view, picture: this.#current.picture, version: this.#current.diagram?.version },
      dispatch: (action) => this.dispatch(action),
      refresh: () => this.#refresh(),
      renaming: (renamed) => {
        this.#current.session = withRenamed(this.#current.session, renamed);
        // What is chosen next is chosen from the view: it must know of this too.
        this.#look();
      },
      copyDiagnostics: () => this.#copyDiagnostics(),
    };
  }

  #restore(kept: KeptState): void {
    const { layoutKey, stale, scene } = kept;
    this.#current.restore(kept);
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
        return this.#pinning.take(message.pins, this.#current.picture);
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
    const taken = this.#current.take(sent);
    // The host believes that we have what we have not: ask for all of it.
    if (!taken) return this.#host.send({ type: 'ready' });
    const { picture, followed, lostFinding } = taken;
    for (const { id, to } of followed) this.#pinning.rename(picture, id, to);
    if (lostFinding) this.#announcer.say('The finding that was shown is gone.');
    this.#page.notices.setStale(sent.stale);
    this.#refresh();
    this.#chooseAwaited();
    const awaited = this.#awaited;
    if (awaited === undefined || picture.names.sortOf(awaited) === undefined) return;
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
    const { finding } = this.#current.session;
    this.#current.session = change.session;
    this.#then = change;
    this.#refresh();
    if (change.say !== undefined) this.#announcer.say(change.say);
    else if (finding === this.#current.session.finding) {
      const { findings, allMarks } = this.#view ?? { findings: [], allMarks: { findings: [] } };
      this.#announcer.say(`${findings.length} of ${plural(allMarks.findings.length, 'finding')} shown`);
    }
  }

  /** Brings the page in step with what was sent and chosen. */
  #refresh(): void {
    if (!this.#current.picture) return;
    if (this.#scenes.want(this.#current.picture.shown(this.#current.session))) return this.#paint();
    // What is chosen next is chosen from what was sent; but the marks of what is there already do not wait for a long layout.
    if (this.#look()) this.#together ??= setTimeout(() => this.#paint(), TOGETHER_MS);
  }

  /** What is to be painted now. */
  #look(): View | undefined {
    const { scene, current } = this.#scenes;
    if (!this.#current.picture || !scene) return undefined;
    return (this.#view = this.#current.picture.on(scene, this.#current.session, current, this.#pinning.pins));
  }

  #paintAndChoose(): void {
    this.#paint();
    this.#chooseAwaited();
  }

  /** The last picture stays; without one, a plain grid stands in. */
  async #cancelLayout(): Promise<void> {
    const hadPicture = this.#scenes.scene !== undefined;
    await this.#scenes.cancel(this.#current.picture?.shown(this.#current.session));
    if (hadPicture) this.#page.notices.say('The layout was cancelled: the picture is that of before. “Re-layout” makes it again.');
  }

  #paint(left?: KeptState): void {
    clearTimeout(this.#together);
    this.#together = undefined;
    const { current, settled, count } = this.#scenes;
    const view = this.#look();
    if (!view || !this.#current.diagram) return;
    this.#page.paint(view, left);
    if (current) this.#goWhereWanted(view);
    const { dataset } = document.documentElement;
    dataset['layouts'] = String(count);
    // While a newer graph is laid out, the picture is still that of an older version.
    if (current) dataset['shown'] = String(this.#current.diagram.version);
    if (settled) dataset['version'] = String(this.#current.diagram.version);
    dataset['stale'] = String(this.#current.diagram.stale);
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
    const facts = { view: this.#view, diagram: this.#current.diagram, layouts: this.#scenes.count, viewport };
    this.#host.send({ type: 'copy', text: diagnosticsOf(facts) });
  }

  /** What a reload needs to show the same again. */
  #state(): KeptState | undefined {
    const { camera } = this.#page.canvas;
    return keptState({ current: this.#current, scenes: this.#scenes, view: this.#view, camera, pins: this.#pinning.pins });
  }
}
