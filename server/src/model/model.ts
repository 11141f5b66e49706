import type { ById } from './byId.ts';
import type { Problem } from '../syntax/problem.ts';
import type { Pair, Span } from '../syntax/tree.ts';

/**
 * A threat model as its author wrote it. Nothing is derived here but what the file format itself derives; nesting,
 * crossings, trust and reach are facts of the analysis.
 *
 * Things (boundaries, data, elements, flows) are immutable and keep their identity (===) between versions while their
 * own text is unchanged and their names find the same; spans inside them are relative. Where a thing begins in this version: `model.baseOf`.
 * Things of files that this one uses follow its own, with ids like `platform.gateway` and an `origin`.
 */
export interface Model {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  /** Declared system properties (`riskTier`, `intendedUse`, …) by name. */
  readonly properties: ReadonlyMap<string, PropertyValue>;
  readonly completeness: Completeness;
  /** Controls given by the whole system. */
  readonly controls: readonly ControlStatement[];
  readonly boundaries: ById<Boundary>;
  readonly data: ById<DataAsset>;
  readonly elements: ById<Element>;
  /** Flows whose two ends are elements; the others are problems. */
  readonly flows: ById<Flow>;
  /** The entries of `use:` by namespace, whether their files were read or not. */
  readonly uses: ReadonlyMap<string, Use>;
  /** Every file whose things are in this model, each once; those that are used directly first. */
  readonly imported: readonly ImportedModel[];
  readonly assumptions: readonly string[];
  readonly threats: readonly AuthorThreat[];
  readonly accepted: readonly Acceptance[];
  readonly reviews: readonly Review[];
  /** Mistakes in the file itself: of its syntax and of its meaning, in source order. Spans are absolute. */
  readonly problems: readonly Problem[];
  /** The id that a name stands for: the name itself, unless it is a second one for a thing of another file. `data` says in which namespace. */
  meant(name: string, data: boolean): string;
  /** The kind of a flow: as stated, or derived from its two ends; `undefined` when neither is possible. */
  kindOf(flow: Flow): string | undefined;
  /** Absolute offset that the relative spans of a thing are counted from. */
  baseOf(thing: Located): number;
  /** Where the top-level key is written (absolute), e.g. `controls`; `undefined` when the file has none. */
  keySpan(section: string): Span | undefined;
}

export type Completeness = 'complete' | 'draft';
export type Status = 'in-place' | 'partial' | 'planned' | 'absent' | 'not-applicable';
export const STATUSES: readonly Status[] = ['in-place', 'partial', 'planned', 'absent', 'not-applicable'];

/** Something written as one `key: value`; the spans of `pair` are relative to `model.baseOf(thing)`. */
export interface Located {
  readonly pair: Pair;
}

/** One entry of `use:`. */
export interface Use {
  /** As written; `undefined` when no text is. */
  readonly path: string | undefined;
  /** From the namespace to the end of the path. Absolute. */
  readonly entry: Span;
  /** The file that it leads to; `undefined` when it is not read, which is a problem. */
  readonly used: { readonly file: string; readonly model: Model } | undefined;
}

/** A file whose things stand in a model that uses it, itself or through others. */
export interface ImportedModel {
  /** What their ids begin with, without the dot: `platform`, or `platform.base` for what that file uses. */
  readonly namespace: string;
  /** The file, as the host names it. */
  readonly file: string;
  readonly model: Model;
}

/** Where a thing comes from that another file declares. */
export interface Origin extends Omit<ImportedModel, 'model'> {
  /** Its id there. */
  readonly id: string;
  /** Its title there. */
  readonly title: string;
}

interface Thing extends Located {
  readonly id: string;
  /** The declared title, or the id; of an imported thing, followed by its id here. */
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  /** Of an imported thing. Then every span of it is that of the entry of `use:` through which it comes. */
  readonly origin: Origin | undefined;
}

/** A thing that can give controls. */
export interface Giver extends Thing {
  readonly controls: readonly ControlStatement[];
  /** Span of the `controls` key, relative. */
  readonly controlsKey: Span | undefined;
  readonly completeness: Completeness | undefined;
}

export interface Boundary extends Giver {
  readonly type: 'boundary';
  /** A known kind; empty when the file names none or an unknown one (which is a problem). */
  readonly kind: string;
  /** The enclosing boundary; `undefined` at the top and where the file's nesting is broken. */
  readonly parent: string | undefined;
}

export interface DataAsset extends Thing {
  readonly type: 'data';
  readonly kind: string;
}

export interface Element extends Giver {
  readonly type: 'element';
  readonly kind: string;
  /** The accountable owner: the element's own or the model's. */
  readonly owner: string | undefined;
  /** Known boundaries it is in: the first is where it is drawn, the others overlap. */
  readonly boundaries: readonly string[];
  /** Ids of data assets, or data kinds. */
  readonly holds: readonly string[];
  /** Ids of the elements and flows that this element protects when consulted. */
  readonly guards: readonly string[];
  readonly outOfScope: { readonly reason: string | undefined } | undefined;
  /** Declared properties by name; values are legal. */
  readonly properties: ReadonlyMap<string, PropertyValue>;
}

export interface Flow extends Giver {
  readonly type: 'flow';
  readonly from: string;
  readonly to: string;
  /** Known elements on the way, in order. */
  readonly through: readonly string[];
  /** As stated; ask `model.kindOf`. */
  readonly statedKind: string | undefined;
  /** Ids of data assets, or data kinds. */
  readonly carries: readonly string[];
  /** What the implied reply carries; `undefined` when the file does not say. */
  readonly returns: readonly string[] | undefined;
  readonly oneWay: boolean;
  readonly properties: ReadonlyMap<string, PropertyValue>;
}

export interface PropertyValue {
  /** One value, or several for a list property. */
  readonly values: readonly (string | number | boolean)[];
  readonly keySpan: Span;
  readonly span: Span;
}

export interface ControlStatement {
  /** A known control (an alias is resolved). */
  readonly control: string;
  readonly status: Status;
  readonly reason: string | undefined;
  readonly evidence: string | undefined;
  readonly owner: string | undefined;
  readonly due: string | undefined;
  /** `false` when stated where the catalogue says it cannot be given: a warning, and it counts nowhere. */
  readonly counts: boolean;
  /** The control's name. Relative to the giver's base; absolute for the system's. */
  readonly span: Span;
  /** The status word where one is written, else the control's name. */
  readonly statusSpan: Span;
}

/** Spans of the following are absolute. */
export interface Acceptance {
  /** A known rule. */
  readonly rule: string;
  /** The subject: id of an element, flow or boundary, or `$model`. */
  readonly at: string;
  /** Sources of a path; `undefined` when the entry does not restrict them. */
  readonly from: readonly string[] | undefined;
  readonly owner: string | undefined;
  readonly reason: string | undefined;
  /** ISO date; the last day on which it holds. */
  readonly until: string | undefined;
  readonly span: Span;
  readonly untilSpan: Span | undefined;
}

export interface AuthorThreat {
  readonly title: string;
  readonly at: string;
  readonly category: string | undefined;
  readonly severity: string | undefined;
  readonly status: string | undefined;
  readonly description: string | undefined;
  readonly source: string | undefined;
  readonly span: Span;
}

export interface Review {
  readonly by: string;
  readonly on: string | undefined;
  readonly decision: 'approved' | 'changes-requested';
  readonly model: string | undefined;
  readonly comment: string | undefined;
  /** The meaning of the file has changed since. */
  readonly outdated: boolean;
  readonly span: Span;
}
