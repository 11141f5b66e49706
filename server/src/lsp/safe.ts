import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';

/** Tells of errors of the server itself, each once, however often it comes. */
export class BugLog {
  private readonly told = new Set<string>();
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  report(part: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // The message and where it was thrown: what called it differs from time to time.
    const name = [part, ...text.split('\n', 2)].join('\n');
    if (this.told.has(name)) return;
    this.told.add(name);
    this.connection.console.error(`Error in ${part}: ${text}`);
  }
}

type Answer<R> = R | ResponseError<never>;

/**
 * A handler of requests that never fails: an error is logged and answered with `otherwise`, so that a bug in one feature,
 * or a request that makes no sense, costs nothing else. A cancelled request is answered as such.
 */
export function safely<P, R>(
  log: BugLog,
  part: string,
  otherwise: R,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<Answer<R>> {
  const cancelled = (): Answer<R> => new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
  return async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      const answer = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : answer;
    } catch (error) {
      log.report(part, error);
      return otherwise;
    }
  };
}

/** Lets something be done that nobody waits for: when it fails, for example because the client refuses, that is logged. */
export function unawaited(log: BugLog, part: string, done: Promise<unknown>): void {
  done.catch((error: unknown) => log.report(part, error));
}
