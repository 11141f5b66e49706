import { DidChangeConfigurationNotification, type ClientCapabilities, type Connection } from 'vscode-languageserver';
import type { BugLog } from './safe.ts';

/** What an author has chosen in the editor; names and meanings are those of `contributes.configuration` in package.json. */
export interface Settings {
  /** `threatwright.problems.expand`: the medium and low findings of one subject each as a problem of its own. */
  readonly expandProblems: boolean;
  /** `threatwright.check.scope`: which models are checked. */
  readonly checkScope: 'workspace' | 'openFiles';
  /** `threatwright.codeLens.enabled`: lines above boundaries, elements and flows. */
  readonly codeLens: boolean;
  /** `threatwright.inlayHints`: what is shown in the lines of flows. */
  readonly inlayHints: 'off' | 'kinds' | 'all';
  /** `threatwright.assessment.report`: path below a folder of the workspace; empty for none. */
  readonly assessmentReport: string;
}

const DEFAULTS: Settings = { expandProblems: false, checkScope: 'workspace', codeLens: true, inlayHints: 'kinds', assessmentReport: '' };

/** Asks the client for the settings, now and after each change. Until it answers, and where it cannot, the defaults hold. */
export class SettingsOfClient {
  private readonly connection: Connection;
  private readonly log: BugLog;
  private readonly changed: () => void;
  private settings = DEFAULTS;
  private answer: () => void = () => undefined;
  /** When the client has said its settings for the first time, or will not. */
  readonly known = new Promise<void>((resolve) => (this.answer = resolve));

  /** `changed` is called when the settings have become others. */
  constructor(connection: Connection, log: BugLog, changed: () => void) {
    this.connection = connection;
    this.log = log;
    this.changed = changed;
  }

  get current(): Settings {
    return this.settings;
  }

  /** To be called once the client is initialized. */
  follow({ workspace }: ClientCapabilities): void {
    if (!workspace?.configuration) {
      this.answer();
      return;
    }
    this.connection.onDidChangeConfiguration(() => void this.ask());
    if (workspace.didChangeConfiguration?.dynamicRegistration) {
      void this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'threatwright' });
    }
    void this.ask();
  }

  private async ask(): Promise<void> {
    try {
      const settings = readSettings(await this.connection.workspace.getConfiguration('threatwright'));
      if (JSON.stringify(settings) === JSON.stringify(this.settings)) return;
      this.settings = settings;
      this.changed();
    } catch (error) {
      this.log.report('settings', error);
    } finally {
      this.answer();
    }
  }
}

/** Reads settings that come from outside and may be anything: what makes no sense is as if it was not said. */
export function readSettings(given: unknown): Settings {
  const expand = at(given, 'problems', 'expand');
  const scope = at(given, 'check', 'scope');
  const codeLens = at(given, 'codeLens', 'enabled');
  const hints = at(given, 'inlayHints');
  const assessment = at(given, 'assessment', 'report');
  return {
    expandProblems: typeof expand === 'boolean' ? expand : DEFAULTS.expandProblems,
    checkScope: scope === 'workspace' || scope === 'openFiles' ? scope : DEFAULTS.checkScope,
    codeLens: typeof codeLens === 'boolean' ? codeLens : DEFAULTS.codeLens,
    inlayHints: hints === 'off' || hints === 'kinds' || hints === 'all' ? hints : DEFAULTS.inlayHints,
    assessmentReport: typeof assessment === 'string' ? assessment.trim() : DEFAULTS.assessmentReport,
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}
