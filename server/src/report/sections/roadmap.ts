import { SEVERITIES, type Severity } from '../../catalogue/rule.ts';
import { EFFORT, PHASES, RISK, type Placed, type Step } from '../../posture/index.ts';
import { counted, heading, joined, paragraph, table, type Block, type Section, type Text } from '../document.ts';
import { controlText, subjectText, type ModelReport } from '../modelReport.ts';
import { places } from './posture.ts';

const TITLES = { first: 'First', then: 'Then', next: 'Next' } as const;

/** What to do, in order, with what each step removes. */
export function roadmapSection(report: ModelReport): Section {
  const { steps, left, isCut, single } = report.roadmap;
  const blocks: Block[] = [];
  if (steps.length === 0 && left === 0) blocks.push(paragraph('Nothing is open.'));
  else
    blocks.push(
      paragraph(
        'Each step was tried: its controls were put in place, and the model analysed again. ',
        `Risk counts ${[...SEVERITIES].map((severity) => `${severity} ${RISK[severity]}`).join(', ')}; `,
        `effort is taken from the phase of a control: ${PHASES.map((phase) => `${phase} ${EFFORT[phase]}`).join(', ')}. Most risk per effort comes first.`,
      ),
    );
  if (single.length > 0)
    blocks.push(
      heading('One control at one place'),
      table(
        'Which single control clears most',
        ['Control', 'At', '#Clears', 'Findings', '#Risk'],
        single.map((step) => [what(step, report), at(step, report), [String(step.clears.length)], cleared(step), [String(step.risk)]]),
      ),
    );
  let number = 0;
  for (const phase of PHASES) {
    const mine = steps.filter((step) => step.phase === phase);
    if (mine.length === 0) continue;
    blocks.push(
      heading(TITLES[phase]),
      table(
        TITLES[phase],
        ['#Step', 'Controls', 'At', '#Clears', 'Findings', '#Risk', '#Effort'],
        mine.map((step) => [
          [String(++number)],
          what(step, report),
          at(step, report),
          [String(step.clears.length)],
          cleared(step),
          [String(step.risk)],
          [String(step.effort)],
        ]),
      ),
    );
  }
  if (isCut)
    blocks.push(paragraph(`The road ends here with ${counted(left, 'finding')} still open: it is made again when these are done.`));
  else if (left > 0)
    blocks.push(
      paragraph(`${counted(left, 'finding')} will still be open: no control that could be added clears ${left === 1 ? 'it' : 'them'}.`),
    );
  return { id: 'roadmap', title: 'Roadmap', blocks };
}

function what({ placed }: Step, { catalogue }: ModelReport): Text {
  const controls = [...new Set(placed.map(({ control }: Placed) => control))];
  return joined(
    controls.map((control) => controlText(catalogue, control)),
    ' + ',
  );
}

function at({ placed }: Step, { model }: ModelReport): Text {
  return places([...new Set(placed.map((place) => place.at))].map((id) => subjectText(model, id)));
}

/** `1 critical, 2 high` */
function cleared({ clears }: Step): Text {
  return [severityCounts(clears.map(({ fullSeverity }) => fullSeverity))];
}

export function severityCounts(severities: readonly Severity[]): string {
  const counts = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = severities.filter((it) => it === severity).length;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  return counts.join(', ');
}
