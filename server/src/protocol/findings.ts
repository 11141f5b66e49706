import type { FindingState } from '../analysis/finding.ts';
import type { Severity } from '../catalogue/rule.ts';
import type { LocateResult } from './messages.ts';

/** The messages about the findings of all models: what the *Threats* view and the status show. */

/** Request, client → server: all findings of all models that the server knows, whatever their state. */
export const FINDINGS_REQUEST = 'threatwright/findings';
export interface FindingsParams {
  /** By URI: the `revision` that the caller has; the findings of such a model are left out of the answer. */
  readonly have?: Readonly<Record<string, string>>;
}
export interface FindingsResult {
  readonly models: readonly ModelFindings[];
}
export interface ModelFindings {
  readonly uri: string;
  /** Changes whenever the findings may have. The rest is left out when the caller has this revision. */
  readonly revision: string;
  /** The title of the model, or an empty text. */
  readonly title?: string;
  /** In source order. */
  readonly findings?: readonly ListedFinding[];
  /** By id: the rules that the findings name. */
  readonly rules?: Readonly<Record<string, ListedRule>>;
}
export interface ListedFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly state: FindingState;
  /** Id of an element, flow or boundary, or `$model`. */
  readonly subject: string;
  readonly subjectTitle: string;
  readonly message: string;
  readonly range: LocateResult['range'];
}
export interface ListedRule {
  readonly title: string;
  readonly category: string;
  readonly principles: readonly string[];
  /** Titles of the pillar and swim lane of the control that the rule asks for first; empty when it asks for none. */
  readonly pillar: string;
  readonly swimLane: string;
  /** Whether it has a page. */
  readonly page: boolean;
}

/** Notification, server → client, a moment after the last change: how many open findings each model has. */
export const MODELS_CHANGED = 'threatwright/modelsChanged';
export interface ModelsChangedParams {
  readonly models: readonly ModelCounts[];
}
export interface ModelCounts {
  readonly uri: string;
  readonly title: string;
  readonly counts: Readonly<Record<Severity, number>>;
}
