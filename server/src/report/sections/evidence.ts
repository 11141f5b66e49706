import { paragraph, table, type Section, type Text } from '../document.ts';
import { lineNumber, type ModelReport } from '../modelReport.ts';

/** Where the model and an assessment of what is really there do not agree; nothing when there was no assessment. */
export function evidenceSections(report: ModelReport): readonly Section[] {
  if (!report.evidence) return [];
  const [summary, ...others] = report.evidence;
  const rows = others.map(({ message, span, severity }): Text[] => [[String(lineNumber(report, span))], [severity], [message]]);
  return [
    {
      id: 'evidence',
      title: 'Evidence of the Zero Trust Assessment',
      blocks: [
        paragraph(summary?.message ?? ''),
        ...(rows.length > 0 ? [table('Where model and assessment differ', ['#Line', 'Weight', 'What'], rows)] : []),
      ],
    },
  ];
}
