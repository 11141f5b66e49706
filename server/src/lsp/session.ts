import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import type { Snapshot } from '../language/snapshot.ts';
import type { EvidenceProblem } from '../posture/index.ts';
import type { Documents, Knowledge } from './documents.ts';
import type { BugLog } from './safe.ts';
import type { Settings } from './settings.ts';
import type { UsedModels } from './workspace/used.ts';

/** What the features of the server share. What is a function may change while the client is connected. */
export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly log: BugLog;
  client(): ClientCapabilities;
  settings(): Settings;
  /** Until then the settings are not yet those of the author. */
  readonly settingsKnown: Promise<void>;
  knowledge(): Knowledge;
  /** The client shows the pages of the catalogue. */
  pages(): boolean;
  /** What an assessment has to say of a model. */
  evidence(snapshot: Snapshot): readonly EvidenceProblem[];
  /** The files that models use. */
  readonly used: UsedModels;
}
