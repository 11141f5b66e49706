import { EventEmitter } from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { updateModels, type Model } from './rows.ts';

/** The findings of all models as they were when the server was last asked; one request at a time. */
export class FindingsStore {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<void>();
  readonly onChanged = this.#changed.event;
  #models: readonly Model[] = [];
  #stale = true;
  #refreshing: Promise<void> | undefined;

  constructor(server: LanguageServer) {
    this.#server = server;
  }

  get models(): readonly Model[] {
    return this.#models;
  }

  /** What we have may be out of date. */
  invalidate(): void {
    this.#stale = true;
  }

  /** Another server counts versions in another way: nothing that we have is worth anything. */
  forget(): void {
    this.#models = [];
    this.#stale = true;
  }

  /** Brings what we have up to date. Never rejects: a failure is logged, and what we have stays. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #refresh(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        const have = Object.fromEntries(this.#models.map(({ uri, revision }) => [uri, revision]));
        this.#models = updateModels(this.#models, await this.#server.findings({ have }));
        this.#changed.fire();
      } catch (error) {
        this.#server.log.warn(`Findings for the list: ${String(error)}`);
      }
    }
  }
}
