import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes, ResponseError, type Connection } from 'vscode-languageserver';
import { BugLog, safely } from '../../server/src/lsp/safe.ts';

describe('a safe handler', () => {
  let told: string[];
  let log: BugLog;
  let source: CancellationTokenSource;
  beforeEach(() => {
    told = [];
    log = new BugLog({ console: { error: (text: string) => told.push(text) } } as unknown as Connection);
    source = new CancellationTokenSource();
  });

  function isCancelled(answer: unknown): boolean {
    return answer instanceof ResponseError && answer.code === LSPErrorCodes.RequestCancelled;
  }

  it('hands on what the handler answers', async () => {
    const handler = safely(log, 'part', null, (text: string) => text.length as number | null);
    assert.equal(await handler('four', source.token), 4);
  });

  it('answers otherwise when the handler fails, and tells of one error once', async () => {
    const handler = safely(log, 'part', null, (text: string) => {
      throw new Error(text);
    });
    for (const text of ['one', 'one', 'two']) assert.equal(await handler(text, source.token), null);
    assert.equal(told.length, 2);
    assert.match(told[0] ?? '', /^Error in part: Error: one/);
  });

  it('does not begin what is cancelled', async () => {
    let begun = false;
    const handler = safely(log, 'part', null, () => {
      begun = true;
      return null;
    });
    source.cancel();
    assert.ok(isCancelled(await handler(undefined, source.token)));
    assert.equal(begun, false);
  });

  it('does not hand on the answer of what was cancelled on the way', async () => {
    const handler = safely(log, 'part', null, async () => {
      source.cancel();
      await Promise.resolve();
      return null;
    });
    assert.ok(isCancelled(await handler(undefined, source.token)));
  });
});
