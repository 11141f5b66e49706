/** How far a long call is, on one line of a terminal that is there only while it works. */
export class Progress {
  private readonly write: ((text: string) => void) | undefined;
  private readonly total: number;
  private readonly began = Date.now();
  private done = 0;
  private shown = 0;

  /** `write`: only when the terminal can take a line back. */
  constructor(total: number, write: ((text: string) => void) | undefined) {
    this.total = total;
    this.write = write;
  }

  step(): void {
    this.done++;
    const now = Date.now();
    if (!this.write || now - this.began < SOON || now - this.shown < EVERY) return;
    this.shown = now;
    const width = Math.round((this.done / this.total) * WIDTH);
    this.write(`\r\u001b[2K${'█'.repeat(width)}${'░'.repeat(WIDTH - width)} ${this.done} of ${this.total} models`);
  }

  end(): void {
    if (this.shown > 0) this.write?.('\r\u001b[2K');
  }
}

/** Nobody needs it for what is done at once. */
const SOON = 500;
const EVERY = 100;
const WIDTH = 24;
