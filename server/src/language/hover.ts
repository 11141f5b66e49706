import { AUTHOR_RULE, isOpen, missingText, MODEL_SUBJECT, presentText, type Found } from '../analysis/index.ts';
import type { Span } from '../syntax/tree.ts';
import type { Model } from '../model/model.ts';
import { cardOf, fileName, findingLine, paragraphs, principleText } from './cards.ts';
import { code, escapeMarkdown, escapeShort } from './markdown.ts';
import { drawn, meaningAt } from './meaning.ts';
import { pairsIn } from './pairsIn.ts';
import { wordAt } from './place.ts';
import type { Snapshot } from './snapshot.ts';

export interface Hover {
  readonly markdown: string;
  readonly span: Span;
}

/** What the word at an offset stands for, and the findings that are shown at it. */
export function hoverAt(snapshot: Snapshot, offset: number): Hover | undefined {
  const used = usedAt(snapshot, offset);
  if (used) return used;
  const place = wordAt(snapshot.text, offset);
  const meaning = meaningAt(place, snapshot.model, snapshot.catalogue);
  const card = meaning && cardOf(meaning, snapshot);
  // A thing's own card lists its findings already.
  const own = meaning && 'declared' in meaning ? meaning.id : undefined;
  const mayBeHere = foundAt(snapshot, offset);
  const here = snapshot.analysis.found
    .filter((found) => found.subject !== own && mayBeHere(found) && isOpen(found.state))
    .map((found) => snapshot.analysis.placed(found))
    .filter(({ span: { start, end } }) => start <= offset && offset <= end);
  const first = here[0];
  if (card === undefined && !first) return undefined;
  const markdown = paragraphs(card, ...here.slice(0, 3).map((finding) => findingText(finding, snapshot)));
  return { markdown, span: card === undefined && first ? first.span : place.word };
}

function findingText(finding: Snapshot['findings'][number], { catalogue, model }: Snapshot): string {
  const rule = catalogue.rules.get(finding.rule);
  const missing = missingText(finding, catalogue);
  const present = presentText(finding, catalogue);
  return paragraphs(
    `**${escapeMarkdown(rule?.title ?? finding.rule)}** (${findingLine(finding)})`,
    rule?.text.why,
    present && `**In place:** ${escapeMarkdown(present)}`,
    missing && `**To satisfy it:** ${escapeMarkdown(missing)}`,
    elsewhereText(finding, model),
    rule && `Principle: ${rule.principles.map(principleText).join(', ')}`,
  );
}

/** Tells which findings can be shown at an offset: those of the things that stand there, and of what no thing of this file is. */
function foundAt(snapshot: Snapshot, offset: number): (found: Found) => boolean {
  const { model } = snapshot;
  const here = new Set<string>([MODEL_SUBJECT]);
  for (const { pair } of pairsIn(snapshot, { start: offset, end: offset })) here.add(pair.key.text);
  const others = model.imported.length > 0;
  return ({ rule, subject }) => here.has(subject) || rule === AUTHOR_RULE || (others && drawn(model, subject)?.origin !== undefined);
}

/** What of the way is in other files: it can be mended there too, but not from here. */
function elsewhereText({ givers }: Snapshot['findings'][number], model: Model): string | undefined {
  const others = givers.flatMap((id) => drawn(model, id)?.origin ?? []);
  const names = others.slice(0, MOST).map(({ namespace, id, file }) => `${code(`${namespace}.${id}`)} in ${code(fileName(file))}`);
  if (names.length === 0) return undefined;
  return `**In other files:** ${names.join(', ')}${others.length > MOST ? ` and ${others.length - MOST} more` : ''}. What is added there counts here too.`;
}

/** The file that an entry of `use:` brings in, with what is to be done in it. */
function usedAt(snapshot: Snapshot, offset: number): Hover | undefined {
  for (const { entry, used } of snapshot.model.uses.values()) {
    const other = used && offset >= entry.start && offset <= entry.end ? snapshot.fileOf(used.file) : undefined;
    if (!used || !other) continue;
    const { title, description, elements, flows } = other.model;
    const open = other.analysis.found.filter(({ state }) => isOpen(state)).length;
    const markdown = paragraphs(
      `**${escapeShort(title ?? fileName(used.file))}** ${code(fileName(used.file))}`,
      description !== undefined && escapeShort(description),
      `${elements.size} elements, ${flows.size} flows; ${open === 0 ? 'no open findings' : `${open} open findings`} of its own.`,
    );
    return { markdown, span: entry };
  }
  return undefined;
}

const MOST = 4;
