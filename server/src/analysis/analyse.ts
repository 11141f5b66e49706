import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Finding } from './finding.ts';

export interface AnalysisOptions {
  /** ISO date; decides which acceptances have expired. An input, so that results are reproducible. */
  readonly today: string;
}

export interface Analysis {
  /** Most severe first, then in source order. All states; consumers filter. */
  readonly findings: readonly Finding[];
  /** What the analysis has to say of the file: acceptances that match nothing, roll-ups of a draft. Absolute spans. */
  readonly problems: readonly Problem[];
}

/** Evaluates every rule of the catalogue on a model. Pure; never throws. */
export function analyse(model: Model, catalogue: Catalogue, options: AnalysisOptions): Analysis {
  void model;
  void catalogue;
  void options;
  return { findings: [], problems: [] };
}
