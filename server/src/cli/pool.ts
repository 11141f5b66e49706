import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Finding } from '../analysis/index.ts';
import { Checker, type Checked, type CheckOptions } from './checker.ts';
import type { ModelFile } from './models.ts';
import { Packs } from './packs.ts';
import type { Installation } from './surroundings.ts';

/** Fewer are checked before another thread has started. */
const MANY = 64;
const BATCH = 8;
/** Each thread has a catalogue of its own. */
const MOST_THREADS = 8;

interface Batch {
  readonly at: number;
  readonly files: readonly ModelFile[];
}
type Answer = { readonly at: number; readonly reports: readonly Checked[] } | { readonly bug: unknown };

/** Whether it is worth while to check so many models in several threads. */
export function isWorthPool(count: number): boolean {
  return count >= MANY && availableParallelism() > 1;
}

/**
 * Checks models in several threads, each of which runs `program` as a worker. What a thread that breaks down leaves undone is
 * missing in the answer, which has a place for each file.
 */
export async function checkInPool(
  files: readonly ModelFile[],
  options: CheckOptions,
  program: string,
  on: { readonly bug: (error: unknown) => void; readonly step: () => void },
): Promise<(Checked | undefined)[]> {
  const reports = new Array<Checked | undefined>(files.length).fill(undefined);
  let next = 0;
  const work = (): Promise<void> =>
    new Promise((resolve) => {
      const worker = new Worker(program, { workerData: { checking: options } });
      const more = (): void => {
        const at = next;
        next += BATCH;
        if (at >= files.length) void worker.terminate();
        else worker.postMessage({ at, files: files.slice(at, next) } satisfies Batch);
      };
      worker.on('message', (answer: Answer) => {
        if ('bug' in answer) return on.bug(answer.bug);
        for (const [index, report] of answer.reports.entries()) {
          reports[answer.at + index] = report;
          on.step();
        }
        more();
      });
      worker.on('error', on.bug);
      worker.on('exit', () => resolve());
      more();
    });
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(files.length / BATCH));
  await Promise.all(Array.from({ length: threads }, work));
  return reports;
}

/** The other side: answers batch by batch until it is ended. */
export function runPoolWorker(installation: Installation): void {
  const port = parentPort;
  const { checking } = workerData as { checking: CheckOptions };
  const checker = new Checker(new Packs(installation), checking, (bug) => port?.postMessage({ bug } satisfies Answer));
  port?.on('message', ({ at, files }: Batch) => {
    void Promise.all(files.map((file) => checker.check(file))).then((reports) =>
      port.postMessage({ at, reports: reports.map(plainReport) } satisfies Answer),
    );
  });
}

/** What can be sent to another thread: all but the catalogue, which the other one has. */
function plainReport({ catalogue: _, findings, acceptances = [], ...report }: Checked): Checked {
  return {
    ...report,
    findings: findings.map(plainFinding),
    acceptances: acceptances.map(({ rule, at, from, owner, reason, until, span, untilSpan }) => {
      return { rule, at, from, owner, reason, until, span, untilSpan };
    }),
  };
}

const NOTHING = {};

/** Findings say their words when they are asked. What only an editor wants is left out. */
function plainFinding(finding: Finding): Finding {
  const { rule, severity, fullSeverity, state, subject, message, span, missing, present, related, sources, also, fingerprint } = finding;
  return {
    ...{ rule, severity, fullSeverity, state, subject, message, span, missing, present, sources, also, fingerprint },
    related: related.map((place) => ({ subject: place.subject, message: place.message, span: place.span })),
    trail: [],
    givers: [],
    essence: NOTHING,
  };
}
