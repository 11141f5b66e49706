import { redress, structureKey, type DiagramFinding, type DiagramGraph, type Scene } from '../../server/src/diagram/index.ts';
import type { DiagramResult, ToWebview } from '../../server/src/protocol/messages.ts';
import type { Severity } from '../../server/src/catalogue/rule.ts';
import { Announcer } from './announce.ts';
import { Canvas } from './canvas/canvas.ts';
import { FindingCard } from './findings/card.ts';
import { FindingList } from './findings/list.ts';
import { Host } from './host.ts';
import { Inspector } from './inspector/inspector.ts';
import { listenToKeys } from './keys.ts';
import { LayoutWorker } from './layoutWorker.ts';
import { el, setShown } from './lib/dom.ts';
import { Notices } from './notices.ts';
import { parseKept, type KeptState } from './state.ts';
import { Toolbar } from './toolbar.ts';
import { findingsOf, titleOf, withoutHidden, words, type View } from './view.ts';

/** A state that changes quickly is kept once it rests. */
const KEEP_AFTER_MS = 150;

/** The page: takes what the host says, holds what the user does, and has each part paint its share. */
export class App {
  readonly #host = new Host();
  readonly #layouts = new LayoutWorker();
  readonly #announcer = new Announcer(el('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' }));
  readonly #notices = new Notices(() => this.#host.send({ type: 'ready' }));
  readonly #canvas = new Canvas({
    pick: (id, badge) => this.#pick(id, badge),
    pickNothing: () => this.#clear(),
    moved: () => this.#moved(),
  });
  readonly #toolbar = new Toolbar({
    zoom: (factor) => this.#zoom(factor),
    actualSize: () => this.#canvas.camera.zoomTo(1),
    fit: () => this.#canvas.camera.fit(),
    toggleSide: () => this.#showSide(!this.#sideShown),
  });
  readonly #list = new FindingList({
    choose: (finding) => this.#choose(finding),
    hide: (severity, hidden) => this.#hide(severity, hidden),
  });
  readonly #inspector = new Inspector({ reveal: (id) => this.#reveal(id), choose: (finding) => this.#choose(finding) });
  readonly #card = new FindingCard({
    reveal: (id) => this.#reveal(id),
    openRule: (id) => this.#host.send({ type: 'rule', id }),
    close: () => this.#clear(),
  });
  readonly #side = el('aside', { class: 'side', 'aria-label': 'Findings and selection' }, this.#inspector.element, this.#list.element);
  readonly #root: HTMLElement;

  /** The last that the host sent, and `picture` of the graph that it is about. */
  #diagram: DiagramResult | undefined;
  #picture: string | undefined;
  /** The finding that the host wants to be chosen. */
  #wanted: string | undefined;
  /** What is painted. `scenePicture` and `layoutKey` belong to its scene. */
  #view: View | undefined;
  #scenePicture = '';
  #layoutKey = '';
  #sideShown = true;
  #layoutCount = 0;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  start(): void {
    const stage = el('main', { class: 'stage' }, this.#notices.banner, this.#canvas.element, this.#notices.middle, this.#card.element);
    this.#root.replaceChildren(this.#toolbar.element, el('div', { class: 'columns' }, stage, this.#side), this.#announcer.element);
    listenToKeys({
      zoom: (factor) => this.#zoom(factor),
      actualSize: () => this.#canvas.camera.zoomTo(1),
      fit: () => this.#canvas.camera.fit(),
      clear: () => this.#clear(),
      step: (by) => this.#stepFinding(by),
    });
    window.addEventListener('pagehide', () => this.#keep());
    const kept = parseKept(this.#host.kept);
    if (kept) this.#restore(kept);
    else
      this.#notices.waiting('Reading the model …', 'The language server has not answered. Its log says why: run “Threatwright: Show Log”.');
    this.#showSide(this.#sideShown);
    this.#host.listen((message) => this.#receive(message));
    this.#host.send({ type: 'ready', have: kept?.picture });
  }

  #restore(kept: KeptState): void {
    this.#picture = kept.picture;
    this.#scenePicture = kept.picture;
    this.#layoutKey = kept.layoutKey;
    this.#sideShown = kept.sideShown;
    const { uri, picture, version, stale, marks, scene } = kept;
    this.#diagram = { uri, picture, version, stale, marks, graph: undefined };
    this.#notices.setStale(stale);
    const finding = marks.findings.find(({ key }) => key === kept.finding);
    this.#paint(viewOf(scene, marks, new Set(kept.hidden), kept.selection, finding), kept);
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'layoutWorker':
        this.#layouts.load(message.uri);
        // Without a picture, a layout is what comes next.
        return this.#view ? undefined : this.#layouts.warm();
      case 'diagram':
        return this.#update(message.diagram);
      case 'select':
        return this.#select(message.id);
      case 'showFinding':
        this.#wanted = message.key;
        return this.#chooseWanted();
      case 'error':
        return this.#notices.setError(message.message, this.#view !== undefined);
    }
  }

  /** Only a graph that differs in what a layout depends on is laid out; all else is painted at once. */
  #update(diagram: DiagramResult): void {
    const { graph, picture } = diagram;
    if (!graph && picture !== this.#picture) {
      // The host believes that we have a graph that we have not: ask for all of it.
      return this.#host.send({ type: 'ready' });
    }
    this.#diagram = diagram;
    this.#picture = picture;
    this.#notices.setStale(diagram.stale);
    if (!graph) return this.#repaint(this.#view?.scene);
    const key = structureKey(graph);
    if (this.#view && key === this.#layoutKey) {
      // A text that was put back as it was: what is being laid out is out of date.
      this.#layouts.drop();
      this.#scenePicture = picture;
      return this.#repaint(redress(this.#view.scene, graph));
    }
    // Marks of what is there already do not wait for the layout.
    this.#repaint(this.#view?.scene);
    void this.#layOut(graph, picture, key);
  }

  async #layOut(graph: DiagramGraph, picture: string, key: string): Promise<void> {
    if (!this.#view) this.#notices.waiting('Drawing …', 'The layout takes unusually long. It goes on; a smaller model is drawn sooner.');
    const scene = await this.#layouts.layout(graph);
    if (!scene) return;
    this.#layoutCount++;
    this.#layoutKey = key;
    this.#scenePicture = picture;
    if (scene.fallback !== undefined) this.#host.log('warn', scene.fallback);
    this.#repaint(scene);
    this.#chooseWanted();
  }

  /** Chooses the finding that the host has asked for, once there is a picture to choose it in. */
  #chooseWanted(): void {
    const finding = this.#diagram?.marks.findings.find(({ key }) => key === this.#wanted);
    if (!this.#view || !finding) return;
    this.#wanted = undefined;
    this.#choose(finding);
  }

  /** Paints what the host last sent on a scene. */
  #repaint(scene: Scene | undefined): void {
    if (!scene || !this.#diagram) return;
    const { marks } = this.#diagram;
    const key = this.#view?.finding?.key;
    const finding = marks.findings.find((it) => it.key === key);
    if (key !== undefined && !finding) this.#announcer.say('The finding that was shown is gone.');
    const view = viewOf(scene, marks, this.#view?.hidden ?? new Set(), this.#view?.selection, finding);
    this.#paint(view.selection === undefined || exists(scene, view.selection) ? view : { ...view, selection: undefined });
  }

  #paint(view: View, left?: KeptState): void {
    this.#view = view;
    this.#toolbar.paint(view);
    this.#list.paint(view);
    this.#inspector.paint(view);
    this.#card.paint(view);
    if (view.scene.nodes.length + view.scene.boundaries.length === 0) this.#notices.empty();
    else this.#notices.clear();
    this.#notices.setFallback(view.scene.fallback);
    this.#canvas.paint(view, left);
    const { dataset } = document.documentElement;
    dataset['layouts'] = String(this.#layoutCount);
    // While a newer graph is laid out, the picture is still that of an older version.
    if (this.#scenePicture === this.#picture) dataset['version'] = String(this.#diagram?.version ?? '');
    dataset['stale'] = String(this.#diagram?.stale ?? false);
    this.#keepSoon();
  }

  #change(change: Partial<View>): void {
    if (this.#view) this.#paint({ ...this.#view, ...change });
  }

  #pick(id: string, badge: boolean): void {
    if (!this.#view) return;
    const finding = badge ? findingsOf(this.#view.marks, id)[0] : this.#view.finding;
    this.#change({ selection: id, finding });
    this.#announcer.say(`Selected: ${titleOf(this.#view.scene, id)}`);
    this.#reveal(id);
  }

  /** By the host: shown without a change of focus, and not echoed. */
  #select(id: string | undefined): void {
    if (!this.#view || id === this.#view.selection) return;
    const known = id !== undefined && exists(this.#view.scene, id);
    this.#change({ selection: known ? id : undefined });
    if (known) this.#canvas.show(id);
  }

  #choose(finding: DiagramFinding): void {
    if (!this.#view) return;
    const { selection, hidden, allMarks } = this.#view;
    const onIt = selection === finding.subject || finding.trail.includes(selection ?? '');
    const shown = new Set(hidden);
    shown.delete(finding.severity);
    const marks = shown.size === hidden.size ? this.#view.marks : withoutHidden(allMarks, shown);
    this.#change({ finding, selection: onIt ? selection : undefined, hidden: shown.size === hidden.size ? hidden : shown, marks });
    this.#canvas.focusOn([finding.subject, ...finding.trail]);
    const place = marks.findings.findIndex(({ key }) => key === finding.key) + 1;
    this.#announcer.say(`Finding ${place} of ${marks.findings.length}, ${words(finding.severity)}: ${finding.message}`);
  }

  #stepFinding(by: 1 | -1): void {
    const findings = this.#view?.marks.findings ?? [];
    const at = findings.findIndex(({ key }) => key === this.#view?.finding?.key);
    const next = at < 0 ? findings.at(by > 0 ? 0 : -1) : findings[(at + by + findings.length) % findings.length];
    if (next) this.#choose(next);
  }

  #hide(severity: Severity, hide: boolean): void {
    if (!this.#view) return;
    const hidden = new Set(this.#view.hidden);
    if (hide) hidden.add(severity);
    else hidden.delete(severity);
    const marks = withoutHidden(this.#view.allMarks, hidden);
    const finding = marks.findings.find(({ key }) => key === this.#view?.finding?.key);
    this.#change({ hidden, marks, finding });
    this.#announcer.say(`${marks.findings.length} of ${this.#view.allMarks.findings.length} findings are shown`);
  }

  #clear(): void {
    if (!this.#view?.finding && this.#view?.selection === undefined) return;
    this.#change({ finding: undefined, selection: undefined });
    this.#canvas.camera.back();
  }

  #reveal(id: string): void {
    this.#host.send({ type: 'reveal', id });
  }

  #zoom(factor: number): void {
    this.#canvas.camera.zoomTo(this.#canvas.camera.viewport.scale * factor);
  }

  #moved(): void {
    this.#toolbar.setScale(this.#canvas.camera.viewport.scale);
    this.#keepSoon();
  }

  #showSide(shown: boolean): void {
    this.#sideShown = shown;
    setShown(this.#side, shown);
    this.#toolbar.setSide(shown);
    this.#keepSoon();
  }

  #keepSoon(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep(): void {
    if (!this.#view || !this.#diagram) return;
    const { uri, version, stale } = this.#diagram;
    const { scene, allMarks, selection, finding, hidden } = this.#view;
    const { viewport, fitted } = this.#canvas.camera;
    const state: KeptState = {
      ...{ v: 1, uri, picture: this.#scenePicture, layoutKey: this.#layoutKey, version, stale, scene, marks: allMarks },
      ...{ viewport, fitted, selection, finding: finding?.key, hidden: [...hidden], sideShown: this.#sideShown },
    };
    this.#host.keep(state);
  }
}

function viewOf(
  scene: Scene,
  allMarks: View['allMarks'],
  hidden: ReadonlySet<Severity>,
  selection: string | undefined,
  finding: DiagramFinding | undefined,
): View {
  return { scene, allMarks, marks: withoutHidden(allMarks, hidden), hidden, selection, finding };
}

function exists(scene: Scene, id: string): boolean {
  return (
    scene.nodes.some(({ node }) => node.id === id) ||
    scene.boundaries.some(({ boundary }) => boundary.id === id) ||
    scene.edges.some(({ edge }) => edge.flow === id)
  );
}
