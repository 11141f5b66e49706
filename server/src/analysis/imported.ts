import { SEVERITIES } from '../catalogue/rule.ts';
import type { Model } from '../model/model.ts';
import type { Analysis } from './analyse.ts';
import type { Found } from './finding.ts';
import { MODEL_SUBJECT } from './hit.ts';
import type { Reported } from './report.ts';

/** The analysis of a used file, as it is for itself. */
export type AnalysisOf = (file: string) => Analysis | undefined;

/**
 * What a file that uses others has to say of them. What a used file says of itself belongs there and is left out here; what
 * only arises together is placed on the file's own flow that it goes by, where there is one, else on the entry of `use:`.
 */
export function ownAffairs(findings: readonly Reported[], model: Model, analysisOf: AnalysisOf): Reported[] {
  const said = model.imported.flatMap(({ file, model: used }) => {
    const analysis = analysisOf(file);
    return analysis ? [saidBy(analysis, used, file)] : [];
  });
  return findings.flatMap((finding) => {
    if (finding.subject === MODEL_SUBJECT) return isOfOthers(finding, model, said) ? [] : [finding];
    const subject = thing(model, finding.subject);
    if (!subject?.origin) return [finding];
    const key = keyOf(finding.rule, subject.origin.file, subject.origin.id);
    return said.some((its) => covers(its.get(key), finding, model)) ? [] : [placed(finding, model)];
  });
}

/** A finding that a file has already: what it begins at, and how bad it is there. */
interface Said {
  readonly sources: ReadonlySet<string>;
  readonly weight: number;
}
/** By rule, file and id: names that are the same whoever uses the file. */
type AllSaid = ReadonlyMap<string, Said>;

const known = new WeakMap<Analysis, AllSaid>();

function saidBy(analysis: Analysis, model: Model, file: string): AllSaid {
  let all = known.get(analysis);
  if (!all) {
    const entries = analysis.found.flatMap((finding) => {
      const origin = finding.subject === MODEL_SUBJECT ? undefined : thing(model, finding.subject)?.origin;
      const said: Said = {
        sources: new Set(finding.sources.map((id) => nameOf(id, model, file))),
        weight: SEVERITIES.indexOf(finding.fullSeverity),
      };
      return [finding.rule, ...finding.also].map(
        (rule) => [keyOf(rule, origin?.file ?? file, origin?.id ?? finding.subject), said] as const,
      );
    });
    known.set(analysis, (all = new Map(entries)));
  }
  return all;
}

/** Neither a new beginning nor a worse end. */
function covers(said: Said | undefined, finding: Found, model: Model): boolean {
  if (!said || SEVERITIES.indexOf(finding.fullSeverity) > said.weight) return false;
  return finding.sources.every((id) => said.sources.has(nameOf(id, model, '')));
}

/** About the whole, but all that it rests on is in files that say the same of themselves. */
function isOfOthers(finding: Reported, model: Model, said: readonly AllSaid[]): boolean {
  const { trail } = finding;
  return (
    trail.length > 0 &&
    trail.every((id) => {
      const origin = thing(model, id)?.origin;
      return origin !== undefined && said.some((its) => its.has(keyOf(finding.rule, origin.file, MODEL_SUBJECT)));
    })
  );
}

/** At the file's own flow on the way, nearest the sink; else at one that touches the subject. */
function placed(finding: Reported, model: Model): Reported {
  const { subject, trail } = finding;
  const onTheWay = trail.flatMap((id) => model.flows.get(id) ?? []).findLast(({ origin }) => !origin);
  const flow = onTheWay ?? [...model.flows.values()].find(({ origin, from, to }) => !origin && (to === subject || from === subject));
  return flow ? finding.with({ thing: flow }) : finding;
}

function thing(model: Model, id: string) {
  return model.elements.get(id) ?? model.flows.get(id) ?? model.boundaries.get(id);
}

function nameOf(id: string, model: Model, file: string): string {
  const origin = thing(model, id)?.origin;
  return `${origin?.file ?? file}\n${origin?.id ?? id}`;
}

function keyOf(rule: string, file: string, id: string): string {
  return `${rule}\n${file}\n${id}`;
}
