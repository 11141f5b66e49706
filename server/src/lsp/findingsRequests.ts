import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { AUTHOR_RULE, isOpen, MODEL_SUBJECT, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { controlsIn } from '../catalogue/satisfaction.ts';
import type { Snapshot } from '../language/snapshot.ts';
import {
  FINDINGS_REQUEST,
  MODELS_CHANGED,
  type FindingsParams,
  type FindingsResult,
  type ListedFinding,
  type ListedRule,
  type ModelCounts,
  type ModelFindings,
  type ModelsChangedParams,
} from '../protocol/findings.ts';
import { rangeOf } from './convert.ts';
import { safely, type BugLog } from './safe.ts';

/** A model that the server knows, open or not. */
export interface KnownModel {
  readonly uri: string;
  readonly text: TextDocument;
  readonly snapshot: Snapshot;
}

const LONGEST = 500;
/** Long enough that somebody who types pays for no counting. */
const CALM_MS = 150;

/** Lists the findings of all models, and tells how many there are when that may have changed. */
export class FindingsRequests {
  private readonly connection: Connection;
  private readonly log: BugLog;
  private readonly models: () => readonly KnownModel[];
  private readonly revisions = new WeakMap<Snapshot, string>();
  private count = 0;
  private pending: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, log: BugLog, models: () => readonly KnownModel[]) {
    this.connection = connection;
    this.log = log;
    this.models = models;
    connection.onRequest(
      FINDINGS_REQUEST,
      safely(log, 'findings', { models: [] } as FindingsResult, (params: FindingsParams | undefined) => ({
        models: this.models().map((model) => this.list(model, params?.have?.[model.uri])),
      })),
    );
  }

  /** Something about some model is different: tells the client, once it is calm. */
  changed(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      try {
        const params: ModelsChangedParams = { models: this.models().map(countsOf) };
        void this.connection.sendNotification(MODELS_CHANGED, params);
      } catch (error) {
        this.log.report('counts', error);
      }
    }, CALM_MS);
  }

  private list({ uri, text, snapshot }: KnownModel, have: string | undefined): ModelFindings {
    let revision = this.revisions.get(snapshot);
    if (revision === undefined) this.revisions.set(snapshot, (revision = String(++this.count)));
    const head = { uri, title: titleOf(snapshot), revision };
    if (revision === have) return head;
    const { findings, catalogue } = snapshot;
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    return {
      ...head,
      findings: findings.map((finding) => listed(finding, snapshot, text)),
      rules: Object.fromEntries(rules.map((id) => [id, listedRule(id, catalogue)])),
    };
  }
}

function listed(finding: Finding, { model }: Snapshot, text: TextDocument): ListedFinding {
  const { fingerprint, rule, severity, state, subject, message, span } = finding;
  const thing = model.elements.get(subject) ?? model.flows.get(subject) ?? model.boundaries.get(subject);
  const title = subject === MODEL_SUBJECT ? (model.title ?? '') : (thing?.title ?? '');
  const subjectTitle = cut(title || subject);
  return { fingerprint, rule, severity, state, subject, subjectTitle, message: cut(message), range: rangeOf(text, span) };
}

function listedRule(id: string, catalogue: Catalogue): ListedRule {
  const rule = catalogue.rules.get(id);
  const asked = rule && (rule.suggest[0] ?? controlsIn(rule.satisfiedBy)[0]);
  const control = asked === undefined ? undefined : catalogue.controls.get(asked);
  return {
    title: rule?.title ?? 'Stated by the author',
    category: rule?.category ?? '',
    principles: rule?.principles ?? [],
    pillar: control?.pillar ?? '',
    swimLane: catalogue.swimLanes.get(control?.swimLane ?? '')?.title ?? '',
    page: id !== AUTHOR_RULE,
  };
}

function countsOf({ uri, snapshot }: KnownModel): ModelCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity, state } of snapshot.findings) if (isOpen(state)) counts[severity]++;
  return { uri, title: titleOf(snapshot), counts };
}

function titleOf({ model }: Snapshot): string {
  return cut(model.title ?? '');
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
