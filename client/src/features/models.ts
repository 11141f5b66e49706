import { commands, type Disposable, EventEmitter } from 'vscode';
import type { ModelCounts } from '../../../server/src/protocol/findings.ts';
import type { LanguageServer } from './languageServer/languageServer.ts';

/** How many open findings the models have that the server knows: for badge, status and menus. */
export class Models implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onChanged = this.#changed.event;
  readonly #listener: Disposable;
  #all: readonly ModelCounts[] = [];

  constructor(server: LanguageServer) {
    this.#listener = server.onModelsChanged(({ models }) => {
      this.#all = models;
      void commands.executeCommand('setContext', 'threatwright.hasModels', models.length > 0);
      this.#changed.fire();
    });
  }

  get all(): readonly ModelCounts[] {
    return this.#all;
  }

  get total(): ModelCounts['counts'] {
    const total = { critical: 0, high: 0, medium: 0, low: 0 };
    for (const { counts } of this.#all) {
      total.critical += counts.critical;
      total.high += counts.high;
      total.medium += counts.medium;
      total.low += counts.low;
    }
    return total;
  }

  of(uri: string): ModelCounts | undefined {
    return this.#all.find((model) => model.uri === uri);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
