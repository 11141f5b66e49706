import { WorkDoneProgressReporter, type CancellationToken, type Connection } from 'vscode-languageserver';

/** Fewer models take no time that anybody would like to see pass. */
const MANY = 20;

/** Shows how far the check of many models is. The author may end it. */
export class Progress {
  private readonly connection: Connection;
  private readonly count: number;
  private readonly given: WorkDoneProgressReporter;
  private shown: Promise<WorkDoneProgressReporter> | undefined;
  private cancelled: CancellationToken | undefined;
  private steps = 0;
  private over = false;

  /** `given`: where the client wants to see it; when it does not say, it is asked. */
  constructor(connection: Connection, given: WorkDoneProgressReporter, count: number) {
    this.connection = connection;
    this.given = given;
    this.count = count;
  }

  get isCancelled(): boolean {
    return this.cancelled?.isCancellationRequested ?? false;
  }

  /** Another model is checked, the one at `index`. */
  step(index: number): void {
    if (++this.steps < MANY) return;
    this.shown ??= this.begin();
    if (this.steps % MANY > 0) return;
    const text = `${index} of ${this.count}`;
    void this.shown.then((reporter) => this.over || reporter.report(Math.floor((100 * index) / this.count), text));
  }

  done(): void {
    this.over = true;
    void this.shown?.then((reporter) => reporter.done());
  }

  private async begin(): Promise<WorkDoneProgressReporter> {
    const created = WorkDoneProgressReporter.isNullInstance(this.given) ? await this.connection.window.createWorkDoneProgress() : undefined;
    this.cancelled = created?.token;
    const reporter = created ?? this.given;
    reporter.begin('Checking threat models', 0, undefined, true);
    return reporter;
  }
}
