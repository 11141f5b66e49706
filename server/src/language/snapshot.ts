import { analyse, type Analysis } from '../analysis/analyse.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/model.ts';
import { readModel } from '../model/read.ts';
import type { SyntaxDocument } from '../syntax/document.ts';
import { parseDocument } from '../syntax/parseDocument.ts';
import type { Problem } from '../syntax/problem.ts';

/** One version of a text with all that is known of it: what editor, command line and tests share. Immutable. */
export interface Snapshot {
  readonly text: string;
  readonly catalogue: Catalogue;
  /** ISO date, see `AnalysisOptions`. */
  readonly today: string;
  readonly syntax: SyntaxDocument;
  readonly model: Model;
  /** Done when it is first asked for. */
  readonly analysis: Analysis;
  /** Mistakes in the file, and what the analysis has to say of it, in source order. */
  readonly problems: readonly Problem[];
  /** See `Analysis`. */
  readonly findings: readonly Finding[];
}

/** Told of an error of the program itself, which has cost a part of a snapshot and nothing more. */
export type OnBug = (part: 'model' | 'analysis', error: unknown) => void;

/**
 * The one way from a text to findings. Never throws: an error in one part is handed to `onBug`, and the parts before it
 * still say what they know. `previous` is the snapshot of the version before; it only saves work.
 */
export function takeSnapshot(text: string, catalogue: Catalogue, today: string, previous?: Snapshot, onBug?: OnBug): Snapshot {
  const syntax = parseDocument(text, previous?.syntax);
  const model = modelOf(syntax, catalogue, today, previous, onBug);
  let analysis: Analysis | undefined;
  return {
    text,
    catalogue,
    today,
    syntax,
    model,
    get analysis() {
      return (analysis ??= analysisOf(model, catalogue, today, onBug));
    },
    get problems() {
      return [...model.problems, ...this.analysis.problems].sort((a, b) => a.span.start - b.span.start);
    },
    get findings() {
      return this.analysis.findings;
    },
  };
}

function modelOf(syntax: SyntaxDocument, catalogue: Catalogue, today: string, previous: Snapshot | undefined, onBug?: OnBug): Model {
  try {
    return readModel(syntax, catalogue, { today }, previous?.model);
  } catch (error) {
    onBug?.('model', error);
    return { ...readModel(parseDocument(''), catalogue, { today }), problems: syntax.problems };
  }
}

function analysisOf(model: Model, catalogue: Catalogue, today: string, onBug?: OnBug): Analysis {
  try {
    return analyse(model, catalogue, { today });
  } catch (error) {
    onBug?.('analysis', error);
    return { findings: [], problems: [] };
  }
}
