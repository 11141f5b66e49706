import { analyse, type Analysis, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { readModel, type Model } from '../model/index.ts';
import { parseDocument, type Problem, type SyntaxDocument } from '../syntax/index.ts';

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
 * still say what they know. `previous` is the snapshot of an earlier version; it only saves work.
 */
export function takeSnapshot(text: string, catalogue: Catalogue, today: string, previous?: Snapshot, onBug?: OnBug): Snapshot {
  const known = previous instanceof TakenSnapshot ? previous : undefined;
  const syntax = parseDocument(text, known?.syntax);
  // What was understood with other words says nothing.
  const understood = known?.catalogue === catalogue ? known : undefined;
  let model: Model;
  try {
    model = readModel(syntax, catalogue, { today }, understood?.model);
  } catch (error) {
    onBug?.('model', error);
    model = { ...readModel(parseDocument(''), catalogue, { today }), problems: syntax.problems };
  }
  return new TakenSnapshot(syntax, model, catalogue, today, understood?.newestAnalysis, onBug);
}

class TakenSnapshot implements Snapshot {
  readonly syntax: SyntaxDocument;
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly today: string;
  /** Of this version once it is done, until then of an earlier one. */
  newestAnalysis: Analysis | undefined;
  #done: Analysis | undefined;
  #problems: readonly Problem[] | undefined;
  readonly #onBug: OnBug | undefined;

  constructor(syntax: SyntaxDocument, model: Model, catalogue: Catalogue, today: string, earlier?: Analysis, onBug?: OnBug) {
    this.syntax = syntax;
    this.model = model;
    this.catalogue = catalogue;
    this.today = today;
    this.newestAnalysis = earlier;
    this.#onBug = onBug;
  }

  get text(): string {
    return this.syntax.text;
  }

  get analysis(): Analysis {
    return (this.#done ??= this.newestAnalysis = this.#analyse());
  }

  get problems(): readonly Problem[] {
    return (this.#problems ??= [...this.model.problems, ...this.analysis.problems].sort((a, b) => a.span.start - b.span.start));
  }

  get findings(): readonly Finding[] {
    return this.analysis.findings;
  }

  #analyse(): Analysis {
    try {
      return analyse(this.model, this.catalogue, { today: this.today }, this.newestAnalysis);
    } catch (error) {
      this.#onBug?.('analysis', error);
      return { findings: [], problems: [], work: { components: 0, evaluated: 0, elements: 0 } };
    }
  }
}
