import { paragraph, type Document } from './document.ts';
import { titleOf, type ModelReport } from './modelReport.ts';
import { introOf, PRINCIPLES_NOTE } from './postureDocument.ts';
import { decisionsSections } from './sections/decisions.ts';
import { evidenceSections } from './sections/evidence.ts';
import { findingsSection } from './sections/findings.ts';
import { inventorySections } from './sections/inventory.ts';
import { overviewSection } from './sections/overview.ts';
import { controlsSections, postureSection } from './sections/posture.ts';
import { progressSections } from './sections/progress.ts';
import { roadmapSection } from './sections/roadmap.ts';
import { threatsSection } from './sections/threats.ts';

/** Everything that a reviewer reads of models, in the order of reading. */
export function reviewDocument(reports: readonly ModelReport[], today: string): Document {
  const [only, ...others] = reports;
  return {
    title: only && others.length === 0 ? `Threat model: ${titleOf(only)}` : 'Threat models',
    intro: [...introOf(reports, today), paragraph(PRINCIPLES_NOTE)],
    chapters: reports.map((report) => ({
      title: titleOf(report),
      path: report.path,
      sections: [
        overviewSection(report),
        findingsSection(report),
        ...decisionsSections(report),
        ...evidenceSections(report),
        ...progressSections(report),
        threatsSection(report),
        postureSection(report),
        roadmapSection(report),
        ...controlsSections(report),
        ...inventorySections(report),
      ],
    })),
  };
}
