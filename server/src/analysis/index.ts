export { analyse, type Analysis, type AnalysisOptions } from './analyse.ts';
export type { Finding, FindingPlace, FindingState } from './finding.ts';
