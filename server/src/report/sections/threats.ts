import { isThreatOpen, strideTable, type StrideCell, type Threat } from '../../posture/index.ts';
import { code, joined, mark, paragraph, table, type Block, type Section, type Text } from '../document.ts';
import { controlText, subjectText, type ModelReport } from '../modelReport.ts';
import { places } from './posture.ts';

/** What was considered, not only what is wrong: STRIDE per element, and each threat with what became of it. */
export function threatsSection(report: ModelReport): Section {
  const { posture, model, catalogue } = report;
  const { columns, rows } = strideTable(posture.threats, model, catalogue);
  if (posture.threats.length === 0)
    return { id: 'threats', title: 'Threats considered', blocks: [paragraph('No rule has an opinion on this model.')] };
  // Families of categories, such as LINDDUN, are named before the colon: a table each, or it is too wide to read.
  const families = [...new Set(columns.map(({ title }) => familyOf(title)))];
  const tables = families.map((family) => {
    const mine = columns.flatMap(({ title }, at) =>
      familyOf(title) === family ? [{ title: title.slice(title.indexOf(':') + 1).trim(), at }] : [],
    );
    return table(
      `${family} per element`,
      ['Element or flow', ...mine.map(({ title }) => title)],
      rows
        .filter(({ cells }) => mine.some(({ at }) => cells[at]))
        .map(({ subject, cells }) => [subjectText(model, subject), ...mine.map(({ at }) => cellText(cells[at]))]),
    );
  });
  return {
    id: 'threats',
    title: 'Threats considered',
    blocks: [
      paragraph(
        'A threat is considered where a rule would have a finding if the model stated no controls. Each cell counts what is open, satisfied by controls, accepted, and not applicable; ',
        'an empty one means that no rule has an opinion there.',
      ),
      ...tables,
      posture.threats.length > MOST_THREATS
        ? byRule(posture.threats, report)
        : table(
            'Every threat considered',
            ['At', 'Threat', 'Severity', 'State', 'Satisfied by'],
            posture.threats.map((threat) => threatRow(threat, report)),
          ),
    ],
  };
}

/** Beyond so many, threats are told by rule. */
const MOST_THREATS = 1000;

function byRule(threats: readonly Threat[], { model, catalogue }: ModelReport): Block {
  const rules = new Map<string, Threat[]>();
  for (const threat of threats) {
    const its = rules.get(threat.rule);
    if (its) its.push(threat);
    else rules.set(threat.rule, [threat]);
  }
  const rows = [...rules].map(([rule, its]): Text[] => {
    const title = catalogue.rules.get(rule)?.title;
    const count = (is: (threat: Threat) => boolean): Text => [String(its.filter(is).length)];
    return [
      title === undefined ? ['Stated by the author'] : [title, ' (', code(rule), ')'],
      count(isThreatOpen),
      count(({ state }) => state === 'satisfied'),
      count(({ state }) => state === 'accepted'),
      count(({ state }) => state === 'not-applicable'),
      places(its.map(({ subject }) => subjectText(model, subject))),
    ];
  });
  const caption = `The ${threats.length} threats considered, by rule`;
  return table(caption, ['Threat', '#Open', '#Satisfied', '#Accepted', '#Not applicable', 'At'], rows);
}

function familyOf(title: string): string {
  return title.includes(':') ? title.slice(0, title.indexOf(':')) : 'STRIDE';
}

function cellText(cell: StrideCell | undefined): Text {
  if (!cell) return [];
  const parts: Text[] = [];
  if (cell.open.length > 0) parts.push([mark('open', `${cell.open.length} open`)]);
  if (cell.satisfied.length > 0) parts.push([mark('satisfied', `${cell.satisfied.length} satisfied`)]);
  if (cell.accepted.length > 0) parts.push([mark('accepted', `${cell.accepted.length} accepted`)]);
  if (cell.notApplicable.length > 0) parts.push([mark('not-applicable', `${cell.notApplicable.length} not applicable`)]);
  return joined(parts);
}

function threatRow({ rule, subject, severity, state, by, finding }: Threat, { model, catalogue }: ModelReport): Text[] {
  const title = catalogue.rules.get(rule)?.title;
  return [
    subjectText(model, subject),
    title === undefined ? [finding?.message ?? rule] : [title, ' (', code(rule), ')'],
    [mark(severity)],
    [mark(state)],
    joined(by.map((control) => controlText(catalogue, control))),
  ];
}
