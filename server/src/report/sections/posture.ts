import { isOpen } from '../../analysis/index.ts';
import { SEVERITIES } from '../../catalogue/rule.ts';
import { byPillar, byPrinciple, byStage, tally, type ControlPosture, type Part, type Tally } from '../../posture/index.ts';
import { code, counted, heading, joined, mark, paragraph, table, type Block, type Row, type Section, type Text } from '../document.ts';
import { controlText, lineNumber, subjectText, type ModelReport } from '../modelReport.ts';

/** Which controls the architecture calls for and how far they are, by pillar, swim lane and group, by principle, by stage. */
export function postureSection(report: ModelReport): Section {
  const { posture, catalogue } = report;
  const rows = byPillar(posture.controls, catalogue).flatMap((pillar): Row[] => [
    rowOf(pillar, 0),
    ...pillar.lanes.flatMap((lane) => [rowOf(lane, 1), ...lane.groups.map((group) => rowOf(group, 2))]),
  ]);
  const parts = (title: string, of: string, its: readonly Part[]): Block =>
    table(
      title,
      [of, ...COLUMNS],
      its.map((part) => rowOf(part, 0)),
    );
  const tables =
    rows.length === 0
      ? []
      : [
          table('Controls by pillar, swim lane and group', ['Pillar, swim lane, group', ...COLUMNS], rows),
          parts('Controls by principle', 'Principle', byPrinciple(posture.controls)),
          parts('Controls by stage of the life cycle', 'Stage', byStage(posture.controls, catalogue)),
        ];
  return { id: 'posture', title: 'Posture', blocks: [paragraph(...summaryText(report)), ...tables] };
}

/** Each control that is called for, if any, with where it stands and where it is needed. */
export function controlsSections(report: ModelReport): readonly Section[] {
  const blocks = byPillar(report.posture.controls, report.catalogue).flatMap((pillar) =>
    pillar.lanes.flatMap((lane): Block[] => [
      heading(`${pillar.title}: ${lane.title}`),
      table(
        lane.title,
        ['Group', 'Control', 'State', 'Stated', 'Needed at', 'Phase'],
        lane.groups.flatMap((group) => group.controls.map((control) => controlRow(control, group.title, report))),
      ),
    ]),
  );
  return blocks.length === 0 ? [] : [{ id: 'controls', title: 'Controls', blocks }];
}

/** Findings by severity and controls by state, in one sentence. */
export function summaryText({ findings, posture }: Pick<ModelReport, 'findings' | 'posture'>): Text {
  const open = findings.filter(({ state }) => isOpen(state));
  const severities = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [[mark(severity, `${count} ${severity}`)]] : [];
  });
  const { total, states } = tally(posture.controls);
  const many = counted(open.length, 'open finding');
  return [
    ...(severities.length > 0 ? [`${many}: `, ...joined(severities), '. '] : ['No open findings. ']),
    `${counted(total, 'control is', 'controls are')} called for: ${states['in-place']} in place, ${states.partial} partial, ${states.planned} planned, `,
    `${states.absent} absent, ${states['not-applicable']} not applicable, ${states.unstated} unstated.`,
  ];
}

/** The same without marks. */
export function postureSummary(report: Pick<ModelReport, 'findings' | 'posture'>): string {
  return summaryText(report)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('');
}

const COLUMNS = ['#Called for', '#In place', '#Partial', '#Planned', '#Absent', '#Not applicable', '#Unstated', '#Needed'];

function rowOf(part: Part, depth: number): Row {
  return { depth, cells: [[part.title], ...numbers(part)] };
}

function numbers({ total, states, needed }: Tally): Text[] {
  const all = [total, states['in-place'], states.partial, states.planned, states.absent, states['not-applicable'], states.unstated, needed];
  return all.map((count) => [String(count)]);
}

function controlRow({ control, state, stated, neededAt }: ControlPosture, group: string, report: ModelReport): Text[] {
  const { model, catalogue } = report;
  return [
    [group],
    controlText(catalogue, control.id),
    [mark(state)],
    joined(
      stated.map(({ at, status, span, owner, due, evidence, reason }): Text => {
        const more = [owner, due && `due ${due}`, evidence, reason].filter((part) => part !== undefined);
        const words = [`${status.replaceAll('-', ' ')} at `, ...subjectText(model, at), `, line ${lineNumber(report, span)}`];
        return more.length > 0 ? [...words, `: ${more.join('; ')}`] : words;
      }),
      '; ',
    ),
    places(neededAt.map((id) => [code(id)])),
    [control.phase],
  ];
}

const MOST_PLACES = 8;

/** Not more than a reader takes in. */
export function places(all: readonly Text[]): Text {
  const shown = joined(all.slice(0, MOST_PLACES));
  return all.length > MOST_PLACES ? [...shown, ` and ${all.length - MOST_PLACES} more`] : shown;
}
