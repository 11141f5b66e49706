import type {
  CancellationToken,
  ResultProgressReporter,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Snapshot } from '../../language/snapshot.ts';
import type { Diagnostics } from '../diagnosticsFeature.ts';
import { pause } from '../pause.ts';
import type { Refresh } from '../refresh.ts';
import { safely } from '../safe.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings.ts';
import type { WorkspaceModels } from './models.ts';
import { Progress } from './progress.ts';
import { keyOf } from './uris.ts';
import { canWatch } from './watch.ts';

/** So many reports are sent at once while the others are still being made. */
const BATCH = 25;

/** What the report of a model depends on. While it is the same, so is the report. */
interface Basis {
  /** Of an open document, its snapshot; of a stored file, its stamp. */
  readonly version: Snapshot | number | undefined;
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly settings: Settings;
}

interface Given {
  readonly id: string;
  readonly basis: Basis;
}

/**
 * Answers `workspace/diagnostic`: the reports of all models of the workspace, those of open documents as they are in the
 * editor. What has not changed since the client last heard of it costs nothing, and everything else lets other requests
 * be answered between two models.
 */
export function answerWorkspaceDiagnostics(session: Session, models: WorkspaceModels, diagnostics: Diagnostics, refresh: Refresh): void {
  /** The author does not want to wait for what has never been checked. */
  let stopped = false;
  refresh.add(() => (stopped = false));
  const given = new Map<string, Given>();
  const { connection, log } = session;
  const nothing: WorkspaceDiagnosticReport = { items: [] };
  connection.languages.diagnostics.onWorkspace((params, token, work, partial) =>
    safely(log, 'workspace diagnostics', nothing, async (asked: WorkspaceDiagnosticParams) => {
      await session.settingsKnown;
      if (session.settings().checkScope === 'openFiles') return { items: takenBack(asked, new Set()) };
      // Nobody tells of changes.
      if (!canWatch(session)) models.reset();
      const out = new Batches(partial);
      const uris = await models.uris();
      const keys = new Set(uris.map(keyOf));
      out.add(...takenBack(asked, keys));
      const progress = new Progress(connection, work, uris.length);
      try {
        await reportAll(uris, asked, out, progress, token);
      } finally {
        progress.done();
      }
      return { items: out.rest() };
    })(params, token),
  );

  async function reportAll(
    uris: readonly string[],
    { previousResultIds }: WorkspaceDiagnosticParams,
    out: Batches,
    progress: Progress,
    token: CancellationToken,
  ): Promise<void> {
    const had = new Map(previousResultIds.map(({ uri, value }) => [keyOf(uri), value]));
    for (const [index, uri] of uris.entries()) {
      const key = keyOf(uri);
      const before = had.get(key);
      const last = given.get(key);
      const open = session.documents.get(uri);
      if (before !== undefined && last?.id === before && isSame(last.basis, basisOf(session, models, uri))) {
        out.add({ kind: 'unchanged', uri: open?.uri ?? uri, version: open?.version ?? null, resultId: before });
        continue;
      }
      if (stopped && !last && !open) continue;
      await pause();
      stopped ||= progress.isCancelled;
      if (token.isCancellationRequested || stopped) return;
      progress.step(index);
      const document = await models.load(uri);
      if (!document) {
        if (before !== undefined) out.add(empty(uri));
        continue;
      }
      await session.used.ready(document);
      const { id, items } = diagnostics.report(document);
      given.set(key, { id, basis: basisOf(session, models, uri) });
      const version = session.documents.get(uri)?.version ?? null;
      if (id === before) out.add({ kind: 'unchanged', uri: document.uri, version, resultId: id });
      else out.add({ kind: 'full', uri: document.uri, version, resultId: id, items });
    }
  }
}

function basisOf(session: Session, models: WorkspaceModels, uri: string): Basis {
  const knowledge = session.knowledge();
  return {
    version: session.documents.get(uri)?.snapshot ?? models.stampOf(uri),
    catalogue: knowledge.catalogueOf(uri),
    today: knowledge.today(),
    settings: session.settings(),
  };
}

function isSame(a: Basis, b: Basis): boolean {
  return a.version === b.version && a.catalogue === b.catalogue && a.today === b.today && a.settings === b.settings;
}

/** Empty reports of what the client was told of and what is not checked any more. */
function takenBack({ previousResultIds }: WorkspaceDiagnosticParams, checked: ReadonlySet<string>): WorkspaceDocumentDiagnosticReport[] {
  return previousResultIds.filter(({ uri }) => !checked.has(keyOf(uri))).map(({ uri }) => empty(uri));
}

function empty(uri: string): WorkspaceDocumentDiagnosticReport {
  return { kind: 'full', uri, version: null, items: [] };
}

/** Sends reports in batches where the client takes them so; the rest is the answer. */
class Batches {
  private items: WorkspaceDocumentDiagnosticReport[] = [];
  private readonly partial: ResultProgressReporter<WorkspaceDiagnosticReport> | undefined;

  constructor(partial: ResultProgressReporter<WorkspaceDiagnosticReport> | undefined) {
    this.partial = partial;
  }

  add(...items: readonly WorkspaceDocumentDiagnosticReport[]): void {
    this.items.push(...items);
    if (this.partial && this.items.length >= BATCH) this.partial.report({ items: this.rest() });
  }

  rest(): WorkspaceDocumentDiagnosticReport[] {
    const { items } = this;
    this.items = [];
    return items;
  }
}
