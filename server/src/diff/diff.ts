import { isOpen, type Finding } from '../analysis/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Model } from '../model/index.ts';
import { acceptancesOf, boundariesOf, controlsOf, dataOf, elementsOf, flowsOf, systemOf, type Facts, type Stated } from './facts.ts';

/** One of two versions of a model. */
export interface DiffSide {
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly findings: readonly Finding[];
}

export type PartName = 'system' | 'boundaries' | 'data' | 'elements' | 'flows' | 'controls' | 'accepted' | 'findings';

/** A thing that is in both versions and says something else; `undefined`: it did not, or does not, say it. */
export interface Change {
  readonly id: string;
  readonly title: string;
  readonly what: readonly { readonly name: string; readonly before: string | undefined; readonly after: string | undefined }[];
}
export interface Part {
  readonly name: PartName;
  readonly added: readonly Stated[];
  readonly removed: readonly Stated[];
  readonly changed: readonly Change[];
}

/** What is different between two versions of a model: in what it says, and in what is open because of that. */
export interface ModelDiff {
  /** Every part, in one order; one without a difference has empty lists. */
  readonly parts: readonly Part[];
}

/**
 * Compares by id, and findings by rule and subject, whatever the order and the format of the files. Within a list the order
 * is that of the newer version, of what was removed that of the older one.
 */
export function diffModels(before: DiffSide, after: DiffSide): ModelDiff {
  const controls = ({ model, catalogue }: DiffSide): readonly Stated[] =>
    controlsOf(model, (id) => catalogue.controls.get(id)?.title ?? id);
  return {
    parts: [
      compare('system', systemOf(before.model), systemOf(after.model)),
      compare('boundaries', boundariesOf(before.model), boundariesOf(after.model)),
      compare('data', dataOf(before.model), dataOf(after.model)),
      compare('elements', elementsOf(before.model), elementsOf(after.model)),
      compare('flows', flowsOf(before.model), flowsOf(after.model)),
      compare('controls', controls(before), controls(after)),
      compare('accepted', acceptancesOf(before.model), acceptancesOf(after.model)),
      compare('findings', openFindings(before), openFindings(after)),
    ],
  };
}

/** Whether there is no difference. */
export function isSame({ parts }: ModelDiff): boolean {
  return parts.every(({ added, removed, changed }) => added.length + removed.length + changed.length === 0);
}

/** What has become of the things that a picture shows, by their ids; a thing whose controls are others has changed. */
export function changesById({ parts }: ModelDiff): ReadonlyMap<string, 'added' | 'changed' | 'removed'> {
  const changes = new Map<string, 'added' | 'changed' | 'removed'>();
  for (const { name, added, removed, changed } of parts) {
    if (name === 'controls') {
      for (const { id } of [...added, ...removed, ...changed]) {
        const giver = id.slice(0, id.lastIndexOf(' '));
        if (!changes.has(giver)) changes.set(giver, 'changed');
      }
    }
    if (name !== 'boundaries' && name !== 'elements' && name !== 'flows') continue;
    for (const { id } of changed) changes.set(id, 'changed');
    for (const { id } of added) changes.set(id, 'added');
    for (const { id } of removed) changes.set(id, 'removed');
  }
  return changes;
}

function openFindings({ findings }: DiffSide): readonly Stated[] {
  return findings
    .filter(({ state }) => isOpen(state))
    .map(({ rule, subject, severity, state, message, sources }) => {
      const facts = new Map([
        ['severity', severity],
        ['state', state],
        ...(sources.length > 0 ? [['from', [...sources].sort().join(', ')] as const] : []),
      ]);
      return { id: `${subject} ${rule}`, title: message, facts };
    });
}

function compare(name: PartName, before: readonly Stated[], after: readonly Stated[]): Part {
  const was = new Map(before.map((it) => [it.id, it]));
  const is = new Map(after.map((it) => [it.id, it]));
  return {
    name,
    added: [...is.values()].filter(({ id }) => !was.has(id)),
    removed: [...was.values()].filter(({ id }) => !is.has(id)),
    changed: [...is.values()].flatMap((now) => {
      const then = was.get(now.id);
      const what = then ? changesOf(then.facts, now.facts) : [];
      return what.length > 0 ? [{ id: now.id, title: now.title, what }] : [];
    }),
  };
}

function changesOf(before: Facts, after: Facts): Change['what'] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }));
}
