import type { Catalogue } from '../catalogue/catalogue.ts';

/** Kinds are asked about for every rule and every element or flow, so they have numbers and sets of them are bytes. */
export interface Kinded {
  /** See `KindNumbers`. */
  readonly kindNumber: number;
}

/** Some kinds of element, of flow, of data or of boundary. */
export class KindSet {
  readonly names: readonly string[];
  private readonly bytes: Uint8Array;

  constructor(names: readonly string[], numbers: KindNumbers) {
    this.names = names;
    this.bytes = new Uint8Array(numbers.count);
    for (const name of names) this.bytes[numbers.of(name)] = 1;
    this.bytes[UNKNOWN_KIND] = 0;
  }

  has({ kindNumber }: Kinded): boolean {
    return this.bytes[kindNumber] === 1;
  }

  /** Whether some of these kinds is in the set. */
  meets(kindNumbers: readonly number[]): boolean {
    for (let at = 0; at < kindNumbers.length; at++) if (this.bytes[kindNumbers[at]!] === 1) return true;
    return false;
  }
}

/** Of every kind that the catalogue does not have: no set of kinds has it. */
const UNKNOWN_KIND = 0;

/** The numbers of the kinds of element, of flow, of data or of boundary of a catalogue. */
export class KindNumbers {
  readonly count: number;
  private readonly numbers = new Map<string, number>();
  private readonly sets = new Map<string, KindSet>();

  constructor(kinds: Iterable<string>) {
    for (const kind of kinds) this.numbers.set(kind, this.numbers.size + 1);
    this.count = this.numbers.size + 1;
  }

  of(kind: string): number {
    return this.numbers.get(kind) ?? UNKNOWN_KIND;
  }

  /** The one set of these kinds, so that what is known of a set is known for all rules that name it. */
  set(kinds: Iterable<string>): KindSet {
    const names = [...new Set(kinds)].sort();
    const key = names.join(' ');
    let set = this.sets.get(key);
    if (!set) this.sets.set(key, (set = new KindSet(names, this)));
    return set;
  }
}

interface Numbers {
  readonly element: KindNumbers;
  readonly flow: KindNumbers;
  readonly data: KindNumbers;
  readonly boundary: KindNumbers;
}

const known = new WeakMap<Catalogue, Numbers>();

export function kindNumbers(catalogue: Catalogue): Numbers {
  let numbers = known.get(catalogue);
  if (!numbers) {
    const { elementKinds, flowKinds, dataKinds, boundaryKinds } = catalogue;
    numbers = {
      element: new KindNumbers(elementKinds.keys()),
      flow: new KindNumbers(flowKinds.keys()),
      data: new KindNumbers(dataKinds.keys()),
      boundary: new KindNumbers(boundaryKinds.keys()),
    };
    known.set(catalogue, numbers);
  }
  return numbers;
}
