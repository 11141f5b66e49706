import type { DiagramGraph, DiagramMarks } from '../diagram/graph.ts';

/** Names and types of the messages that are not LSP: shared by server, client and webview. No code but constants. */

/** Request, client → server: the diagram of a document as it is now. */
export const DIAGRAM_REQUEST = 'threatwright/diagram';
export interface DiagramParams {
  readonly uri: string;
  /** `picture` of the graph that the caller has; the graph is left out of the answer when it is still that. */
  readonly have?: string | undefined;
}
export interface DiagramResult {
  readonly uri: string;
  readonly version: number;
  /** Changes with everything that is drawn but the marks. */
  readonly picture: string;
  readonly graph: DiagramGraph | undefined;
  readonly marks: DiagramMarks;
  /** The text is broken: this is the last good picture. */
  readonly stale: boolean;
}

/** Notification, server → client: findings or picture of a document have changed. */
export const DIAGRAM_CHANGED = 'threatwright/diagramChanged';
export interface DiagramChangedParams {
  readonly uri: string;
  readonly version: number;
}

/** Request, client → server: where the thing with this id is written. */
export const LOCATE_REQUEST = 'threatwright/locate';
export interface LocateParams {
  readonly uri: string;
  readonly id: string;
}
export interface LocateResult {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** Request, client → server: which boundary, element or flow is written at a position; the innermost one. */
export const AT_REQUEST = 'threatwright/at';
export interface AtParams {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}
export interface AtResult {
  readonly id: string | undefined;
}

/** Request, client → server: the Markdown page of a rule or control. */
export const PAGE_REQUEST = 'threatwright/page';
export interface PageParams {
  readonly kind: 'rule' | 'control';
  readonly id: string;
}
export interface PageResult {
  readonly markdown: string | undefined;
}

/** Host → webview. Every message has `v`. */
export type ToWebview =
  | { readonly v: 1; readonly type: 'diagram'; readonly diagram: DiagramResult }
  | { readonly v: 1; readonly type: 'select'; readonly id: string | undefined }
  | { readonly v: 1; readonly type: 'showFinding'; readonly key: string }
  | { readonly v: 1; readonly type: 'layoutWorker'; readonly uri: string }
  | { readonly v: 1; readonly type: 'error'; readonly message: string };

/** Webview → host. The host validates each before it acts. */
export type FromWebview =
  | { readonly v: 1; readonly type: 'ready'; readonly have?: string | undefined }
  | { readonly v: 1; readonly type: 'reveal'; readonly id: string }
  | { readonly v: 1; readonly type: 'rule'; readonly id: string }
  | { readonly v: 1; readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };
