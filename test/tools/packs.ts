import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readPackBase } from '../../server/catalogue/build.ts';
import type { PackBase } from '../../server/src/catalogue/pack/extend.ts';
import type { PackText } from '../../server/src/catalogue/pack/files.ts';

const built = await readPackBase().then(
  (it) => it,
  (error: Error) => error,
);

/** What packs are added to, read from its sources once per process. Throws with every problem of the sources. */
export function packBase(): PackBase {
  if (built instanceof Error) throw built;
  return built;
}

const PACKS = path.resolve(import.meta.dirname, '../fixtures/packs');

/** The files of `test/fixtures/packs/NAME`. */
export function packFixture(name: string): readonly PackText[] {
  const folder = path.join(PACKS, name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => ({ name: file.replaceAll('\\', '/'), text: readFileSync(path.join(folder, file), 'utf8') }));
}

/** A model that uses the kind of the fixture `good`, and breaks the rule in `ARM_RULE`. */
export const ARM_MODEL = `threatmodel: 1
elements:
  planner: { kind: agent }
  arm: { kind: robot-arm }
flows:
  move: { from: planner, to: arm, kind: tool-call }
`;
export const ARM_RULE = 'rules/agents/arm-without-stop.yaml';

/** The files of the fixture `good`, by name. */
export const GOOD_PACK: Readonly<Record<string, string>> = Object.fromEntries(packFixture('good').map(({ name, text }) => [name, text]));
