import { list, paragraph, table, type Block, type Section, type Text } from '../document.ts';
import type { ModelReport } from '../modelReport.ts';
import { summaryText } from './posture.ts';

/** What the system is, in its author's words, and how it stands. */
export function overviewSection(report: ModelReport): Section {
  const { model, svg, closed = 0 } = report;
  const blocks: Block[] = [];
  if (model.description !== undefined) blocks.push(paragraph(model.description));
  const facts: (readonly [string, string | undefined])[] = [
    ['Owner', model.owner],
    ...[...model.properties].map(([name, { values }]) => [wordsOf(name), values.map(String).join(', ')] as const),
    ['Read as', model.completeness === 'draft' ? 'a draft: what is not said is not counted as missing' : undefined],
  ];
  const rows = facts.flatMap(([name, value]): Text[][] => (value === undefined ? [] : [[[name], [value]]]));
  if (rows.length > 0) blocks.push(table('The system', ['Property', 'Value'], rows));
  blocks.push(paragraph(...summaryText(report)));
  const errors = report.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    blocks.push(
      paragraph('The file has errors, so this report says only what could be understood:'),
      list(errors.map(({ message }) => [message])),
    );
  if (svg !== undefined) blocks.push({ type: 'diagram', title: 'Data flow diagram', svg });
  if (svg !== undefined && closed > 0) {
    const which = closed === 1 ? 'one trust boundary is' : `${closed} trust boundaries are`;
    blocks.push(paragraph(`The model is too large for one page, so ${which} drawn closed; the diagram in the editor opens them.`));
  }
  return { id: 'overview', title: 'Overview', blocks };
}

/** `riskTier` → `Risk tier` */
function wordsOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
