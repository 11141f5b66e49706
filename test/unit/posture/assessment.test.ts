import assert from 'node:assert/strict';
import { assessmentProblems, readAssessment, type Assessment } from '../../../server/src/posture/index.ts';
import { refunds, snapshotOf } from './support.ts';

const WHOLE = {
  ExecutedAt: '2026-08-01T23:30:00+02:00',
  TenantName: 'Contoso',
  CurrentVersion: '2.6.0',
  EndOfJson: 'EndOfJson',
  IsDemo: 'False',
  Tests: [
    { TestId: '61011', TestTitle: 'Users sign in', TestStatus: 'Failed', TestPillar: 'AI' },
    { TestId: '61013', TestTitle: 'Agents have owners', TestStatus: 'Passed' },
    { TestId: '61009', TestTitle: 'Skipped one', TestStatus: 'Skipped' },
  ],
};

function read(changes: object = {}): ReturnType<typeof readAssessment> {
  return readAssessment(JSON.stringify({ ...WHOLE, ...changes }));
}

function readable(changes: object = {}): Assessment {
  const assessment = read(changes);
  assert.ok(!('error' in assessment), 'error' in assessment ? assessment.error : '');
  return assessment;
}

describe('posture: the report of an assessment', () => {
  it('is read: day, tenant, and the tests that are evidence', () => {
    assert.deepEqual(readable(), {
      date: '2026-08-01',
      tenant: 'Contoso',
      tests: new Map([
        ['61011', { seen: 'failed', title: 'Users sign in' }],
        ['61013', { seen: 'passed', title: 'Agents have owners' }],
      ]),
      total: 3,
      notes: [],
    });
  });

  for (const [title, text, error] of [
    ['nothing', '', /not JSON/],
    ['a page', '<!DOCTYPE html><html></html>', /cut off|not JSON/],
    ['text that is cut off', JSON.stringify(WHOLE).slice(0, 200), /cut off/],
    ['a list', '[]', /no report of the Zero Trust Assessment/],
    ['null', 'null', /no report of the Zero Trust Assessment/],
    ['something else', '{ "version": 1, "files": [] }', /no list of tests/],
    ['tests that are no list', JSON.stringify({ Tests: { a: 1 } }), /no list of tests/],
    ['tests that are not known', JSON.stringify({ Tests: [{ id: '1', outcome: 'ok' }] }), /newer release/],
  ] as const) {
    it(`is not ${title}, and that is said`, () => {
      const result = readAssessment(text);
      assert.match('error' in result ? result.error : 'read', error);
    });
  }

  for (const [title, changes, tests, note] of [
    ['a test that is null', { Tests: [null, WHOLE.Tests[0]] }, ['61011 failed'], /1 of its 2 tests could not be read/],
    ['a test without a status', { Tests: [{ TestId: '1' }, WHOLE.Tests[0]] }, ['61011 failed'], /1 of its 2 tests/],
    ['an id that is a number', { Tests: [{ TestId: 61011, TestStatus: 'passed' }] }, ['61011 passed'], undefined],
    ['a test twice, the worse counts', { Tests: [WHOLE.Tests[0], { TestId: '61011', TestStatus: 'Passed' }] }, ['61011 failed'], undefined],
    ['a name of every object', { Tests: [{ TestId: '__proto__', TestStatus: 'Failed' }] }, ['__proto__ failed'], undefined],
    [
      'statuses that are no evidence',
      { Tests: ['Skipped', 'Planned', 'Investigate', 'Error', 'New'].map((TestStatus) => ({ TestId: '1', TestStatus })) },
      [],
      undefined,
    ],
    ['no end', { EndOfJson: null }, undefined, /does not say that it is complete/],
    ['a newer release', { CurrentVersion: '3.0.1' }, undefined, /release 3\.0\.1/],
    ['a newer minor release', { CurrentVersion: '2.10.0' }, undefined, /release 2\.10\.0/],
    ['a release that is no number', { CurrentVersion: 'preview' }, undefined, undefined],
    ['a demonstration', { IsDemo: 'True' }, undefined, /demonstration/],
    ['no tests', { Tests: [] }, [], undefined],
  ] as const) {
    it(`may have ${title}`, () => {
      const assessment = readable(changes);
      if (tests)
        assert.deepEqual(
          [...assessment.tests].map(([id, { seen }]) => `${id} ${seen}`),
          tests,
        );
      if (note) assert.match(assessment.notes.join(' '), note);
      else assert.deepEqual(assessment.notes, []);
    });
  }

  it('may say nothing of where and when', () => {
    const { date, tenant } = readable({ ExecutedAt: 7, TenantName: null, Domain: '', TenantId: {} });
    assert.deepEqual([date, tenant], [undefined, undefined]);
    assert.equal(readable({ TenantName: null, Domain: 'contoso.example' }).tenant, 'contoso.example');
  });

  it('is read no further than anybody writes', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => ({
      TestId: String(at),
      TestStatus: 'Failed',
      TestTitle: 'x'.repeat(10_000 * Number(at === 0)),
    }));
    const { tests, total, notes } = readable({ Tests: many });
    assert.deepEqual([tests.size, total, tests.get('0')?.title.length], [20_000, 30_000, 200]);
    assert.match(notes.join(), /10000 of its 30000 tests/);
  });
});

