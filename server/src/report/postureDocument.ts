import { list, paragraph, table, type Block, type Document, type Text } from './document.ts';
import { titleOf, type ModelReport } from './modelReport.ts';
import { isOpen } from '../analysis/index.ts';
import { tally } from '../posture/index.ts';
import { controlsSections, postureSection } from './sections/posture.ts';
import { progressSections } from './sections/progress.ts';
import { roadmapSection, severityCounts } from './sections/roadmap.ts';

export const PRINCIPLES_NOTE =
  "Based on the principles of Microsoft's Zero Trust for AI; not affiliated with or endorsed by Microsoft. What a model states is the word of its author: nothing was measured.";

/** The posture of models; `detailed` lists every control that is called for. */
export function postureDocument(reports: readonly ModelReport[], today: string, options: { readonly detailed: boolean }): Document {
  return {
    title: 'Posture',
    intro: introOf(reports, today),
    chapters: reports.map((report) => ({
      title: titleOf(report),
      path: report.path,
      sections: [
        postureSection(report),
        roadmapSection(report),
        ...progressSections(report),
        ...(options.detailed ? controlsSections(report) : []),
      ],
    })),
  };
}

/** The day, and an overview where there are several models. */
export function introOf(reports: readonly ModelReport[], today: string): readonly Block[] {
  const blocks: Block[] = [paragraph(`As of ${today}.`)];
  if (reports.length > 1) blocks.push(overview(reports));
  if (reports.length === 0) blocks.push(list([['There is no model.']]));
  return blocks;
}

function overview(reports: readonly ModelReport[]): Block {
  return table(
    'Models',
    ['Model', 'File', '#Open findings', 'Severities', '#Called for', '#In place'],
    reports.map((report): readonly Text[] => {
      const open = report.findings.filter(({ state }) => isOpen(state));
      const { total, states } = tally(report.posture.controls);
      return [
        [titleOf(report)],
        [report.path],
        [String(open.length)],
        [severityCounts(open.map(({ severity }) => severity))],
        [String(total)],
        [String(states['in-place'])],
      ];
    }),
  );
}
