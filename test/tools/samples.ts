import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FOLDER = new URL('../../samples/', import.meta.url);
const ENDING = '.threatmodel.yaml';

/** A finding as somebody expected it before the engine ran. */
export interface ExpectedFinding {
  readonly rule: string;
  /** Id of the element, flow or boundary, or `$model`. */
  readonly at: string;
  /** `open` when silent. */
  readonly state?: string;
  /** Rules that are folded into it. */
  readonly also?: readonly string[];
  /** Why a reviewer wants it. */
  readonly why: string;
}

export interface Sample {
  /** `rag-chat.before` */
  readonly name: string;
  readonly text: string;
  readonly expected: readonly ExpectedFinding[];
}

/** The models of `samples/` with what is expected of them, by name. */
export function readSamples(): Sample[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) => {
      const name = file.slice(0, -ENDING.length);
      return { name, text: read(file), expected: parse(read(`${name}.expected.yaml`)) as ExpectedFinding[] };
    });
}

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}
