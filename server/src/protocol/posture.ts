import type { PlainRange } from './messages.ts';

/** The messages about posture and reports: what the board shows, and what is saved as a file. */

/** Request, client → server: the board of an open document; null when there is no such document. */
export const POSTURE_REQUEST = 'threatwright/posture';
export interface PostureParams {
  readonly uri: string;
}
export interface PostureBoard {
  readonly uri: string;
  readonly title: string;
  /** Open findings and controls in one sentence. */
  readonly summary: string;
  readonly pillars: readonly { readonly title: string; readonly lanes: readonly BoardLane[] }[];
  readonly roadmap: readonly BoardStep[];
  /** Findings that are still open after the last step. */
  readonly left: number;
}
export interface BoardLane {
  readonly title: string;
  readonly cards: readonly BoardCard[];
}
export interface BoardCard {
  readonly control: string;
  readonly title: string;
  readonly group: string;
  readonly state: 'in-place' | 'partial' | 'planned' | 'absent' | 'not-applicable' | 'unstated';
  readonly phase: BoardPhase;
  readonly stated: readonly { readonly text: string; readonly range: PlainRange }[];
  /** Where open findings ask for it; how many there are besides those named. */
  readonly neededAt: readonly string[];
  readonly neededMore: number;
}
export type BoardPhase = 'first' | 'then' | 'next';
export interface BoardStep {
  readonly phase: BoardPhase;
  readonly controls: readonly string[];
  readonly at: readonly string[];
  readonly clears: number;
  readonly risk: number;
}

/** Request, client → server: the edits that state a control at the place where most open findings ask for it. */
export const ADD_CONTROL_REQUEST = 'threatwright/addControl';
export interface AddControlParams {
  readonly uri: string;
  readonly control: string;
}
export type AddControlResult =
  | { readonly version: number; readonly edits: readonly { readonly range: PlainRange; readonly newText: string }[]; readonly at: string }
  | { readonly refused: string };

/** Request, client → server: a report of models, as the command line writes it. */
export const REPORT_REQUEST = 'threatwright/report';
export type ReportFormat = 'html' | 'md' | 'pdf' | 'csv' | 'controls.csv';
export interface ReportParams {
  /** Of the models; none: all that the server knows. */
  readonly uris: readonly string[];
  readonly format: ReportFormat;
}
/** Null where this format cannot be made. */
export type ReportResult = {
  readonly base64: string;
  /** Characters that no shipped font has; in a PDF a sign stands for them. */
  readonly missing: readonly string[];
} | null;

/** Host → board. */
export type ToBoard =
  { readonly v: 1; readonly type: 'board'; readonly board: PostureBoard } | { readonly v: 1; readonly type: 'said'; readonly text: string };
/** Board → host. The host validates each before it acts. */
export type FromBoard =
  | { readonly v: 1; readonly type: 'ready' }
  | { readonly v: 1; readonly type: 'reveal'; readonly range: PlainRange }
  | { readonly v: 1; readonly type: 'add'; readonly control: string };
