import { spawn, type ChildProcess } from 'node:child_process';

/**
 * The leanest client there is: writes messages and looks only at the headers of what comes back, so that what is
 * measured is the server and the pipe, and not how fast a client reads JSON.
 */
export class RawClient {
  private readonly child: ChildProcess;
  private buffered: Buffer = Buffer.alloc(0);
  private waiting: { readonly marks: readonly string[]; readonly done: (body: string) => void } | undefined;
  private requests = 0;

  constructor(server: string) {
    // As on the first day: no earlier server has left code.
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
    this.child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.child.stdout!.on('data', (data: Buffer) => {
      this.buffered = this.buffered.length === 0 ? data : Buffer.concat([this.buffered, data]);
      this.take();
    });
  }

  async request(method: string, params: unknown): Promise<void> {
    const id = ++this.requests;
    const answered = this.until([`"id":${id},`]);
    this.send({ jsonrpc: '2.0', id, method, params });
    await answered;
  }

  notify(method: string, params: unknown): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** Resolves when the diagnostics of this version have arrived to the last byte. */
  diagnosed(version: number): Promise<void> {
    return this.until(['publishDiagnostics', `"version":${version},`]);
  }

  stop(): void {
    this.child.kill();
  }

  private until(marks: readonly string[]): Promise<void> {
    return new Promise((resolve) => (this.waiting = { marks, done: () => resolve() }));
  }

  private send(message: object): void {
    const body = JSON.stringify(message);
    this.child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  private take(): void {
    for (;;) {
      const end = this.buffered.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.buffered.toString('latin1', 0, end))?.[1]);
      if (this.buffered.length < end + 4 + length) return;
      // What tells messages apart stands at their beginning.
      const head = this.buffered.toString('utf8', end + 4, end + 4 + Math.min(length, 400));
      this.buffered = this.buffered.subarray(end + 4 + length);
      if (this.waiting?.marks.every((mark) => head.includes(mark))) this.waiting.done(head);
    }
  }
}
