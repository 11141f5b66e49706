import { AUTHOR_RULE, type Finding } from '../../analysis/index.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { controlsIn, satisfies } from '../../catalogue/satisfaction.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import type { Node, PlacedPair } from '../../syntax/tree.ts';
import { addToList } from '../collectionEdits.ts';
import { setEntry } from '../edits.ts';
import { writeScalar } from '../written.ts';
import type { Snapshot } from '../snapshot.ts';
import { withHoles, type Draft } from './action.ts';
import { inAQuarter, ownerOf } from './defaults.ts';

type Entries = readonly (readonly [key: string, value: string])[];

/**
 * Edits that accept a finding, with who answers for it, why and until when; the reason is left to the author. An
 * acceptance that no longer holds is renewed. `undefined` when the entry has no place, and for what cannot be accepted:
 * threats of the author's own, and findings that an organisation has made mandatory.
 */
export function acceptFinding(snapshot: Snapshot, finding: Finding): readonly Draft[] | undefined {
  const { model, catalogue } = snapshot;
  const { rule, subject, sources } = finding;
  if (rule === AUTHOR_RULE || isDemanded(rule, catalogue)) return undefined;
  const until = ['until', inAQuarter(snapshot.today)] as const;
  const from: Entries = sources.length > 0 ? [['from', `[${sources.join(', ')}]`]] : [];
  const known = model.accepted.find((acceptance) => acceptance.rule === rule && acceptance.at === subject);
  if (known) {
    const changes = known.until !== undefined && known.until < snapshot.today ? [...from, until] : from;
    const edits = changeEntry(snapshot, known.span, changes);
    return edits && withHoles(edits, [until]);
  }
  const owner = ['owner', writeScalar(ownerOf(snapshot, subject))] as const;
  const reason = ['reason', '""'] as const;
  const edits = addEntry(snapshot, [['rule', rule], ['at', subject], ...from, owner, reason, until]);
  return edits && withHoles(edits, [reason, ...(owner[1] === '""' ? [owner] : []), until]);
}

/** Whether an organisation demands what the rule asks for: such a finding cannot be accepted. */
function isDemanded(id: string, { rules, controls, mandatory }: Catalogue): boolean {
  const rule = rules.get(id);
  if (!rule || mandatory.size === 0) return false;
  const named = controlsIn(rule.satisfiedBy);
  const others = new Set(named.filter((control) => !mandatory.has(control)));
  return others.size < named.length && !satisfies(rule.satisfiedBy, others, controls);
}

function addEntry({ syntax, text }: Snapshot, entries: Entries): readonly TextEdit[] | undefined {
  const { eol, indent } = syntax;
  const lines = (column: number): string => entries.map(([key, value]) => `${key}: ${value}`).join(eol + ' '.repeat(column));
  const section = syntax.sections.find(({ pair }) => pair.key.text === 'accepted');
  if (!section) {
    const gap = text === '' ? '' : /\n$/.test(text) ? eol : `${eol}${eol}`;
    const entry = `${gap}accepted:${eol}${' '.repeat(indent)}- ${lines(indent + 2)}${eol}`;
    return [{ span: { start: text.length, end: text.length }, text: entry }];
  }
  const list = section.pair.value;
  if (list?.type !== 'seq') return undefined;
  if (list.flow) return addToList(syntax, section.base, list, `{ ${lines(0).replaceAll(eol, ', ')} }`);
  const first = list.items.find((item) => item !== null);
  const at = section.base + (first?.start ?? 0);
  return first && addToList(syntax, section.base, list, lines(at - (text.lastIndexOf('\n', at - 1) + 1)));
}

/** Sets keys of the entry of `accepted:` that is written at a place. */
function changeEntry({ syntax }: Snapshot, place: { readonly start: number }, entries: Entries): readonly TextEdit[] | undefined {
  const section = syntax.sections.find(({ pair }) => pair.key.text === 'accepted');
  const list = section?.pair.value;
  if (!section || list?.type !== 'seq') return undefined;
  const item = list.items.find((node): node is Node => node !== null && section.base + node.start === place.start);
  if (!item) return undefined;
  const owner: PlacedPair = { base: section.base, pair: { ...section.pair, value: item } };
  const edits = entries.map(([key, value]) => setEntry(syntax, owner, key, value));
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}
