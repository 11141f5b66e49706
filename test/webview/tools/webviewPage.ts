import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { diagramPage } from '../../../client/src/features/diagram/page.ts';
import { parseFromWebview } from '../../../client/src/features/diagram/messages.ts';
import type { DiagramResult, FromWebview, ToWebview } from '../../../server/src/protocol/messages.ts';
import { chromiumArguments, findChromium } from '../../tools/chromium.ts';
import { bundleFakeHost, bundleWebview } from './bundle.ts';
import { THEMES, type Theme } from './themes.ts';

const NONCE = 'dGVzdA';
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

export interface OpenOptions {
  readonly theme?: Theme;
  /** What VS Code kept over a reload. */
  readonly state?: unknown;
  readonly size?: { readonly width: number; readonly height: number };
  /** False: the host says nothing of the layout worker. */
  readonly worker?: boolean;
  /** The test turns the clock. */
  readonly clock?: boolean;
  /** What the user has asked of the system. */
  readonly media?: { readonly forcedColors?: 'active'; readonly reducedMotion?: 'reduce' };
}

/** A browser and a server of the page as the extension makes it: the same HTML, the same policy, the same bundle. */
export class WebviewHarness {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #fakeHost: string;
  readonly origin: string;

  private constructor(browser: Browser, server: Server, fakeHost: string) {
    this.#browser = browser;
    this.#fakeHost = fakeHost;
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<WebviewHarness> {
    const [files, fakeHost, executablePath] = await Promise.all([bundleWebview(), bundleFakeHost(), findChromium()]);
    const server = createServer((request, response) => {
      const origin = `http://${request.headers.host}`;
      const name = (request.url ?? '/').slice(1);
      const file = files.get(name);
      if (name === '') {
        const page = diagramPage({ cspSource: origin, nonce: NONCE, script: `${origin}/main.js`, style: `${origin}/main.css` });
        response.setHeader('content-type', 'text/html').end(page);
      } else if (file) {
        response.setHeader('content-type', TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream').end(file);
      } else {
        response.writeHead(name === 'favicon.ico' ? 204 : 404).end();
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebviewHarness(await chromium.launch({ executablePath, args: chromiumArguments }), server, fakeHost);
  }

  /** Opens the page in a theme. The other side of the channel is the test. */
  async open({
    theme = THEMES.light,
    state,
    size = { width: 1200, height: 760 },
    worker = true,
    clock = false,
    media = {},
  }: OpenOptions = {}): Promise<DiagramPage> {
    const context = await this.#browser.newContext({ viewport: size, ...media });
    const page = await context.newPage();
    const diagram = new DiagramPage(page, this.origin, worker);
    await diagram.prepare(this.#fakeHost, theme, state);
    if (clock) await page.clock.install();
    await page.goto(this.origin);
    diagram.greeting = await diagram.sent('ready');
    return diagram;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

/** Sends a message to a page, and waits until the page has taken it: a key that is pressed next would overtake it. */
export function postTo(page: Page, message: unknown): Promise<void> {
  return page.evaluate(
    (data) =>
      new Promise<void>((resolve) => {
        window.addEventListener('message', () => resolve(), { once: true });
        window.postMessage(data, '*');
      }),
    message,
  );
}

/** One open page, with all that went wrong in it and all that it said. */
export class DiagramPage {
  readonly page: Page;
  /** Errors of the console, violations of the policy, requests to elsewhere: must stay empty. */
  readonly faults: string[] = [];
  readonly messages: FromWebview[] = [];
  /** The first thing that it said. */
  greeting: Extract<FromWebview, { type: 'ready' }> = { v: 1, type: 'ready' };
  readonly #origin: string;
  readonly #worker: boolean;
  #state: unknown;
  #listeners: (() => void)[] = [];

  constructor(page: Page, origin: string, worker: boolean) {
    this.page = page;
    this.#origin = origin;
    this.#worker = worker;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('dialog', (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith(`blob:${origin}/`))
        this.faults.push(`request to ${request.url()}`);
    });
  }

  async prepare(fakeHost: string, theme: Theme, state: unknown): Promise<void> {
    await this.page.exposeFunction('toHost', (message: unknown) => this.#receive(message));
    await this.page.exposeFunction('keepState', (kept: string) => {
      this.#state = JSON.parse(kept);
      this.#wake();
    });
    await this.page.addInitScript({ content: `const hostSettings = ${JSON.stringify({ theme, state })};\n${fakeHost}` });
  }

  /** What the page has asked VS Code to keep, once it fulfils a condition. */
  async kept(condition: (state: Readonly<Record<string, unknown>>) => boolean = () => true): Promise<unknown> {
    await this.#until(() => this.#state !== undefined && condition(this.#state as Readonly<Record<string, unknown>>));
    return this.#state;
  }

  /** The next message of a type that was not asked for yet. */
  async sent<T extends FromWebview['type']>(type: T): Promise<Extract<FromWebview, { type: T }>> {
    await this.#until(() => this.messages.some((message) => message.type === type));
    const at = this.messages.findIndex((message) => message.type === type);
    return this.messages.splice(at, 1)[0] as Extract<FromWebview, { type: T }>;
  }

  post(message: ToWebview): Promise<void> {
    return postTo(this.page, message);
  }

  /** Sends a diagram and waits until it is painted. */
  async show(diagram: DiagramResult): Promise<void> {
    if (this.#worker) await this.startWorker();
    await this.post({ v: 1, type: 'diagram', diagram });
    await this.page.locator(`html[data-version="${diagram.version}"]`).waitFor({ state: 'attached' });
  }

  /** Says where the layout engine is, as the host does with its first message. */
  startWorker(): Promise<void> {
    return this.post({ v: 1, type: 'layoutWorker', uri: `${this.#origin}/elk-worker.min.js` });
  }

  async layouts(): Promise<number> {
    return Number(await this.page.locator('html').getAttribute('data-layouts'));
  }

  thing(id: string): ReturnType<Page['locator']> {
    return this.page.locator(`.canvas [data-id="${id}"]:not([aria-hidden])`).first();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  #receive(value: unknown): void {
    const message = parseFromWebview(value);
    if (!message) this.faults.push(`the host refuses ${JSON.stringify(value)}`);
    else if (message.type === 'log' && message.level !== 'info') this.faults.push(`log: ${message.message}`);
    else this.messages.push(message);
    this.#wake();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  #wake(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
