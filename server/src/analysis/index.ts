export { analyse, connectedTo, type Analysis, type AnalysisOptions } from './analyse.ts';
export { AUTHOR_RULE } from './authorThreats.ts';
export { missingText, presentText } from './defence.ts';
export { isOpen, type Finding, type FindingPlace, type FindingState, type Found } from './finding.ts';
export { appliesTo, bestGiver, giversFor, isElsewhere, sortOfGiver } from './givers.ts';
export { MODEL_SUBJECT } from './hit.ts';
export type { Members } from './partition.ts';
