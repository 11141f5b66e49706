import type { Snapshot } from '../language/snapshot.ts';
import type { Assessment, assessmentProblems, EvidenceProblem } from '../posture/index.ts';
import type { ModelFiles } from './runtime.ts';
import { unawaited, type BugLog } from './safe.ts';

/** Where the report may be, and how to tell of it. */
export interface AssessmentHooks {
  /** `threatwright.assessment.report`. */
  path(): string;
  /** What there is to say of models may be different now. */
  changed(): void;
  /** Changes of this file are to be told: called once a path. */
  watch(path: string): void;
  /** A sentence for the author. */
  warn(sentence: string): unknown;
}

/** A report, and what can say what it means for a model. */
interface Read {
  readonly report: Assessment;
  readonly problemsOf: typeof assessmentProblems;
}

/**
 * The report of a Zero Trust Assessment that the author's settings name: a file in a folder of the workspace, read only
 * while the workspace is trusted, and again when it changes.
 */
export class AssessmentOfWorkspace {
  private readonly files: ModelFiles;
  private readonly log: BugLog;
  private readonly hooks: AssessmentHooks;
  private folders: readonly string[] = [];
  private path = '';
  private assessment: Read | undefined;
  private problems = new WeakMap<Snapshot, readonly EvidenceProblem[]>();
  private readings = 0;
  private readonly watched = new Set<string>();

  constructor(files: ModelFiles, log: BugLog, hooks: AssessmentHooks) {
    this.files = files;
    this.log = log;
    this.hooks = hooks;
  }

  /** The trusted folders of the workspace; none when it is not trusted. */
  follow(folders: readonly string[]): void {
    this.folders = folders;
    this.reload();
  }

  settingsChanged(): void {
    if (this.hooks.path() !== this.path) this.reload();
  }

  filesChanged(uris: readonly string[]): void {
    if (this.places().some((place) => uris.includes(place))) this.reload();
  }

  /** What the assessment has to say of a model; its summary is for reports. */
  problemsOf(snapshot: Snapshot): readonly EvidenceProblem[] {
    if (!this.assessment) return [];
    let known = this.problems.get(snapshot);
    if (!known) {
      const { model, analysis, catalogue } = snapshot;
      const all = this.assessment.problemsOf(this.assessment.report, model, analysis, catalogue);
      this.problems.set(
        snapshot,
        (known = all.filter(({ severity, omitted, suggestions }) => severity !== 'info' || omitted || suggestions)),
      );
    }
    return known;
  }

  private reload(): void {
    this.path = this.hooks.path();
    unawaited(this.log, 'assessment', this.read(++this.readings));
  }

  private async read(reading: number): Promise<void> {
    const read = await this.find();
    // Another reading has begun meanwhile.
    if (reading !== this.readings) return;
    const before = this.assessment;
    this.assessment = read && 'error' in read ? undefined : read;
    this.problems = new WeakMap();
    if (read && 'error' in read) this.hooks.warn(`No evidence can be taken from ${this.path}. ${read.error}`);
    if (before || this.assessment) this.hooks.changed();
  }

  private async find(): Promise<Read | { readonly error: string } | undefined> {
    if (this.path === '' || this.folders.length === 0) return undefined;
    const places = this.places();
    if (places.length > 0 && !this.watched.has(this.path)) this.hooks.watch(this.path);
    this.watched.add(this.path);
    if (places.length === 0) return { error: 'Name a file by its path below a folder of the workspace.' };
    for (const [at, place] of places.entries()) {
      if (!(await this.isBelow(place, this.folders[at] ?? ''))) continue;
      const stored = await this.files.read(place);
      if ('text' in stored) {
        const posture = await import('./late/showing.ts');
        const report = posture.readAssessment(stored.text);
        return 'error' in report ? report : { report, problemsOf: posture.assessmentProblems };
      }
      if (stored.refusal === 'too-large') return { error: 'It is larger than 8 MiB: the command line reads it.' };
    }
    return { error: 'There is no such file in the workspace.' };
  }

  /** A link may lead out of the folder. */
  private async isBelow(place: string, folder: string): Promise<boolean> {
    if (!this.files.real) return true;
    const [file, root] = await Promise.all([this.files.real(place), this.files.real(folder)]);
    return file !== undefined && root !== undefined && file.startsWith(`${root.replace(/\/+$/, '')}/`);
  }

  /** One for each folder; none when the path leads out of them. */
  private places(): readonly string[] {
    const parts = this.path.split(/[/\\]/);
    if (this.path === '' || parts.some((part) => part === '' || part === '..') || parts[0]?.includes(':')) return [];
    const below = parts.filter((part) => part !== '.').map(encodeURIComponent);
    return this.folders.map((folder) => [folder.replace(/\/+$/, ''), ...below].join('/'));
  }
}
