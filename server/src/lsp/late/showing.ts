/**
 * What draws, sums up and explains models and says where their data goes, in a file of its own that is loaded when the first
 * of it is asked for: who only types never waits for it. Imported with `import()` alone.
 */
export { deltaBetween } from '../../diagram/delta.ts';
export { drawingOf } from '../../diagram/drawing.ts';
export { assessmentProblems, readAssessment } from '../../posture/index.ts';
export { hopItems, itemsAt } from '../dataFlowItems.ts';
export { pageOf } from '../cataloguePages.ts';
export { addControlAnswer, postureAnswer, reportAnswer } from '../reportAnswers.ts';
