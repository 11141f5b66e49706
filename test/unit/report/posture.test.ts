import assert from 'node:assert/strict';
import { markdownReport, postureDocument, postureJson, terminalReport, workshopExport } from '../../../server/src/report/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { modelReports } from './models.ts';
import { assertGolden, assertValid } from './support.ts';

const SCHEMA = new URL('../../../docs/schema/posture.schema.json', import.meta.url);

describe('report: posture', () => {
  const reports = modelReports();

  it('as text is as in the golden file, and cannot steer a terminal', () => {
    const text = terminalReport(postureDocument(reports, TODAY, { detailed: false }), { color: false });
    assertGolden('posture.txt', text);
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}\p{Cs}]/u);
  });

  it('as Markdown is as in the golden file', () => {
    assertGolden('posture.md', markdownReport(postureDocument(reports, TODAY, { detailed: true })));
  });

  it('as JSON is as in the golden file, and as its schema says', () => {
    const json = postureJson(reports, TODAY);
    assertGolden('posture.json', json);
    assertValid(SCHEMA, JSON.parse(json));
    assertValid(SCHEMA, JSON.parse(postureJson([], TODAY)));
  });

  it('is the same for the same input', () => {
    assert.equal(postureJson(modelReports(), TODAY), postureJson(reports, TODAY));
  });
});

describe('report: board of the workshop', () => {
  interface Board {
    readonly configuration: {
      readonly pillars: Readonly<
        Record<string, { readonly taskOverrides: Readonly<Record<string, { readonly status: string; readonly notes: string }>> }>
      >;
    };
    readonly statistics: { readonly modifiedTasks: number };
  }
  const mapped = (tasks: readonly string[]): Board => {
    const [report] = modelReports();
    const controls = report.posture.controls.map((it) => ({
      ...it,
      control: { ...it.control, mappings: { 'ms-zt-workshop-all': tasks } },
    }));
    return JSON.parse(workshopExport([{ ...report, posture: { ...report.posture, controls } }], TODAY)) as Board;
  };

  it('has a note for each task that a needed control maps to, below its pillar', () => {
    const { configuration, statistics } = mapped(['AI_001', 'RMT_006', 'XX_1']);
    assert.deepEqual(Object.keys(configuration.pillars.ai?.taskOverrides ?? {}), ['AI_001']);
    assert.deepEqual(Object.keys(configuration.pillars.data?.taskOverrides ?? {}), ['RMT_006']);
    assert.equal(statistics.modifiedTasks, 2);
    const override = configuration.pillars.ai?.taskOverrides.AI_001;
    assert.equal(override?.status, 'not-reviewed');
    const lines = override.notes.split('\n');
    assert.equal(new Set(lines).size, lines.length, 'the importer rejects repeated lines');
    assert.ok(override.notes.includes('needed at **Butler** → 商店 🚪'), override.notes);
    assert.doesNotMatch(override.notes, /[<>\u202e]/);
  });

  it('keeps notes below what the importer takes', () => {
    const [report] = modelReports();
    const many = report.posture.controls.map((it) => ({
      ...it,
      control: { ...it.control, title: `${it.control.title} ${'x'.repeat(700)}`, mappings: { 'ms-zt-workshop-all': ['AI_001'] } },
    }));
    const board = JSON.parse(workshopExport([{ ...report, posture: { ...report.posture, controls: many } }], TODAY)) as Board;
    const notes = board.configuration.pillars.ai?.taskOverrides.AI_001?.notes ?? '';
    assert.ok(notes.length > 300 && notes.length <= 1000, String(notes.length));
  });

  it('is empty when nothing is needed', () => {
    assert.equal((JSON.parse(workshopExport([], TODAY)) as Board).statistics.modifiedTasks, 0);
  });
});
