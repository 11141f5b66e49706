import type { Finding } from '../../analysis/index.ts';
import type { ControlState } from '../../posture/index.ts';
import { counted, heading, joined, list, mark, paragraph, table, type Block, type Section, type Text } from '../document.ts';
import { controlText, type ModelReport } from '../modelReport.ts';
import { severityCounts } from './roadmap.ts';

/** What has changed since an earlier revision; nothing when none was named. */
export function progressSections({ progress, catalogue }: ModelReport): readonly Section[] {
  if (!progress) return [];
  const { since, between } = progress;
  const { controls, closed, opened } = between;
  const blocks: Block[] = [
    paragraph(
      `Since ${since}: ${changeText(closed, 'closed')}, ${changeText(opened, 'new')}, ${counted(controls.length, 'control')} changed.`,
    ),
  ];
  if (controls.length > 0)
    blocks.push(
      table(
        'Controls whose state has changed',
        ['Control', 'Before', 'Now'],
        controls.map(({ control, before, after }) => [controlText(catalogue, control), stateText(before), stateText(after)]),
      ),
    );
  if (closed.length > 0) blocks.push(heading('Findings that are closed'), list(closed.map(findingText)));
  if (opened.length > 0) blocks.push(heading('Findings that are new'), list(opened.map(findingText)));
  return [{ id: 'progress', title: 'Progress', blocks }];
}

function changeText(findings: readonly Finding[], what: string): string {
  const counts = severityCounts(findings.map(({ fullSeverity }) => fullSeverity));
  return `${counted(findings.length, 'finding')} ${what}${counts === '' ? '' : ` (${counts})`}`;
}

function stateText(state: ControlState | undefined): Text {
  return state === undefined ? ['not called for'] : [mark(state)];
}

function findingText({ severity, message }: Finding): Text {
  return joined([[mark(severity)], [message]], ' ');
}
