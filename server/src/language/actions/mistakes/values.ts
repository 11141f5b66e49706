import { AUTHOR_RULE, MODEL_SUBJECT } from '../../../analysis/index.ts';
import { isDate } from '../../../model/fields.ts';
import { flowKindsBetween } from '../../../model/kinds.ts';
import type { Boundary, ControlStatement, Element, Flow, Model } from '../../../model/model.ts';
import { FORMAT_VERSION } from '../../../model/system.ts';
import { colonAfter } from '../../collectionEdits.ts';
import { addControl, addEntry, setProperty } from '../../edits.ts';
import { freeId } from '../../written.ts';
import { acceptFinding } from '../accept.ts';
import { withHoles } from '../action.ts';
import { nameOf } from '../givers.ts';
import { removeStep } from './removal.ts';
import type { Cure, Mistake, Remedy } from './remedy.ts';

/** Cures for values that are there and not right. */
export const VALUES: Readonly<Record<string, Cure>> = {
  'missing-version': ({ snapshot }) => [
    {
      title: `Begin with "threatmodel: ${FORMAT_VERSION}"`,
      edits: [insert(bomLength(snapshot.text), `threatmodel: ${FORMAT_VERSION}${snapshot.syntax.eol}`)],
    },
  ],
  'unknown-version': unknownVersion,
  'empty-model': ({ snapshot: { syntax } }) => {
    const edits = addEntry(syntax, 'elements', 'first', '{ kind: "" }');
    return [{ title: 'Add an element', edits: edits && withHoles(edits, [['kind', '""']]) }];
  },
  'unclear-flow-kind': unclearFlowKind,
  'not-a-date': ({ problem, snapshot: { text } }) => {
    const date = canonicalDate(text.slice(problem.span.start, problem.span.end));
    return date === undefined ? [] : [{ title: `Change to "${date}"`, edits: [{ span: problem.span, text: date }] }];
  },
  'date-in-future': ({ problem, snapshot: { today } }) => [
    { title: `Change to today, ${today}`, edits: [{ span: problem.span, text: today }] },
  ],
  'acceptance-expired': renewAcceptance,
  'acceptance-new-source': renewAcceptance,
  'control-misplaced': moveControl,
  'mandatory-control': ({ problem }) => [
    { title: 'Change to "planned"', edits: [{ span: problem.span, text: 'planned' }], doubtful: true },
  ],
  'duplicate-id': renameHere,
  'data-named-like-kind': renameHere,
};

/** `2027/3/1` → `2027-03-01`; what can be read in two ways is left alone. */
export function canonicalDate(text: string): string | undefined {
  const [, year, month, day] = /^["']?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})["']?$/.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}

function insert(at: number, text: string) {
  return { span: { start: at, end: at }, text };
}

function bomLength(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

function unknownVersion({ chain, snapshot }: Mistake): Remedy[] {
  const placed = chain[0]?.placed;
  if (!placed) return [];
  const { base, pair } = placed;
  const title = `Change the version to ${FORMAT_VERSION}`;
  if (pair.value)
    return [{ title, edits: [{ span: { start: base + pair.value.start, end: base + pair.value.end }, text: FORMAT_VERSION }] }];
  const at = colonAfter(snapshot.text, base, pair);
  return at === undefined ? [] : [{ title, edits: [insert(at, ` ${FORMAT_VERSION}`)] }];
}

function* unclearFlowKind({ chain, snapshot }: Mistake): Generator<Remedy> {
  const { model, catalogue, syntax } = snapshot;
  const flow = model.flows.get(chain[1]?.placed.pair.key.text ?? '');
  if (!flow) return;
  const [from, to] = [model.elements.get(flow.from)?.kind ?? '', model.elements.get(flow.to)?.kind ?? ''];
  const usual = flowKindsBetween(catalogue, from, to);
  for (const kind of usual)
    yield { title: `Add "kind: ${kind}"`, edits: setProperty(syntax, model, flow.id, 'kind', kind), doubtful: true };
  if (usual.length > 0) return;
  const edits = setProperty(syntax, model, flow.id, 'kind', '');
  yield { title: 'Add "kind"', edits: edits && withHoles(edits, [['kind', '""']]) };
}

function renewAcceptance({ problem, snapshot }: Mistake): Remedy[] {
  const { model, findings } = snapshot;
  const within = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    start <= problem.span.start && problem.span.end <= end;
  const acceptance = model.accepted.find(({ span }) => within(span));
  const finding = findings.find(({ rule, subject }) => rule !== AUTHOR_RULE && rule === acceptance?.rule && subject === acceptance.at);
  if (!finding) return [];
  const title = problem.code === 'acceptance-expired' ? 'Renew the acceptance' : 'Accept it from there, too';
  return [{ title, edits: acceptFinding(snapshot, finding), doubtful: true }];
}

/** Takes a control from where it counts nowhere to where it can be given. */
function* moveControl(mistake: Mistake): Generator<Remedy> {
  const { chain, snapshot, problem } = mistake;
  const { model, catalogue, syntax } = snapshot;
  const section = chain[0]?.placed.pair.key.text ?? '';
  const id = section === 'controls' ? MODEL_SUBJECT : (chain[1]?.placed.pair.key.text ?? '');
  const from = model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
  const base = from ? model.baseOf(from) : 0;
  const isHere = ({ span }: ControlStatement): boolean => base + span.start === problem.span.start;
  const statement = (from ?? model).controls.find(isHere);
  const control = catalogue.controls.get(statement?.control ?? '');
  const last = chain.findIndex(({ placed: { base: at, pair } }) => at + pair.start === problem.span.start);
  const removed = last < 0 ? undefined : removeStep(snapshot, chain.slice(0, last + 1));
  if (!statement || !control || !removed) return;
  for (const giver of placesNear(model, from)) {
    const sort =
      giver === MODEL_SUBJECT ? 'system' : (model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver))?.type;
    if (sort === undefined || !control.givenBy.includes(sort)) continue;
    const added = addControl(syntax, model, giver, control.id, { status: statement.status, details: [] });
    yield { title: `Move it to ${nameOf(snapshot, giver)}`, edits: added && [...removed, ...added], doubtful: true };
  }
}

const MOST_PLACES = 4;

/** Where a control that was stated here may belong: what is connected with it, what encloses it, the whole system. */
function placesNear({ flows }: Model, from: Boundary | Element | Flow | undefined): readonly string[] {
  if (!from) return [];
  if (from.type === 'boundary') return [MODEL_SUBJECT];
  if (from.type === 'flow') return [from.to, from.from, MODEL_SUBJECT];
  const its = [...flows.values()].filter((flow) => flow.from === from.id || flow.to === from.id).map(({ id }) => id);
  return [...its.slice(0, MOST_PLACES), ...from.boundaries, MODEL_SUBJECT];
}

/** Another id for the one that is declared here; names elsewhere still mean the first. */
function renameHere({ problem, snapshot }: Mistake): Remedy[] {
  const id = snapshot.text.slice(problem.span.start, problem.span.end);
  if (!/^[\w-]+$/.test(id)) return [];
  const name = freeId(snapshot.model, `${id}-2`);
  return [{ title: `Rename this one to "${name}"`, edits: [{ span: problem.span, text: name }], doubtful: true }];
}
