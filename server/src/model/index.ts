export { readModel, type ReadOptions } from './read.ts';
export { meaningHash } from './hash.ts';
export { isModelFile, MODEL_ENDING, SKIPPED_FOLDERS } from './modelFile.ts';
export { nearest } from './nearest.ts';
export { flowKindsBetween } from './kinds.ts';
export { jsonSchema } from './jsonSchema.ts';
export { ELEMENT_KEYS } from './elements.ts';
export { FLOW_KEYS } from './flows.ts';
export { usedPaths, type Refusal, type UsedFile } from './uses.ts';
export { FORMAT_VERSION, SECTIONS } from './system.ts';
export { STATUSES } from './model.ts';
export type {
  Acceptance,
  AuthorThreat,
  Boundary,
  Completeness,
  ControlStatement,
  DataAsset,
  Element,
  Flow,
  Giver,
  Located,
  ImportedModel,
  Model,
  Origin,
  PropertyValue,
  Review,
  Status,
  Use,
} from './model.ts';
