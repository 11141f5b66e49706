import { missingText, presentText, type Finding } from '../../analysis/index.ts';
import type { Mappings } from '../../catalogue/vocabulary.ts';
import { code, joined, mark, paragraph, table, type Block, type Entry, type Inline, type Section, type Text } from '../document.ts';
import { lineNumber, subjectText, type ModelReport } from '../modelReport.ts';

/** Beyond so many nobody reads cards. */
const MOST_CARDS = 200;

/** Every finding of every state, the most severe first: with all that a reviewer asks of it, or as a row where there are too many. */
export function findingsSection(report: ModelReport): Section {
  const { findings } = report;
  if (findings.length === 0) return { id: 'findings', title: 'Findings', blocks: [paragraph('There are no findings.')] };
  const cards: Block = { type: 'entries', items: findings.slice(0, MOST_CARDS).map((it) => entryOf(it, report)) };
  const rest = findings.slice(MOST_CARDS);
  if (rest.length === 0) return { id: 'findings', title: 'Findings', blocks: [cards] };
  const sentence = `The ${MOST_CARDS} most severe of ${findings.length} findings are told in full; the other ${rest.length} are rows of a table below them.`;
  return {
    id: 'findings',
    title: 'Findings',
    blocks: [
      paragraph(sentence),
      cards,
      table(
        'The other findings',
        ['Severity', 'State', 'Finding', '#Line', 'Rule'],
        rest.map((it) => rowOf(it, report)),
      ),
    ],
  };
}

function rowOf(finding: Finding, report: ModelReport): Text[] {
  const line = String(lineNumber(report, finding.span));
  return [[mark(finding.severity)], [mark(finding.state)], [finding.message], [line], [code(finding.rule)]];
}

const MOST_PLACES = 20;

function entryOf(finding: Finding, report: ModelReport): Entry {
  const { catalogue, model } = report;
  const rule = catalogue.rules.get(finding.rule);
  const threat = rule ? undefined : model.threats.find(({ span }) => span === finding.span);
  const acceptance =
    finding.state === 'accepted' || finding.state === 'expired'
      ? model.accepted.find(({ rule: id, at }) => id === finding.rule && at === finding.subject)
      : undefined;
  const severity = finding.fullSeverity === finding.severity ? [] : [`${finding.fullSeverity} until what is ${finding.state} is in place`];
  const all: readonly (readonly [string, Text])[] = [
    ['Where', [...subjectText(model, finding.subject), `, line ${lineNumber(report, finding.span)}`]],
    ['Severity', severity],
    ['Why', prose(rule?.text.why ?? threat?.description ?? '')],
    ['What to do', prose(rule?.text.fix ?? '')],
    ['In place', plain(presentText(finding, catalogue))],
    ['Needs', plain(missingText(finding, catalogue))],
    [
      'Way',
      joined(
        finding.related.slice(0, MOST_PLACES).map(({ message }) => [message]),
        '; ',
      ),
    ],
    [
      'Accepted',
      acceptance
        ? plain(
            [acceptance.reason, acceptance.owner && `by ${acceptance.owner}`, acceptance.until && `until ${acceptance.until}`]
              .filter((it) => it !== undefined)
              .join('; '),
          )
        : [],
    ],
    ['Source', plain(threat?.source ?? '')],
    ['Rule', rule ? [rule.title, ' (', code(finding.rule), ')', ...finding.also.flatMap((id) => ['; also ', code(id)])] : []],
    ['Principles', plain(rule?.principles.map((it) => it.replaceAll('-', ' ')).join(', ') ?? '')],
    ['Mappings', rule ? mappingsText(rule.mappings, report) : []],
  ];
  return {
    title: [finding.message],
    severity: finding.severity,
    state: finding.state,
    facts: all.filter(([, text]) => text.length > 0).map(([name, text]) => ({ name, text })),
  };
}

const plain = (text: string): Text => (text === '' ? [] : [text]);

/** A text of the catalogue: what stands in backticks is code. */
function prose(text: string): Text {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part): Inline => (part.startsWith('`') && part.endsWith('`') && part.length > 2 ? code(part.slice(1, -1)) : part));
}

function mappingsText(mappings: Mappings, { catalogue }: ModelReport): Text {
  const taxonomies = Object.entries(mappings).map(([name, ids]): Text => {
    const taxonomy = catalogue.taxonomies.get(name);
    const items = ids.map((id): Text => {
      const url = taxonomy?.items.get(id)?.url;
      return [url === undefined ? id : { as: 'link', text: id, url }];
    });
    return [`${taxonomy?.name ?? name}: `, ...joined(items)];
  });
  return joined(taxonomies, '; ');
}
