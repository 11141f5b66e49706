import { MODEL_SUBJECT } from '../analysis/index.ts';
import { lineNumber, subjectName, titleOf, type ModelReport } from './modelReport.ts';

/**
 * Tables for spreadsheets (RFC 4180, UTF-8 with a byte order mark, so that they read names rightly). A cell that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */

/** One row a finding, of every state. */
export function findingsCsv(reports: readonly ModelReport[]): string {
  const head = [
    'Model',
    'File',
    'Line',
    'Severity',
    'Full severity',
    'State',
    'Rule',
    'Title',
    'Subject',
    'Subject name',
    'Finding',
    'Missing',
    'Principles',
    'STRIDE',
    'Accepted by',
    'Accepted until',
    'Fingerprint',
  ];
  const rows = reports.flatMap((report) =>
    report.findings.map((finding) => {
      const { model, catalogue, path } = report;
      const rule = catalogue.rules.get(finding.rule);
      const acceptance = model.accepted.find((it) => it.rule === finding.rule && it.at === finding.subject);
      return [
        ...[titleOf(report), path, lineNumber(report, finding.span), finding.severity, finding.fullSeverity, finding.state],
        ...[finding.rule, rule?.title ?? '', finding.subject, nameOf(report, finding.subject), finding.message],
        finding.missing.map((set) => set.join(' + ')).join(' | '),
        ...[rule?.principles.join(' ') ?? '', rule?.stride.join(' ') ?? ''],
        ...[acceptance?.owner ?? '', acceptance?.until ?? '', finding.fingerprint],
      ];
    }),
  );
  return csv([head, ...rows]);
}

/** One row a control that is called for. */
export function controlsCsv(reports: readonly ModelReport[]): string {
  const head = [
    'Model',
    'File',
    'Pillar',
    'Swim lane',
    'Group',
    'Control',
    'Title',
    'State',
    'Demand',
    'Phase',
    'Stated at',
    'Needed at',
    'Owners',
    'Due',
    'Evidence',
    'Principles',
    'Stages',
  ];
  const rows = reports.flatMap((report) =>
    report.posture.controls.map(({ control, state, demand, stated, neededAt }) => {
      const some = (of: 'owner' | 'due' | 'evidence'): string => [...new Set(stated.flatMap((it) => it[of] ?? []))].join(' | ');
      return [
        ...[
          titleOf(report),
          report.path,
          control.pillar,
          report.catalogue.swimLanes.get(control.swimLane)?.title ?? control.swimLane,
          control.group,
        ],
        ...[control.id, control.title, state, demand, control.phase],
        stated.map(({ at, status }) => `${at}: ${status}`).join(' | '),
        ...[neededAt.join(' | '), some('owner'), some('due'), some('evidence'), control.principles.join(' '), control.stages.join(' ')],
      ];
    }),
  );
  return csv([head, ...rows]);
}

function nameOf({ model }: ModelReport, id: string): string {
  return id === MODEL_SUBJECT ? '' : subjectName(model, id);
}

function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** What a spreadsheet may read as the beginning of a formula, also after spaces and in full width. */
const FORMULA = /^[\s'"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20|]/u;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = value
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\p{Bidi_Control}\ufeff]/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",'\s;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
