import { isOpen, type Finding } from '../../analysis/index.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Action } from './action.ts';
import { clearingsOf } from './clearing.ts';

/** So many findings are cleared at once, so that the answer comes while somebody waits. */
const MOST = 200;

/** Clears every open finding of a rule in its preferred way; nothing when the rule has only one. */
export function fixAllOfRule(snapshot: Snapshot, finding: Finding): Action | undefined {
  const all = (openByRule(snapshot).get(finding.rule) ?? []).slice(0, MOST);
  if (all.length < 2) return undefined;
  const title = snapshot.catalogue.rules.get(finding.rule)?.title ?? finding.rule;
  return {
    kind: 'quickfix',
    title: `Fix all ${all.length} findings of "${title}" in this file`,
    preferred: false,
    about: finding,
    edits: () => together(snapshot, all),
  };
}

function openByRule(snapshot: Snapshot): ReadonlyMap<string, readonly Finding[]> {
  const known = byRule.get(snapshot);
  if (known) return known;
  const groups = new Map<string, Finding[]>();
  for (const finding of snapshot.findings) {
    if (!isOpen(finding.state)) continue;
    const group = groups.get(finding.rule);
    if (group) group.push(finding);
    else groups.set(finding.rule, [finding]);
  }
  byRule.set(snapshot, groups);
  return groups;
}

const byRule = new WeakMap<Snapshot, ReadonlyMap<string, readonly Finding[]>>();

/** The preferred clearing of each finding; what another one does as well is done once, and what collides is left out. */
function together(snapshot: Snapshot, findings: readonly Finding[]): readonly TextEdit[] | undefined {
  const edits = new Map<number, TextEdit>();
  for (const finding of findings) {
    const [first] = clearingsOf(snapshot, finding);
    const own = first?.preferred ? first.edits : [];
    if (own.some((edit) => (edits.get(edit.span.start)?.text ?? edit.text) !== edit.text)) continue;
    for (const edit of own) edits.set(edit.span.start, edit);
  }
  return edits.size > 0 ? [...edits.values()] : undefined;
}
