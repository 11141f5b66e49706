import { analyse, type Analysis, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { readModel, usedPaths, type Model, type Refusal } from '../model/index.ts';
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
  /** What the text uses, by the path as written. */
  readonly used: ReadonlyMap<string, UsedSnapshot>;
  /** The snapshot of any file whose things are in the model, see `Origin`. */
  fileOf(file: string): Snapshot | undefined;
}

/** What a path in `use:` leads to. `file` is the same for two paths when they lead to the same file. */
export type UsedSnapshot = { readonly file: string; readonly snapshot: Snapshot } | { readonly refusal: Refusal };

/** Looks up a path, as it is written in the text that a snapshot is taken of. */
export type UseFile = (path: string) => UsedSnapshot;

/** Told of an error of the program itself, which has cost a part of a snapshot and nothing more. */
export type OnBug = (part: 'model' | 'analysis', error: unknown) => void;

/**
 * The one way from a text to findings. Never throws: an error in one part is handed to `onBug`, and the parts before it
 * still say what they know. `previous` is the snapshot of an earlier version; it only saves work. Without `use`, which reads
 * other files, paths lead where they led in `previous`.
 */
export function takeSnapshot(
  text: string,
  catalogue: Catalogue,
  today: string,
  previous?: Snapshot,
  onBug?: OnBug,
  use?: UseFile,
): Snapshot {
  const known = previous instanceof TakenSnapshot ? previous : undefined;
  const syntax = parseDocument(text, known?.syntax);
  const used = lookUp(syntax, use ?? ((path) => known?.used.get(path) ?? { refusal: 'no-place' }));
  const files = new Map([...used].map(([path, it]) => [path, 'snapshot' in it ? { file: it.file, model: it.snapshot.model } : it]));
  // What was understood with other words says nothing.
  const understood = known?.catalogue === catalogue ? known : undefined;
  let model: Model;
  try {
    model = readModel(syntax, catalogue, { today, used: files }, understood?.model);
  } catch (error) {
    onBug?.('model', error);
    model = { ...readModel(parseDocument(''), catalogue, { today }), problems: syntax.problems };
  }
  return new TakenSnapshot(syntax, model, catalogue, today, used, understood?.newestAnalysis, onBug);
}

function lookUp(syntax: SyntaxDocument, use: UseFile): Snapshot['used'] {
  const paths = usedPaths(syntax);
  return paths.length === 0 ? NOTHING : new Map(paths.map((path) => [path, use(path)]));
}

const NOTHING: Snapshot['used'] = new Map();

class TakenSnapshot implements Snapshot {
  readonly syntax: SyntaxDocument;
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly used: Snapshot['used'];
  /** Of this version once it is done, until then of an earlier one. */
  newestAnalysis: Analysis | undefined;
  #done: Analysis | undefined;
  #problems: readonly Problem[] | undefined;
  #files: ReadonlyMap<string, Snapshot> | undefined;
  readonly #onBug: OnBug | undefined;

  constructor(
    syntax: SyntaxDocument,
    model: Model,
    catalogue: Catalogue,
    today: string,
    used: Snapshot['used'],
    earlier: Analysis | undefined,
    onBug: OnBug | undefined,
  ) {
    this.syntax = syntax;
    this.model = model;
    this.catalogue = catalogue;
    this.today = today;
    this.used = used;
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

  fileOf(file: string): Snapshot | undefined {
    if (this.used.size === 0) return undefined;
    return (this.#files ??= allFiles(this)).get(file);
  }

  #analyse(): Analysis {
    try {
      const analysisOf = (file: string): Analysis | undefined => this.fileOf(file)?.analysis;
      return analyse(this.model, this.catalogue, { today: this.today, analysisOf }, this.newestAnalysis);
    } catch (error) {
      this.#onBug?.('analysis', error);
      return NOT_DONE;
    }
  }
}

const NOT_DONE: Analysis = {
  found: [],
  findings: [],
  placed: (found) => found as Finding,
  problems: [],
  work: { components: 0, evaluated: 0, elements: 0 },
};

/** All that a snapshot uses, itself and through others, each once. */
function allFiles(snapshot: Snapshot): ReadonlyMap<string, Snapshot> {
  const files = new Map<string, Snapshot>();
  const add = ({ used }: Snapshot): void => {
    for (const it of used.values()) if ('snapshot' in it && !files.has(it.file)) files.set(it.file, it.snapshot);
  };
  add(snapshot);
  // A map grows at its end while it is walked.
  for (const other of files.values()) add(other);
  return files;
}
