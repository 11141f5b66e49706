import { realpathSync } from 'node:fs';
import { assessmentProblems, type Assessment } from '../posture/index.ts';
import type { FileReport, Fix } from '../report/index.ts';
import type { Problem } from '../syntax/index.ts';
import type { Snapshot } from '../language/snapshot.ts';
import { preferredFixes } from './fixes.ts';
import { mendFile } from './mend.ts';
import { readInput, type ModelFile, type ModelText } from './models.ts';
import type { Packs } from './packs.ts';
import { filesUsedBy, Snapshots } from './snapshots.ts';

/** What is the same for all models of a call. */
export interface CheckOptions {
  readonly today: string;
  readonly assessment: Assessment | undefined;
  /** At most so many fixes are looked for in each file: each costs a trial. */
  readonly fixes: number;
  /** Mends what is safe to mend in the files themselves. */
  readonly fix: boolean;
}

/** A checked file, or one that could not be read: its only problem says why. */
export interface Checked extends FileReport {
  readonly unread?: string;
  /** The files that it uses, see `filesUsedBy`. */
  readonly uses?: ReadonlySet<string>;
  /** Mistakes were mended in the file. */
  readonly isMended?: boolean;
}

type OnBug = (error: unknown) => void;

/** Checks models one by one. */
export class Checker {
  private readonly options: CheckOptions;
  private readonly snapshots: Snapshots;
  private readonly onBug: OnBug;

  constructor(packs: Packs, options: CheckOptions, onBug: OnBug) {
    this.options = options;
    this.onBug = onBug;
    this.snapshots = new Snapshots(packs, options.today, (_, error) => onBug(error));
  }

  /** Never rejects. */
  async check(file: ModelFile): Promise<Checked> {
    const input = await readInput(file);
    if ('error' in input) return unreadReport(input.path, input.error);
    return this.report(input);
  }

  /** A bug costs a part of one file and never the gate: it is a problem of the file like any other error. */
  private report(input: ModelText): Checked {
    const bugs: Problem[] = [];
    const onBug = (part: string, error: unknown): void => {
      this.onBug(error);
      bugs.push(wholeFile('internal-error', `An error of the program itself: the ${part} of this file is incomplete.`));
    };
    const first = this.snapshots.of(input, onBug);
    const mended = this.options.fix && input.path !== '-' ? mendFile(input.path, first) : undefined;
    const isMended = mended !== undefined && 'text' in mended;
    if (mended !== undefined && 'error' in mended) bugs.push(wholeFile('not-mended', mended.error));
    const snapshot = isMended ? this.snapshots.of({ ...input, text: mended.text }, onBug) : first;
    const { catalogue, problems, findings, model, analysis } = snapshot;
    const { assessment } = this.options;
    const evidence = assessment ? assessmentProblems(assessment, model, analysis, catalogue) : [];
    return {
      path: input.path,
      text: snapshot.text,
      catalogue,
      findings,
      problems: [...problems, ...bugs, ...evidence],
      acceptances: model.accepted,
      isMended,
      ...(input.path !== '-' && { uses: filesUsedBy(realpathSync.native(input.path), snapshot) }),
      ...this.fixesOf(snapshot),
    };
  }

  private fixesOf(snapshot: Snapshot): { readonly fixes?: ReadonlyMap<string, Fix> } {
    if (this.options.fixes === 0) return {};
    try {
      return { fixes: preferredFixes(snapshot, this.options.fixes) };
    } catch (error) {
      this.onBug(error);
      return {};
    }
  }
}

export function unreadReport(path: string, error: string): Checked {
  return { path, text: '', problems: [wholeFile('unreadable-file', error)], findings: [], unread: error };
}

function wholeFile(code: string, message: string): Problem {
  return { code, severity: 'error', message, span: { start: 0, end: 0 } };
}
