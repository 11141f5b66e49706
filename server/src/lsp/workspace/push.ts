import type { Diagnostics } from '../diagnosticsFeature.ts';
import { pause } from '../pause.ts';
import type { Session } from '../session.ts';
import type { WorkspaceModels } from './models.ts';
import { keyOf } from './uris.ts';

/** Tells a client that does not ask about models that it does not have open, if the settings want them checked. */
export class StoredDiagnostics {
  private readonly session: Session;
  private readonly models: WorkspaceModels;
  private readonly diagnostics: Diagnostics;
  /** By key: files that the client was told of. */
  private readonly told = new Map<string, string>();
  private round = 0;

  constructor(session: Session, models: WorkspaceModels, diagnostics: Diagnostics) {
    this.session = session;
    this.models = models;
    this.diagnostics = diagnostics;
  }

  /** Tells of all of them, one by one; a later call ends this one. */
  async tellAll(): Promise<void> {
    const round = ++this.round;
    await this.session.settingsKnown;
    if (round !== this.round) return;
    if (!this.wanted) {
      for (const uri of [...this.told.values()]) this.takeBack(uri);
      return;
    }
    const uris = await this.models.uris();
    for (const uri of [...this.told.values()]) if (!this.models.has(uri)) this.takeBack(uri);
    for (const uri of uris) {
      await pause();
      if (round !== this.round) return;
      await this.tell(uri);
    }
  }

  /** Tells of one that has changed or is gone. */
  async tell(uri: string): Promise<void> {
    try {
      const document = this.wanted && !this.isOpen(uri) ? await this.models.load(uri) : undefined;
      if (document) await this.session.used.ready(document);
      // The client is told of what it has open as soon as it opens it.
      if (this.isOpen(uri)) return;
      const items = document ? this.diagnostics.items(document) : [];
      if (items.length === 0) {
        this.takeBack(uri);
        return;
      }
      this.told.set(keyOf(uri), uri);
      this.diagnostics.publishStored(uri, items);
    } catch (error) {
      this.session.log.report('diagnostics of the workspace', error);
    }
  }

  /** What the client was told of a document that it has closed is taken back when the file is told of next. */
  closed(uri: string): void {
    this.told.set(keyOf(uri), uri);
  }

  private takeBack(uri: string): void {
    if (this.told.delete(keyOf(uri)) && !this.isOpen(uri)) this.diagnostics.publishStored(uri);
  }

  private isOpen(uri: string): boolean {
    return this.session.documents.get(uri) !== undefined;
  }

  private get wanted(): boolean {
    return this.session.settings().checkScope === 'workspace';
  }
}
