import { bestGiver, isOpen, MODEL_SUBJECT, type Analysis } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Control } from '../catalogue/vocabulary.ts';
import type { Giver, Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import type { Assessment } from './assessment.ts';

/** Taxonomy of the tests of the assessment. */
const TESTS = 'ms-zt-assessment-tests';

/** What an assessment has to say of a place. */
export interface EvidenceProblem extends Problem {
  /** A control that could be stated, and where. */
  readonly omitted?: { readonly control: string; readonly at: string };
}

interface Verdict {
  readonly control: Control;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/**
 * What an assessment has to say of a model: a control that is stated as in place although a test of it failed; one that is
 * absent, or not stated although an open finding asks for it, although its tests passed; and one summary. Absolute spans.
 */
export function assessmentProblems(
  assessment: Assessment,
  model: Model,
  analysis: Analysis,
  catalogue: Catalogue,
): readonly EvidenceProblem[] {
  const verdicts = verdictsOf(assessment, catalogue);
  const problems: EvidenceProblem[] = [];
  const agreed = new Set<string>();
  const contradicted = new Set<string>();
  const stated = new Set<string>();
  const source = sourceOf(assessment);
  for (const { base, controls } of statedIn(model)) {
    for (const { control, status, counts, span, statusSpan } of controls) {
      const verdict = counts ? verdicts.get(control) : undefined;
      if (!verdict) continue;
      stated.add(control);
      if (status === 'in-place' && verdict.failed.length > 0) {
        contradicted.add(control);
        const message = `"${verdict.control.title}" is stated as in place, but the ${source} saw ${testsText(verdict.failed, assessment)} fail.`;
        problems.push({ code: 'assessment-saw-failing', severity: 'warning', message, span: absolute(base, span) });
      } else if (status === 'in-place') agreed.add(control);
      else if (status === 'absent' && verdict.failed.length === 0) {
        const message = `"${verdict.control.title}" is stated as absent, but the ${source} saw ${testsText(verdict.passed, assessment)} pass.`;
        problems.push({
          code: 'assessment-saw-passing',
          severity: 'info',
          message,
          span: absolute(base, statusSpan),
          suggestions: ['in-place'],
        });
      }
    }
  }
  const omitted = omittedOf(verdicts, stated, model, analysis);
  for (const { verdict, giver } of omitted) {
    const at = giver === MODEL_SUBJECT ? 'the whole system' : giver;
    const message = `An open finding asks for "${verdict.control.title}" (${verdict.control.id}), and the ${source} saw ${testsText(verdict.passed, assessment)} pass: state it at ${at} if it holds there.`;
    problems.push({
      code: 'assessment-saw-passing',
      severity: 'info',
      message,
      span: keyOf(giver, model),
      omitted: { control: verdict.control.id, at: giver },
    });
  }
  const counts = `${agreed.size} stated controls agree with it, ${contradicted.size} do not, ${omitted.length} could be stated`;
  const summary = `The ${source} has ${verdicts.size} controls with a test that passed or failed: ${counts}.`;
  return [{ code: 'assessment-summary', severity: 'info', message: summary, span: keyOf(MODEL_SUBJECT, model) }, ...problems];
}

/** `Zero Trust Assessment of Contoso, 2026-08-01` */
function sourceOf({ tenant, date }: Assessment): string {
  return `Zero Trust Assessment${tenant === undefined ? '' : ` of ${tenant}`}${date === undefined ? '' : `, ${date}`}`;
}

function verdictsOf({ tests }: Assessment, { controls }: Catalogue): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const control of controls.values()) {
    const ids = control.mappings[TESTS] ?? [];
    const passed = ids.filter((id) => tests.get(id)?.seen === 'passed');
    const failed = ids.filter((id) => tests.get(id)?.seen === 'failed');
    if (passed.length + failed.length > 0) verdicts.set(control.id, { control, passed, failed });
  }
  return verdicts;
}

/** Givers of this file: what another file states is told there. */
function* statedIn(model: Model): Generator<Pick<Giver, 'controls'> & { readonly base: number }> {
  yield { base: 0, controls: model.controls };
  for (const givers of [model.boundaries, model.elements, model.flows])
    for (const giver of givers.values()) if (giver.origin === undefined) yield { base: model.baseOf(giver), controls: giver.controls };
}

/** Controls that tests have seen, that nothing states, and that an open finding asks for; each once, at its best place. */
function omittedOf(
  verdicts: ReadonlyMap<string, Verdict>,
  stated: ReadonlySet<string>,
  model: Model,
  { findings }: Analysis,
): readonly { readonly verdict: Verdict; readonly giver: string }[] {
  const found = new Map<string, { verdict: Verdict; giver: string }>();
  for (const finding of findings) {
    if (!isOpen(finding.state)) continue;
    for (const id of finding.missing.flat()) {
      const verdict = verdicts.get(id);
      if (!verdict || verdict.failed.length > 0 || stated.has(id) || found.has(id)) continue;
      const giver = verdict.control.givenBy.includes('system') ? MODEL_SUBJECT : bestGiver(model, finding, verdict.control);
      if (giver !== undefined) found.set(id, { verdict, giver });
    }
  }
  return [...found.values()];
}

function keyOf(giver: string, model: Model): Span {
  const thing = model.elements.get(giver) ?? model.flows.get(giver) ?? model.boundaries.get(giver);
  if (thing) return absolute(model.baseOf(thing), thing.pair.key);
  return model.keySpan('controls') ?? model.keySpan('threatmodel') ?? { start: 0, end: 0 };
}

const MOST_TESTS = 3;

/** `test 61011 (Users authenticate)` */
function testsText(ids: readonly string[], { tests }: Assessment): string {
  const named = ids.slice(0, MOST_TESTS).map((id) => {
    const title = tests.get(id)?.title ?? '';
    return title === '' ? id : `${id} (${title})`;
  });
  const more = ids.length > MOST_TESTS ? ` and ${ids.length - MOST_TESTS} more` : '';
  return `test${ids.length === 1 ? '' : 's'} ${named.join(', ')}${more}`;
}
