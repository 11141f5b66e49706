import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import type { Diagnostic, Message } from 'vscode-languageserver/node';
import { StdoutWriter } from '../../../server/src/stdout.ts';

/** A writer, and all that was written piece by piece. */
function writing(): { readonly writer: StdoutWriter; readonly pieces: Buffer[] } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      pieces.push(Buffer.from(piece));
      done();
    },
  });
  return { writer: new StdoutWriter(stream), pieces };
}

/** The message in a piece, which must be exactly one. */
function read(piece: Buffer): unknown {
  const [head = '', body = ''] = piece.toString('utf8').split('\r\n\r\n');
  assert.equal(head, `Content-Length: ${Buffer.byteLength(body)}`);
  return JSON.parse(body);
}

function publication(diagnostics: readonly Diagnostic[]): Message {
  return { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: { uri: 'file:///ä', version: 3, diagnostics } } as Message;
}

const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } };

describe('messages on the standard output', () => {
  it('are written in one piece each, whatever characters they have', async () => {
    const { pieces, writer } = writing();
    const messages = [
      { jsonrpc: '2.0', method: 'a', params: ['ä → 😀 \u2028', '\ud800', ']}}'] },
      { jsonrpc: '2.0', id: 1, result: null },
      publication([]),
      publication([
        { range, message: 'Käse → 😀' },
        { range, message: ']}}' },
      ]),
    ];
    for (const message of messages) await writer.write(message as Message);
    assert.deepEqual(pieces.map(read), messages);
  });

  it('have a diagnostic as it was written before', async () => {
    const { pieces, writer } = writing();
    let asked = 0;
    const diagnostic: Diagnostic = {
      range,
      get message() {
        asked++;
        return 'Once';
      },
    };
    await writer.write(publication([diagnostic]));
    await writer.write(publication([{ range, message: 'Before' }, diagnostic]));
    assert.equal(asked, 1);
    assert.deepEqual(
      pieces.map((piece) => (read(piece) as { params: { diagnostics: Diagnostic[] } }).params.diagnostics.map(({ message }) => message)),
      [['Once'], ['Before', 'Once']],
    );
  });

  it('do not get into each other when they are written slowly', async () => {
    const pieces: Buffer[] = [];
    const slow = new Writable({
      write(piece: Buffer, _, done) {
        setImmediate(() => {
          pieces.push(Buffer.from(piece));
          done();
        });
      },
    });
    const writer = new StdoutWriter(slow);
    const messages = [4, 3, 2, 5].map((size) => publication([{ range, message: 'abcde'[size - 1]!.repeat(size * 1000) }]));
    for (const some of [messages, messages.toReversed()]) await Promise.all(some.map((message) => writer.write(message)));
    assert.deepEqual(pieces.map(read), [...messages, ...messages.toReversed()]);
  });

  it('say when nobody reads them', async () => {
    const broken = new StdoutWriter(new Writable({ write: (_, __, done) => done(new Error('nobody')) }));
    const errors: string[] = [];
    broken.onError(([error]) => errors.push(error.message));
    await assert.rejects(broken.write(publication([])), /nobody/);
    assert(errors.includes('nobody'));
  });
});