describe('posture: evidence of an assessment', () => {
  const said = (text: string, ...tests: readonly (readonly [id: string, seen: string])[]): string[] => {
    const { model, analysis, catalogue } = snapshotOf(text);
    const assessment = readable({ Tests: tests.map(([TestId, TestStatus]) => ({ TestId, TestStatus, TestTitle: `Title ${TestId}` })) });
    return assessmentProblems(assessment, model, analysis, catalogue).map(
      ({ code, severity, span, suggestions }) =>
        `${code.replace('assessment-', '')} ${severity} "${text.slice(span.start, span.end)}"${suggestions ? ` -> ${suggestions.join()}` : ''}`,
    );
  };
  const SUMMARY = 'summary info "threatmodel"';
  for (const [title, text, tests, expected] of [
    [
      'a claim that fails',
      refunds({ flow: 'controls: [user-authentication]' }),
      [['61011', 'Failed']],
      [SUMMARY, 'saw-failing warning "user-authentication"'],
    ],
    [
      'a claim of the whole system that fails',
      refunds({ top: 'controls: [siem-integration]' }),
      [
        ['61002', 'Passed'],
        ['61017', 'Failed'],
      ],
      ['summary info "controls"', 'saw-failing warning "siem-integration"'],
    ],
    ['a claim that holds', refunds({ flow: 'controls: [user-authentication]' }), [['61011', 'Passed']], [SUMMARY]],
    ['no claim that fails', refunds({ flow: 'controls: { user-authentication: planned }' }), [['61011', 'Failed']], [SUMMARY]],
    ['a claim where it cannot be given', refunds({ tool: 'controls: [ai-risk-tier]' }), [['61011', 'Failed']], [SUMMARY]],
    [
      'an absent control that holds',
      refunds({ agent: 'controls: { agent-owner-sponsor: absent }' }),
      [
        ['61013', 'Passed'],
        ['61014', 'Passed'],
      ],
      [SUMMARY, 'saw-passing info "absent" -> in-place'],
    ],
    [
      'an absent control that holds in part',
      refunds({ agent: 'controls: { agent-owner-sponsor: absent }' }),
      [
        ['61013', 'Passed'],
        ['61014', 'Failed'],
      ],
      [SUMMARY],
    ],
    [
      'an omitted control that holds, and that a finding asks for',
      refunds({}),
      [['61013', 'Passed']],
      [SUMMARY, 'saw-passing info "threatmodel"'],
    ],
    ['an omitted control that nobody asks for', 'threatmodel: 1\n', [['61013', 'Passed']], [SUMMARY]],
    ['tests that are not known', refunds({}), [['99999', 'Failed']], [SUMMARY]],
  ] as const) {
    it(`speaks of ${title}`, () => {
      assert.deepEqual(said(text, ...tests), expected);
    });
  }

  it('names tenant, day and tests', () => {
    const { model, analysis, catalogue } = snapshotOf(refunds({ flow: 'controls: [user-authentication]' }));
    const [summary, failing] = assessmentProblems(readable(), model, analysis, catalogue);
    assert.match(
      summary?.message ?? '',
      /^The Zero Trust Assessment of Contoso, 2026-08-01 has 2 controls .*: 0 stated controls agree with it, 1 do not, 1 could be stated\.$/,
    );
    assert.equal(
      failing?.message,
      '"Users authenticate before using AI" is stated as in place, but the Zero Trust Assessment of Contoso, 2026-08-01 saw test 61011 (Users sign in) fail.',
    );
  });
});
