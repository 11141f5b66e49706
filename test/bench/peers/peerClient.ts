import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { PeerProgram } from './install.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}
export interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly range: { readonly start: Place } }[];
}
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** A server has taken longer than anybody waits. */
export class GivenUp extends Error {}

/**
 * An editor as small as can be, for any language server: it grants what it is asked for, and times are taken when the last
 * byte of an answer has come, before it is read.
 */
export class PeerClient {
  private readonly child: ChildProcess;
  private chunks: Buffer[] = [];
  private missing = 0;
  private waiting: ((message: Message, arrived: number) => boolean) | undefined;
  private requests = 0;

  constructor({ program, args }: PeerProgram, env: NodeJS.ProcessEnv) {
    this.child = spawn(program, [...args, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, ...env } });
    this.child.stdout!.on('data', (data: Buffer) => this.take(data));
  }

  /** Milliseconds until the answer; rejects with `GivenUp`. */
  request(method: string, params: unknown, most: number): Promise<number> {
    const id = ++this.requests;
    return this.timed(most, { id, method, params }, (message) => message.id === id && message.method === undefined);
  }

  /** Milliseconds until diagnostics are published for which `isIt` holds; rejects with `GivenUp`. */
  notify(method: string, params: unknown, most: number, isIt: (published: Published) => boolean): Promise<number> {
    return this.timed(
      most,
      { method, params },
      (message) => message.method === 'textDocument/publishDiagnostics' && isIt(message.params as Published),
    );
  }

  send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** MB; undefined where the system does not say. */
  peakMemory(): number | undefined {
    try {
      const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1];
      return peak === undefined ? undefined : Number(peak) / 1000;
    } catch {
      return undefined;
    }
  }

  /** As an editor does that is closed. */
  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    const late = setTimeout(() => this.stop(), 10_000);
    await this.request('shutdown', undefined, 10_000);
    this.send({ method: 'exit' });
    await ended;
    clearTimeout(late);
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private timed(most: number, message: object, isIt: (message: Message) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const end = setTimeout(() => {
        this.waiting = undefined;
        reject(new GivenUp());
      }, most);
      this.waiting = (received, arrived) => {
        if (!isIt(received)) return false;
        clearTimeout(end);
        resolve(arrived - began);
        return true;
      };
      this.send(message);
    });
  }

  private take(data: Buffer): void {
    this.chunks.push(data);
    this.missing -= data.length;
    if (this.missing > 0) return;
    let buffer = Buffer.concat(this.chunks);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      const length = end < 0 ? 0 : Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, end))?.[1]);
      this.missing = end < 0 ? 0 : end + 4 + length - buffer.length;
      if (end < 0 || this.missing > 0) break;
      const arrived = performance.now();
      const message = JSON.parse(buffer.toString('utf8', end + 4, end + 4 + length)) as Message;
      buffer = buffer.subarray(end + 4 + length);
      if (message.method !== undefined && message.id !== undefined) this.grant(message);
      else if (this.waiting?.(message, arrived)) this.waiting = undefined;
    }
    this.chunks = [buffer];
  }

  /** Nobody's settings, and whatever else it may be. */
  private grant({ id, method, params }: Message): void {
    const items = method === 'workspace/configuration' ? (params as { readonly items: readonly unknown[] }).items : undefined;
    this.send({ id, result: items ? items.map(() => null) : null });
  }
}
