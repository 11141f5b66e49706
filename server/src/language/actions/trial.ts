import { analyse, isOpen, type Analysis, type Finding } from '../../analysis/index.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { SEVERITIES } from '../../catalogue/rule.ts';
import { applyEdits, type TextEdit } from '../../syntax/textEdit.ts';
import { takeSnapshot, type Snapshot } from '../snapshot.ts';
import { cutAround } from './cutting.ts';

/** What edits do to a finding. */
export interface Outcome {
  readonly clears: boolean;
  /** Open findings at least as severe that were not there. */
  readonly adds: readonly Finding[];
}

/** How many elements a trial of edits for a finding looks at. */
export function sizeOfTrial(snapshot: Snapshot, { subject }: Finding): number {
  return Math.max(1, cutAround(snapshot, subject).snapshot.model.elements.size);
}

/**
 * Tries edits out: reads and analyses the edited text, or as much of it as the finding depends on. Edits that only put
 * controls in place cannot raise a finding (rules ask for controls, never for their absence), so `onlyControls` asks the
 * finding's own rule and no other.
 */
export function tryOut(snapshot: Snapshot, finding: Finding, edits: readonly TextEdit[], onlyControls = false): Outcome {
  const { catalogue } = snapshot;
  const cutting = cutAround(snapshot, finding.subject);
  const placed = cutting.place(edits);
  const isCut = placed !== undefined && cutting.snapshot !== snapshot;
  const [small, asked] = isCut ? [cutting.snapshot, onlyControls ? narrowed(catalogue, finding.rule) : catalogue] : [snapshot, catalogue];
  const before = analysed(small, asked);
  const shows = before.findings.some((other) => isSame(other, finding) && isOpen(other.state) === isOpen(finding.state));
  if (!shows) return isCut ? compare(snapshot, catalogue, edits, finding) : { clears: false, adds: [] };
  return compare(small, asked, placed ?? edits, finding);
}

function compare(snapshot: Snapshot, asked: Catalogue, edits: readonly TextEdit[], finding: Finding): Outcome {
  const next = edited(snapshot, edits);
  if (errors(next) > errors(snapshot)) return { clears: false, adds: [] };
  const before = analysed(snapshot, asked);
  const after = asked === snapshot.catalogue ? next.analysis : analysed(next, asked, before);
  const keys = openKeys(before);
  const weight = SEVERITIES.indexOf(finding.fullSeverity);
  let clears = true;
  const adds: Finding[] = [];
  for (const other of after.findings) {
    if (!isOpen(other.state)) continue;
    if (isSame(other, finding)) clears = false;
    else if (SEVERITIES.indexOf(other.fullSeverity) >= weight && !keys.has(keyOf(other)) && !wasFolded(before, other)) adds.push(other);
  }
  return { clears, adds };
}

/** The edited text, read: several findings may be cleared by the same edits. */
function edited(snapshot: Snapshot, edits: readonly TextEdit[]): Snapshot {
  let known = tried.get(snapshot);
  if (!known) tried.set(snapshot, (known = new Map()));
  const key = edits.map(({ span, text }) => `${span.start} ${span.end} ${text}`).join('\n');
  let next = known.get(key);
  if (!next) known.set(key, (next = takeSnapshot(applyEdits(snapshot.text, edits), snapshot.catalogue, snapshot.today, snapshot)));
  return next;
}

const tried = new WeakMap<Snapshot, Map<string, Snapshot>>();

/** The findings of a snapshot by a catalogue that has at most its rules; kept as long as the snapshot is. */
function analysed(snapshot: Snapshot, asked: Catalogue, before?: Analysis): Analysis {
  if (asked === snapshot.catalogue) return snapshot.analysis;
  let known = analyses.get(snapshot);
  if (!known) analyses.set(snapshot, (known = new Map()));
  let analysis = known.get(asked);
  if (!analysis) known.set(asked, (analysis = analyse(snapshot.model, asked, { today: snapshot.today }, before)));
  return analysis;
}

const analyses = new WeakMap<Snapshot, Map<Catalogue, Analysis>>();

/** The catalogue with one of its rules alone. */
function narrowed(catalogue: Catalogue, id: string): Catalogue {
  let known = narrow.get(catalogue);
  if (!known) narrow.set(catalogue, (known = new Map()));
  let one = known.get(id);
  if (!one) known.set(id, (one = { ...catalogue, rules: new Map([...catalogue.rules].filter(([rule]) => rule === id)) }));
  return one;
}

const narrow = new WeakMap<Catalogue, Map<string, Catalogue>>();

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.subject === b.subject && a.fingerprint === b.fingerprint;
}

/** What was folded into a finding was there, and stands alone when that is gone. */
function wasFolded({ findings }: Analysis, { rule, subject }: Finding): boolean {
  return findings.some((finding) => finding.subject === subject && isOpen(finding.state) && finding.also.includes(rule));
}

/** Cheaper than a fingerprint, and says the same. */
function keyOf({ rule, subject, sources }: Finding): string {
  return `${rule} ${subject} ${sources.join(' ')}`;
}

function openKeys(analysis: Analysis): ReadonlySet<string> {
  let keys = knownKeys.get(analysis);
  if (!keys) {
    keys = new Set(analysis.findings.flatMap((finding) => (isOpen(finding.state) ? [keyOf(finding)] : [])));
    knownKeys.set(analysis, keys);
  }
  return keys;
}

const knownKeys = new WeakMap<Analysis, ReadonlySet<string>>();

function errors({ model }: Snapshot): number {
  return model.problems.filter(({ severity }) => severity === 'error').length;
}
