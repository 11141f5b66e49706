import type { Catalogue } from '../catalogue/catalogue.ts';
import { MODEL_SUBJECT, type Finding } from '../analysis/index.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../syntax/index.ts';
import type { Posture, Progress, Roadmap } from '../posture/index.ts';
import { rangeIn, type FileReport } from './fileReport.ts';
import { code, type Text } from './document.ts';

/** A model with all that a report for reviewers may say of it. */
export interface ModelReport extends FileReport {
  readonly catalogue: Catalogue;
  readonly model: Model;
  readonly findings: readonly Finding[];
  readonly posture: Posture;
  readonly roadmap: Roadmap;
  /** Since a revision that somebody named. */
  readonly progress?: { readonly since: string; readonly between: Progress };
  /** What an assessment has to say of it. */
  readonly evidence?: readonly Problem[];
  /** The picture of the model, and how many boundaries it does not show the inside of. */
  readonly svg?: string;
  readonly closed?: number;
}

/** The model's title, else the name of its file. */
export function titleOf({ model, path }: Pick<ModelReport, 'model' | 'path'>): string {
  return model.title ?? path;
}

/** What a subject is called, with its id where that is another word. */
export function subjectText(model: Model, id: string): Text {
  const name = subjectName(model, id);
  return name === id ? [code(id)] : id === MODEL_SUBJECT ? [name] : [name, ' (', code(id), ')'];
}

/** What a subject is called: its title, the two ends of a flow, `The whole system`. */
export function subjectName(model: Model, id: string): string {
  if (id === MODEL_SUBJECT) return 'The whole system';
  const flow = model.flows.get(id);
  if (!flow) return (model.elements.get(id) ?? model.boundaries.get(id))?.title ?? id;
  if (flow.title !== flow.id) return flow.title;
  return `${model.elements.get(flow.from)?.title ?? flow.from} → ${model.elements.get(flow.to)?.title ?? flow.to}`;
}

/** Title and id of a control. */
export function controlText(catalogue: Catalogue, id: string): Text {
  const title = catalogue.controls.get(id)?.title;
  return title === undefined ? [code(id)] : [title, ' (', code(id), ')'];
}

export function lineNumber(report: FileReport, span: Parameters<typeof rangeIn>[1]): number {
  return rangeIn(report, span).start.line + 1;
}
