import { AbstractMessageWriter, type Diagnostic, type Message, type MessageWriter } from 'vscode-languageserver/node';

/**
 * Writes the messages of the language server to its standard output: each at once and in one piece, head and body, and a
 * diagnostic that was written before (the same object) as it was written before. All in ASCII, which is copied and not encoded.
 */
export class StdoutWriter extends AbstractMessageWriter implements MessageWriter {
  private readonly stream: NodeJS.WritableStream;
  private readonly written = new WeakMap<Diagnostic, string>();
  private errors = 0;

  constructor(stream: NodeJS.WritableStream) {
    super();
    this.stream = stream;
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const body = this.bodyOf(message);
    return new Promise((done, fail) => {
      this.stream.write(`Content-Length: ${body.length}\r\n\r\n${body}`, 'latin1', (error) => {
        if (!error) return done();
        this.fireError(error, message, ++this.errors);
        fail(error);
      });
    });
  }

  end(): void {
    this.stream.end();
  }

  private bodyOf(message: Message): string {
    if (!isPublication(message)) return ascii(message);
    const { diagnostics, ...params } = message.params;
    const around = ascii({ ...message, params: { ...params, diagnostics: [] } });
    const end = around.length - ']}}'.length;
    let body = around.slice(0, end);
    // Strings that are put together so are copied once, when they are written.
    diagnostics.forEach((diagnostic, at) => (body += (at > 0 ? ',' : '') + this.textOf(diagnostic)));
    return body + around.slice(end);
  }

  private textOf(diagnostic: Diagnostic): string {
    let text = this.written.get(diagnostic);
    if (text === undefined) this.written.set(diagnostic, (text = ascii(diagnostic)));
    return text;
  }
}

interface Publication extends Message {
  readonly params: { readonly diagnostics: readonly Diagnostic[] };
}

function isPublication(message: Message): message is Publication {
  return (message as { readonly method?: unknown }).method === 'textDocument/publishDiagnostics';
}

/** JSON may name every other character by its number. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
