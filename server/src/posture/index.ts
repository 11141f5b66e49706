export { CONTROL_STATES, postureOf, type ControlPosture, type ControlState, type Demand, type Posture, type Stated } from './posture.ts';
export { progressBetween, type Progress } from './progress.ts';
export { EFFORT, PHASES, RISK, roadmapOf, type Phase, type Placed, type Roadmap, type Step } from './roadmap.ts';
export { strideTable, type StrideCell, type StrideTable } from './stride.ts';
export { byPillar, byPrinciple, byStage, tally, type Lane, type Part, type Pillar, type Tally } from './tally.ts';
export { isThreatOpen, type Subject, type Threat } from './threats.ts';
export { readAssessment, type Assessment } from './assessment.ts';
export { assessmentProblems, type EvidenceProblem } from './evidence.ts';
export { atOnce, type Work } from './work.ts';
