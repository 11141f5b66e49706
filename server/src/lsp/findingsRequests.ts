import type { TextDocument } from 'vscode-languageserver-textdocument';
import { AUTHOR_RULE, isOpen, MODEL_SUBJECT, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
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
import { pause } from './pause.ts';
import { safely, unawaited } from './safe.ts';
import type { Session } from './session.ts';
import type { ModelDocument, WorkspaceModels } from './workspace/models.ts';
import { keyOf } from './workspace/uris.ts';

const LONGEST = 500;
/** Long enough that somebody who types pays for no counting. */
const CALM_MS = 150;

/**
 * Lists the findings of all models, open or not, and tells how many there are when that may have changed. What the
 * caller has already is not even read again.
 */
export class FindingsRequests {
  private readonly session: Session;
  private readonly models: WorkspaceModels;
  private readonly revisions = new WeakMap<Snapshot, string>();
  private count = 0;
  /** Another one whenever stored files may have other findings without having changed. */
  private era = 0;
  private pending: ReturnType<typeof setTimeout> | undefined;
  private tellings = 0;

  constructor(session: Session, models: WorkspaceModels) {
    this.session = session;
    this.models = models;
    session.connection.onRequest(
      FINDINGS_REQUEST,
      safely(session.log, 'findings', { models: [] } as FindingsResult, async (params: FindingsParams | undefined, token) => {
        const found: ModelFindings[] = [];
        for (const uri of await this.uris()) {
          const model = await this.list(uri, params?.have?.[uri]);
          if (model) found.push(model);
          await pause();
          if (token.isCancellationRequested) break;
        }
        return { models: found };
      }),
    );
  }

  /** Rules or settings are others. */
  reconsider(): void {
    this.era++;
    this.changed();
  }

  /** Something about some model is different: tells the client, once it is calm. */
  changed(): void {
    clearTimeout(this.pending);
    const telling = ++this.tellings;
    this.pending = setTimeout(() => unawaited(this.session.log, 'counts of findings', this.tell(telling)), CALM_MS);
  }

  private async tell(telling: number): Promise<void> {
    const models: ModelCounts[] = [];
    for (const uri of await this.uris()) {
      const counts = await this.models.ask(uri, countsOf);
      if (counts) models.push(counts);
      if (!this.session.documents.get(uri)) await pause();
      if (telling !== this.tellings) return;
    }
    const params: ModelsChangedParams = { models };
    await this.session.connection.sendNotification(MODELS_CHANGED, params);
  }

  private async uris(): Promise<readonly string[]> {
    const open = this.session.documents.all().map(({ uri }) => uri);
    await this.session.settingsKnown;
    if (this.session.settings().checkScope === 'openFiles') return open;
    const stored = await this.models.uris();
    const keys = new Set(stored.map(keyOf));
    return [...stored, ...open.filter((uri) => !keys.has(keyOf(uri)))];
  }

  private async list(uri: string, have: string | undefined): Promise<ModelFindings | undefined> {
    const stored = `${this.era}.${this.models.stampOf(uri) ?? ''}`;
    const isOpen = this.session.documents.get(uri) !== undefined;
    if (!isOpen && have === stored) return { uri, revision: stored };
    const model = await this.models.load(uri);
    if (!model) return undefined;
    const { snapshot, text } = model;
    const revision = isOpen ? this.revisionOf(snapshot) : stored;
    if (revision === have) return { uri, revision };
    const { findings, catalogue } = snapshot;
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    return {
      uri,
      title: titleOf(snapshot),
      revision,
      findings: findings.map((finding) => listed(finding, snapshot, text)),
      rules: Object.fromEntries(rules.map((id) => [id, listedRule(id, catalogue)])),
    };
  }

  private revisionOf(snapshot: Snapshot): string {
    let revision = this.revisions.get(snapshot);
    if (revision === undefined) this.revisions.set(snapshot, (revision = `open ${++this.count}`));
    return revision;
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
  const standing = catalogue.standings.get(id);
  return {
    title: rule?.title ?? 'Stated by the author',
    category: rule?.category ?? '',
    principles: rule?.principles ?? [],
    pillar: standing?.pillar ?? '',
    swimLane: catalogue.swimLanes.get(standing?.swimLane ?? '')?.title ?? '',
    page: id !== AUTHOR_RULE,
  };
}

function countsOf({ uri, snapshot }: ModelDocument): ModelCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity, state } of snapshot.analysis.found) if (isOpen(state)) counts[severity]++;
  return { uri, title: titleOf(snapshot), counts };
}

function titleOf({ model }: Snapshot): string {
  return cut(model.title ?? '');
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
