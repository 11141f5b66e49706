import { appliesTo, connectedTo, isOpen, MODEL_SUBJECT, type Finding } from '../analysis/index.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { GivenBy } from '../catalogue/vocabulary.ts';
import { enclosing } from '../model/inside.ts';
import type { Candidate } from './candidates.ts';
import type { Snapshot } from './snapshot.ts';

const GIVERS: Readonly<Partial<Record<string, GivenBy>>> = { elements: 'element', flows: 'flow', boundaries: 'boundary' };
/** Behind all that clear something. */
const MEANT = 20;
const POSSIBLE = 21;

/** Controls that can be given by the thing at `path` (the whole system when empty); first those that clear a finding, and they say which. */
export function controls(path: readonly string[], snapshot: Snapshot): readonly Candidate[] {
  const { catalogue, model } = snapshot;
  const [section, id] = path;
  const giver = section === undefined ? 'system' : GIVERS[section];
  if (!giver) return [];
  const wanted = wantedBy(findingsNear(giver, id ?? MODEL_SUBJECT, snapshot));
  const flow = model.flows.get(id ?? '');
  const kind = model.elements.get(id ?? '')?.kind ?? (flow && model.kindOf(flow));
  return [...catalogue.controls.values()]
    .filter((control) => control.givenBy.includes(giver))
    .map((control): Candidate => {
      const reason = wanted.get(control.id);
      const title = catalogue.rules.get(reason?.finding.rule ?? '')?.title;
      const verb = reason?.alone ? 'clears' : 'helps with';
      return {
        name: control.id,
        sort: 'control',
        detail: title === undefined ? control.title : `${control.title} · ${verb} "${title}"`,
        about: { type: 'control', id: control.id },
        rank: reason?.rank ?? (appliesTo(control, giver, kind) ? MEANT : POSSIBLE),
      };
    });
}

interface Reason {
  readonly finding: Finding;
  /** No other control is needed. */
  readonly alone: boolean;
  readonly rank: number;
}

/** For each control that some finding misses, the best reason to add it: alone before together, preferred before others, severe before mild. */
function wantedBy(findings: Iterable<Finding>): ReadonlyMap<string, Reason> {
  const wanted = new Map<string, Reason>();
  for (const finding of findings) {
    const mildness = SEVERITIES.length - 1 - SEVERITIES.indexOf(finding.fullSeverity);
    finding.missing.forEach((set, at) => {
      const alone = set.length === 1;
      const rank = mildness + (alone ? (at === 0 ? 0 : 4) : 8);
      for (const control of set) {
        if (rank < (wanted.get(control)?.rank ?? POSSIBLE)) wanted.set(control, { finding, alone, rank });
      }
    });
  }
  return wanted;
}

/** The open findings that a control given here may clear. */
function* findingsNear(giver: GivenBy, id: string, { model, analysis, findings }: Snapshot): Generator<Finding> {
  const near = new Set([id]);
  if (giver === 'boundary') {
    for (const element of model.elements.values()) {
      if (element.boundaries.some((boundary) => enclosing(boundary, model.boundaries).includes(id))) near.add(element.id);
    }
  } else if (giver !== 'system') {
    const connected = connectedTo(analysis, model.flows.get(id)?.from ?? id);
    for (const { id: other } of [...(connected?.elements ?? []), ...(connected?.flows ?? [])]) near.add(other);
  }
  for (const finding of findings) {
    // Where a finding may be cleared is worked out when it is asked for: so not of all of them.
    if (!isOpen(finding.state) || !near.has(finding.subject)) continue;
    if (finding.subject === id || finding.givers.includes(id)) yield finding;
  }
}
