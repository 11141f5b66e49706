import { analyse, type Analysis, type Finding } from '../../server/src/analysis/index.ts';
import type { Catalogue } from '../../server/src/catalogue/catalogue.ts';
import type { Model } from '../../server/src/model/model.ts';
import { readModel } from '../../server/src/model/index.ts';
import { LineIndex, parseDocument } from '../../server/src/syntax/index.ts';
import { readCatalogue } from './catalogue.ts';

/** The day on which tests take place. */
export const TODAY = '2026-11-22';

export function modelOf(text: string, catalogue: Catalogue = readCatalogue()): Model {
  return readModel(parseDocument(text), catalogue, { today: TODAY });
}

export function analyseText(
  text: string,
  catalogue: Catalogue = readCatalogue(),
): Pick<Analysis, 'findings' | 'problems'> & { model: Model } {
  const model = modelOf(text, catalogue);
  const { findings, problems } = analyse(model, catalogue, { today: TODAY });
  return { model, findings, problems };
}

/** Rules that find something, folded ones included. */
export function rulesFound(findings: readonly Finding[]): Set<string> {
  return new Set(findings.filter(({ state }) => state !== 'not-applicable').flatMap((finding) => [finding.rule, ...finding.also]));
}

/** Zero-based line of a finding. */
export function lineOf(finding: Finding, text: string): number {
  return new LineIndex(text).positionAt(finding.span.start).line;
}
