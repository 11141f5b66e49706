import { CodeLensRefreshRequest, type ClientCapabilities, type Connection } from 'vscode-languageserver';
import { unawaited, type BugLog } from './safe.ts';

/** Long enough that somebody who types in a file has what uses it checked once, and not at every stroke. */
const CALM_MS = 150;

/** What is done again when rules or settings are others: every answer that was given may be wrong now. */
export class Refresh {
  private readonly connection: Connection;
  private readonly log: BugLog;
  private readonly client: () => ClientCapabilities;
  private readonly parts: (() => void)[] = [];
  private pending: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, log: BugLog, client: () => ClientCapabilities) {
    this.connection = connection;
    this.log = log;
    this.client = client;
  }

  /** Adds something to do. Parts are done in the order in which they were added. */
  add(part: () => void): void {
    this.parts.push(part);
  }

  /** Has the client ask for diagnostics again, once it is calm. */
  diagnostics(): void {
    if (!this.client().workspace?.diagnostics?.refreshSupport) return;
    clearTimeout(this.pending);
    this.pending = setTimeout(() => unawaited(this.log, 'refresh', this.connection.languages.diagnostics.refresh()), CALM_MS);
  }

  /** Does all of it, and has the client ask again for whatever it can. */
  all(): void {
    for (const part of this.parts) part();
    const { languages } = this.connection;
    const { workspace } = this.client();
    const again = [
      workspace?.diagnostics?.refreshSupport && languages.diagnostics.refresh(),
      workspace?.semanticTokens?.refreshSupport && languages.semanticTokens.refresh(),
      workspace?.inlayHint?.refreshSupport && languages.inlayHint.refresh(),
      workspace?.codeLens?.refreshSupport && this.connection.sendRequest(CodeLensRefreshRequest.type),
    ];
    for (const asked of again) if (asked) unawaited(this.log, 'refresh', asked);
  }
}
