import { isOpen, missingText, presentText } from '../analysis/index.ts';
import type { Span } from '../syntax/tree.ts';
import { cardOf, findingLine, paragraphs, principleText } from './cards.ts';
import { escapeMarkdown } from './markdown.ts';
import { meaningAt } from './meaning.ts';
import { placeAt } from './place.ts';
import type { Snapshot } from './snapshot.ts';

export interface Hover {
  readonly markdown: string;
  readonly span: Span;
}

/** What the word at an offset stands for, and the findings that are shown at it. */
export function hoverAt(snapshot: Snapshot, offset: number): Hover | undefined {
  const place = placeAt(snapshot.text, offset);
  const meaning = meaningAt(place, snapshot.model, snapshot.catalogue);
  const card = meaning && cardOf(meaning, snapshot);
  // A thing's own card lists its findings already.
  const own = meaning && 'declared' in meaning ? meaning.id : undefined;
  const here = snapshot.findings.filter(
    (finding) => isOpen(finding.state) && finding.subject !== own && finding.span.start <= offset && offset <= finding.span.end,
  );
  const first = here[0];
  if (card === undefined && !first) return undefined;
  const markdown = paragraphs(card, ...here.slice(0, 3).map((finding) => findingText(finding, snapshot)));
  return { markdown, span: card === undefined && first ? first.span : place.word };
}

function findingText(finding: Snapshot['findings'][number], { catalogue }: Snapshot): string {
  const rule = catalogue.rules.get(finding.rule);
  const missing = missingText(finding, catalogue);
  const present = presentText(finding, catalogue);
  return paragraphs(
    `**${escapeMarkdown(rule?.title ?? finding.rule)}** (${findingLine(finding)})`,
    rule?.text.why,
    present && `**In place:** ${escapeMarkdown(present)}`,
    missing && `**To satisfy it:** ${escapeMarkdown(missing)}`,
    rule && `Principle: ${rule.principles.map(principleText).join(', ')}`,
  );
}
