export { changesById, diffModels, isSame, type Change, type DiffSide, type ModelDiff, type Part, type PartName } from './diff.ts';
