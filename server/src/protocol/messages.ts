import type { DrawingDelta } from '../diagram/delta.ts';
import type { DiagramGraph, DiagramMarks } from '../diagram/graph.ts';

/** Names and types of the messages that are not LSP: shared by server, client and webview. No code but constants. */

/** Request, client → server: the diagram of a document as it is now. */
export const DIAGRAM_REQUEST = 'threatwright/diagram';
export interface DiagramParams {
  readonly uri: string;
  /** `picture` of the graph that the caller has; the graph is left out of the answer when it is still that. */
  readonly have?: string | undefined;
  /** `revision` of the last answer, when the caller has all of that: then only what has changed is told, if that is still known. */
  readonly since?: string | undefined;
}
export type DiagramResult = WholeDiagram | ChangedDiagram;
export interface DiagramFacts {
  readonly uri: string;
  readonly version: number;
  /** Changes with everything that is drawn but the marks. */
  readonly picture: string;
  /** Changes with everything that is drawn. */
  readonly revision: string;
  /** The text is broken: this is the last good picture. */
  readonly stale: boolean;
}
export interface WholeDiagram extends DiagramFacts {
  readonly graph: DiagramGraph | undefined;
  readonly marks: DiagramMarks;
}
export interface ChangedDiagram extends DiagramFacts {
  readonly delta: DrawingDelta;
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
  /** The file that it stands in, when that is another one. */
  readonly uri?: string;
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

/**
 * Request, client → server: the Markdown page of a rule or control, or one that leads to them (`kind: 'index'`, and `id` is its
 * path in the documentation without `.md`: `index`, `taxonomies/owasp-mcp`).
 */
export const PAGE_REQUEST = 'threatwright/page';
export interface PageParams {
  readonly kind: 'rule' | 'control' | 'index';
  readonly id: string;
}
export interface PageResult {
  readonly markdown: string | undefined;
}

/** Request, client → server: what the editor's hover says of a thing, as Markdown. */
export const CARD_REQUEST = 'threatwright/card';
export interface CardResult {
  readonly markdown: string | undefined;
}

export type ExportFormat = 'svg' | 'png' | 'pdf' | 'drawio' | 'mmd';

/** Request, client → server: the hash of the meaning of a model, for what is exported of it. */
export const HASH_REQUEST = 'threatwright/hash';
export interface HashResult {
  readonly hash: string | undefined;
}

/** Host → webview. Every message has `v`. */
export type ToWebview =
  | { readonly v: 1; readonly type: 'diagram'; readonly diagram: DiagramResult }
  | { readonly v: 1; readonly type: 'select'; readonly id: string | undefined }
  | { readonly v: 1; readonly type: 'showFinding'; readonly key: string }
  | { readonly v: 1; readonly type: 'layoutWorker'; readonly uri: string }
  | { readonly v: 1; readonly type: 'error'; readonly message: string }
  /** Something to do, of `webview/src/actions.ts`: from a command or another view. */
  | { readonly v: 1; readonly type: 'action'; readonly action: unknown }
  /** What can be done about a finding. */
  | {
      readonly v: 1;
      readonly type: 'fixes';
      readonly key: string;
      readonly fixes: readonly Pick<FindingFix, 'title' | 'kind' | 'preferred'>[];
    }
  /** The card of a thing, as Markdown. */
  | { readonly v: 1; readonly type: 'card'; readonly id: string; readonly markdown: string }
  /** Where elements were put by hand: id → place. */
  | { readonly v: 1; readonly type: 'pins'; readonly pins: unknown }
  /** What is to be known for an export: the sentence that says what made it, and where the fonts are. */
  | { readonly v: 1; readonly type: 'made'; readonly wish: unknown; readonly made: string; readonly fonts: readonly string[] }
  /** A sentence about what was asked for: that it is done, or why it is not. */
  | { readonly v: 1; readonly type: 'said'; readonly text: string };

/** Webview → host. The host validates each before it acts. */
export type FromWebview =
  | { readonly v: 1; readonly type: 'ready'; readonly have?: string | undefined }
  /** Goes to where it is written. */
  | { readonly v: 1; readonly type: 'reveal'; readonly id: string }
  /** Was selected: the text shows it too, without taking the focus. */
  | { readonly v: 1; readonly type: 'select'; readonly id: string }
  /** Asks what can be done about a finding; has one of these ways done, by its title. */
  | { readonly v: 1; readonly type: 'fixes'; readonly key: string }
  | { readonly v: 1; readonly type: 'fix'; readonly key: string; readonly title: string }
  | { readonly v: 1; readonly type: 'edit'; readonly version: number; readonly edit: DiagramEdit }
  /** Another id for a thing, wherever a text names it: as the editor's own renaming does it. */
  | { readonly v: 1; readonly type: 'rename'; readonly version: number; readonly id: string; readonly to: string }
  | { readonly v: 1; readonly type: 'card'; readonly id: string }
  | { readonly v: 1; readonly type: 'copy'; readonly text: string }
  /** Asks for what an export needs to know; `wish` comes back as it is. */
  | { readonly v: 1; readonly type: 'made'; readonly wish: unknown }
  /** An export, to be saved where the user says: a text, a PNG in base64, or an SVG that is to become a PDF. */
  | { readonly v: 1; readonly type: 'save'; readonly format: ExportFormat; readonly content: string }
  /** All places where elements were put by hand; none: the file that keeps them goes. */
  | { readonly v: 1; readonly type: 'pins'; readonly pins: Readonly<Record<string, unknown>> }
  | { readonly v: 1; readonly type: 'rule'; readonly id: string }
  | { readonly v: 1; readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };

/** Request, client → server: the text edits that do in the file what was done in the diagram. */
export const EDIT_REQUEST = 'threatwright/edit';
/** What can be done to a model in its diagram; `language/diagramEdits.ts` says what each does to the text. */
export type DiagramEdit =
  | { readonly do: 'move'; readonly id: string; readonly into: string | undefined }
  | { readonly do: 'connect'; readonly from: string; readonly to: string }
  | { readonly do: 'delete'; readonly id: string }
  | { readonly do: 'retitle'; readonly id: string; readonly title: string };
export interface EditParams {
  readonly uri: string;
  /** Of the text that the diagram shows: an older one is not edited. */
  readonly version: number;
  readonly edit: DiagramEdit;
}
export type EditResult =
  | {
      readonly edits: readonly { readonly range: LocateResult['range']; readonly newText: string }[];
      /** What is to be selected afterwards. */
      readonly selects: string | undefined;
    }
  /** A sentence for the author: why nothing is changed. */
  | { readonly refused: string };

/** Request, client → server: what an author can do about a finding of an open document; empty when it has no such finding. */
export const FIXES_REQUEST = 'threatwright/fixes';
export interface FixesParams {
  readonly uri: string;
  /** Of the finding: in `data` of its diagnostic. */
  readonly fingerprint: string;
}
/** Fixes first, the preferred one before the others. */
export type FixesResult = readonly FindingFix[];
export interface FindingFix {
  readonly title: string;
  /** Clear it; say that a control is planned; say that a control does not apply; accept it with owner, reason and date. */
  readonly kind: 'fix' | 'plan' | 'not-applicable' | 'accept';
  readonly preferred: boolean;
  /** An LSP WorkspaceEdit for the version of the document that was asked about. */
  readonly edit: {
    readonly documentChanges: readonly {
      readonly textDocument: { readonly uri: string; readonly version: number };
      readonly edits: readonly { readonly range: PlainRange; readonly newText: string }[];
    }[];
  };
  /** What to select once the edit is applied, because the author has to fill it in. */
  readonly select?: PlainRange;
}
export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Request, client → server: a picture that was exported as SVG, as PDF; null where there is nothing that writes one (in browsers). */
export const PDF_REQUEST = 'threatwright/pdf';
export interface PdfParams {
  readonly svg: string;
}
export interface PdfResult {
  /** The file, in base64. */
  readonly base64: string;
  /** Characters of the picture that no shipped font has; they are missing in the file. */
  readonly missing: readonly string[];
}
