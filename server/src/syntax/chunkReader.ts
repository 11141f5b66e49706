import { detached } from './detached.ts';
import type { Reading } from './readChunk.ts';
import { readChunk } from './readChunk.ts';
import { differenceOf } from './textEdit.ts';

/** The chunks of one version in the order of the text, for the version after it. */
export interface ReadChunks {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly readings: readonly Reading[];
}

/**
 * Gives the readings of a version's chunks, asked for in the order of the text. A chunk whose text the version before
 * had is not read again: in the parts before and after the edit it is found by its place, in between by its text.
 */
export class ChunkReader {
  readonly #text: string;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #readings: Reading[] = [];
  readonly #before: ReadChunks | undefined;
  /** Up to here both versions are the same. */
  readonly #same: number;
  /** From here, counted in this version, both are the same again, `#shift` characters further. */
  readonly #sameAgain: number;
  readonly #shift: number;
  readonly #missing = new Set<string>();
  #byText: Map<string, Reading> | undefined;
  #cursor = 0;
  #fresh = 0;

  constructor(text: string, before: ReadChunks | undefined) {
    this.#text = text;
    this.#before = before;
    const old = before?.text ?? '';
    const { span } = differenceOf(old, text);
    this.#same = span.start;
    this.#shift = text.length - old.length;
    this.#sameAgain = span.end + this.#shift;
  }

  /** Chunks asked for. */
  get count(): number {
    return this.#readings.length;
  }

  /** Chunks parsed, because the version before did not have them. */
  get fresh(): number {
    return this.#fresh;
  }

  get chunks(): ReadChunks {
    return { text: this.#text, starts: this.#starts, ends: this.#ends, readings: this.#readings };
  }

  /** An alias in one chunk names an anchor in another. */
  get dependOnEachOther(): boolean {
    if (this.#missing.size === 0) return false;
    return this.#readings.some(({ anchors }) => anchors.some((name) => this.#missing.has(name)));
  }

  reading(start: number, end: number): Reading {
    return this.#keep(start, end, this.#atSamePlace(start, end) ?? this.#withSameText(this.#text.slice(start, end)));
  }

  #keep(start: number, end: number, reading: Reading): Reading {
    this.#starts.push(start);
    this.#ends.push(end);
    this.#readings.push(reading);
    if (reading.missing.length > 0) for (const name of reading.missing) this.#missing.add(name);
    return reading;
  }

  #atSamePlace(start: number, end: number): Reading | undefined {
    if (!this.#before || (end > this.#same && start < this.#sameAgain)) return undefined;
    const shift = end <= this.#same ? 0 : this.#shift;
    const { starts, ends, readings } = this.#before;
    if ((starts[this.#cursor] ?? 0) > start - shift) this.#cursor = 0;
    while ((starts[this.#cursor] ?? Infinity) < start - shift) this.#cursor++;
    if (starts[this.#cursor] !== start - shift || ends[this.#cursor] !== end - shift) return undefined;
    return readings[this.#cursor];
  }

  #withSameText(chunk: string): Reading {
    const known = this.#before && (this.#byText ??= this.#oldChunksOfEdit(this.#before));
    let reading = known?.get(chunk);
    if (!reading) {
      this.#fresh++;
      reading = readChunk(known ? detached(chunk) : chunk);
      known?.set(chunk, reading);
    }
    return reading;
  }

  /** The old version's chunks that the edit touches: the only ones that may be at another place now. */
  #oldChunksOfEdit({ text, starts, ends, readings }: ReadChunks): Map<string, Reading> {
    const known = new Map<string, Reading>();
    const until = this.#sameAgain - this.#shift;
    for (const [index, reading] of readings.entries()) {
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      if (end > this.#same && start < until) known.set(text.slice(start, end), reading);
    }
    return known;
  }
}
