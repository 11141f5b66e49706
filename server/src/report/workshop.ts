import { MODEL_SUBJECT } from '../analysis/index.ts';
import type { ControlPosture } from '../posture/index.ts';
import { jsonText } from './jsonText.ts';
import { subjectName, titleOf, type ModelReport } from './modelReport.ts';

/** Which taxonomy names the tasks of the board. */
const TASKS = 'ms-zt-workshop-all';
/** The board's pillars, in its order, and the beginnings of the ids of their tasks. */
const PILLARS: readonly (readonly [pillar: string, prefixes: readonly string[]])[] = [
  ['identity', ['RMI']],
  ['devices', ['RMD', 'RMDS']],
  ['data', ['RMT']],
  ['network', ['NET']],
  ['infrastructure', ['INF']],
  ['security-ops', ['SVA']],
  ['ai', ['AI']],
  ['devsecops', ['DS', 'DEV']],
];
const LONGEST_NOTE = 1000;

interface TaskOverride {
  readonly status: 'not-reviewed';
  readonly notes: string;
}

/**
 * What the board of the Zero Trust Workshop imports, best effort: its format is not published, so this follows what the
 * assessment tool writes for it. Each task that a needed control maps to gets a note with the findings that ask for it; its status is left for people.
 */
export function workshopExport(reports: readonly ModelReport[], today: string): string {
  const notes = new Map<string, Set<string>>();
  for (const report of reports) {
    for (const posture of report.posture.controls) {
      if (posture.demand !== 'needed') continue;
      for (const task of posture.control.mappings[TASKS] ?? []) {
        const lines = notes.get(task) ?? new Set();
        for (const line of linesOf(posture, report)) lines.add(line);
        notes.set(task, lines);
      }
    }
  }
  const pillars = PILLARS.map(([pillar, prefixes]) => {
    const tasks = [...notes].filter(([task]) => prefixes.includes(task.split('_')[0] ?? '')).sort(([a], [b]) => (a < b ? -1 : 1));
    return [pillar, Object.fromEntries(tasks.map(([task, lines]) => [task, override(lines)]))] as const;
  });
  const changed = pillars.filter(([, overrides]) => Object.keys(overrides).length > 0);
  const modified = changed.reduce((sum, [, overrides]) => sum + Object.keys(overrides).length, 0);
  const at = `${today}T00:00:00.000Z`;
  return jsonText({
    metadata: {
      version: '1.0.0',
      formatVersion: '1.0',
      exportedAt: at,
      applicationVersion: '1.0.0',
      exportType: 'full-configuration',
      scope: 'all',
      description: 'Threatwright posture export',
    },
    configuration: {
      applicationState: { currentPillar: changed[0]?.[0] ?? 'ai', lastModified: at },
      pillars: Object.fromEntries(pillars.map(([pillar, taskOverrides]) => [pillar, { taskOverrides }])),
      globalSettings: { preferences: { autoSave: true, confirmationDialogs: true } },
    },
    statistics: {
      totalTasks: modified,
      modifiedTasks: modified,
      completedTasks: 0,
      inProgressTasks: 0,
      plannedTasks: 0,
      pillarsWithChanges: changed.map(([pillar]) => pillar),
    },
  });
}

/** One line a control and model; the importer rejects a line that is there twice. */
function linesOf({ control, neededAt, state }: ControlPosture, report: ModelReport): readonly string[] {
  const subjects = new Set(neededAt);
  const rules = new Set(
    report.findings
      .filter(({ subject, missing }) => subjects.has(subject) && missing.some((set) => set.includes(control.id)))
      .map(({ rule }) => report.catalogue.rules.get(rule)?.title ?? rule),
  );
  const where = neededAt.map((id) => (id === MODEL_SUBJECT ? 'the whole system' : subjectName(report.model, id)));
  return [
    `${titleOf(report)}: ${control.title} is ${state.replaceAll('-', ' ')}; needed at ${where.join(', ')}`,
    ...[...rules].map((title) => `- ${title}`),
  ].map(clean);
}

function override(lines: ReadonlySet<string>): TaskOverride {
  const kept: string[] = ['Threatwright:'];
  let length = kept[0]!.length;
  for (const line of lines) {
    if (length + 1 + line.length > LONGEST_NOTE) break;
    kept.push(line);
    length += 1 + line.length;
  }
  return { status: 'not-reviewed', notes: kept.join('\n') };
}

/** One line of text that a page may show; the first one always fits. */
function clean(text: string): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}<>]/gu, '')
    .trim();
  return Array.from(line).slice(0, 400).join('');
}
