import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Finding } from '../../../server/src/analysis/index.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import type { ExpectedFinding } from '../../tools/samples.ts';
import { Workspace } from '../../tools/usedFiles.ts';

const FOLDER = new URL('../../../samples/shared-platform/', import.meta.url);
const sample = (name: string): string => readFileSync(new URL(`${name}.threatmodel.yaml`, FOLDER), 'utf8');
const expectedOf = (name: string): ExpectedFinding[] =>
  parse(readFileSync(new URL(`${name}.expected.yaml`, FOLDER), 'utf8')) as ExpectedFinding[];
const FILES = { platform: sample('platform'), 'claims-assistant': sample('claims-assistant') };

describe('the sample of two files', () => {
  const workspace = new Workspace(FILES);
  for (const name of Object.keys(FILES)) {
    it(`has the findings that a reviewer expects: ${name}`, () => {
      const { problems, findings } = workspace.snapshot(name);
      const found = findings.map(({ rule, subject, state, also }) => JSON.stringify({ rule, at: subject, state, also: [...also].sort() }));
      const wanted = expectedOf(name).map(({ rule, at, state = 'open', also = [] }) =>
        JSON.stringify({ rule, at, state, also: [...also].sort() }),
      );
      assert.deepEqual(found.sort(), wanted.sort());
      assert.deepEqual(problems, []);
    });
  }
});

const PLATFORM = `threatmodel: 1
controls: [ai-asset-inventory]
boundaries:
  corp: { kind: organization }
  cluster: { kind: network-zone, in: corp, controls: [network-segmentation-ai] }
elements:
  operator: { kind: human-user, in: corp }
  gateway: { kind: ai-gateway, in: cluster }
  agent: { kind: agent, in: cluster, autonomy: autonomous }
  refunds: { kind: tool, in: corp, sideEffects: [spend] }
  llm: { kind: model, hosting: third-party }
flows:
  ask: { from: operator, to: agent, through: [gateway], kind: prompt }
  pay: { from: agent, to: refunds, kind: tool-call }
accepted:
  - { rule: agent-without-identity, at: agent, owner: me, reason: known, until: 2027-01-01 }
`;
const APP = `threatmodel: 1
use: { platform: ./platform.threatmodel.yaml }
boundaries:
  internet: { kind: internet }
elements:
  visitor: { kind: human-user, in: internet }
  mailbox: { kind: external-content, in: internet }
flows:
  chat: { from: visitor, to: platform.agent, kind: prompt }
  read: { from: platform.agent, to: mailbox, kind: query }
`;

describe('findings of a file that uses another', () => {
  const workspace = new Workspace({ app: APP, platform: PLATFORM });
  const [app, platform] = [workspace.snapshot('app'), workspace.snapshot('platform')];
  const at = ({ text }: Snapshot, { span }: Finding): string => text.slice(span.start, span.end);
  const of = (snapshot: Snapshot, subject: string): string[] =>
    snapshot.findings.filter((finding) => finding.subject === subject).map(({ rule }) => rule);

  it('leave out what the other says of itself, accepted or not', () => {
    assert.deepEqual(workspace.bugs, []);
    const own = of(platform, 'agent');
    assert.ok(own.includes('agent-without-identity') && own.includes('unbounded-agent-loop'));
    for (const rule of ['agent-without-identity', 'unbounded-agent-loop']) assert.ok(!of(app, 'platform.agent').includes(rule), rule);
    assert.equal(platform.findings.find(({ rule }) => rule === 'agent-without-identity')?.state, 'accepted');
  });

  it('have what only arises together, at the flow of this file, and name the other thing', () => {
    const path = app.findings.find(({ subject, sources }) => subject === 'platform.pay' && sources.includes('mailbox'));
    assert.ok(path, JSON.stringify(app.findings.map(({ rule, subject, sources }) => [rule, subject, sources])));
    assert.equal(at(app, path), 'read');
    assert.ok(path.message.includes('platform.refunds'), path.message);
    assert.ok(path.trail.includes('read') && path.trail.includes('platform.pay'));
  });

  it('place every finding and every related place in their own text', () => {
    for (const finding of app.findings) {
      for (const { start, end } of [finding.span, ...finding.related.map(({ span }) => span)]) {
        assert.ok(start >= 0 && end <= APP.length && start <= end, finding.rule);
      }
    }
    const entries = app.findings.filter(({ subject }) => subject.startsWith('platform.')).map((finding) => at(app, finding));
    for (const word of entries) assert.ok(['platform', 'chat', 'read'].includes(word), word);
  });

  const COUNTED: readonly (readonly [string, 'platform' | 'claims-assistant', string, string, string])[] = [
    ['a boundary of the other', 'claims-assistant', 'in: platform.cluster', 'in: internet', 'agent-unrestricted-egress agent'],
    [
      'an element of the other',
      'platform',
      'controls: [third-party-ai-assessment, ',
      'controls: [',
      'sensitive-data-to-third-party-model think',
    ],
    ['what lies on the way', 'platform', '      - direct-injection-detection\n', '', 'prompt-input-unscreened ask'],
    ['the system of the other', 'platform', '  - adversarial-testing\n', '', 'no-red-team $model'],
  ];
  for (const [name, file, from, to, expected] of COUNTED) {
    it(`count the controls of ${name}`, () => {
      const found = (files: typeof FILES): string[] =>
        new Workspace(files).snapshot('claims-assistant').findings.map(({ rule, subject }) => `${rule} ${subject}`);
      assert.ok(FILES[file].includes(from));
      assert.ok(!found(FILES).includes(expected));
      assert.ok(found({ ...FILES, [file]: FILES[file].replace(from, to) }).includes(expected));
    });
  }

  it('accept what only arises here, and say when what is accepted is the affair of the other', () => {
    const path = app.findings.find(({ subject, sources }) => subject === 'platform.pay' && sources.includes('mailbox'));
    const accept = (rule: string, subject: string): string =>
      `${APP}accepted:\n  - { rule: ${rule}, at: ${subject}, owner: me, reason: known, until: 2027-01-01 }\n`;
    const here = new Workspace({ app: accept(path?.rule ?? '', 'platform.pay'), platform: PLATFORM }).snapshot('app');
    assert.equal(here.findings.find(({ rule, subject }) => rule === path?.rule && subject === 'platform.pay')?.state, 'accepted');
    const there = new Workspace({ app: accept('unbounded-agent-loop', 'platform.agent'), platform: PLATFORM }).snapshot('app');
    assert.deepEqual(
      there.problems.map(({ code }) => code),
      ['acceptance-matches-nothing'],
    );
  });

  it('change with the other file, and stay the same objects where it has not', () => {
    const edited = new Workspace({ app: APP, platform: PLATFORM });
    const before = edited.snapshot('app');
    void before.findings;
    edited.write('platform', PLATFORM.replace('autonomy: autonomous', 'autonomy: autonomous, controls: [quarantined-model]'));
    const after = edited.snapshot('app');
    assert.notEqual(after.findings.length, before.findings.length);
    const used = ({ used: paths }: Snapshot): unknown => {
      const file = paths.get('./platform.threatmodel.yaml');
      return file && 'snapshot' in file && file.snapshot;
    };
    edited.write('app', `# A comment.\n${APP}`);
    assert.notEqual(used(after), used(before));
    assert.equal(used(edited.snapshot('app')), used(after));
  });
});

describe('an analysis over two files that knows the version before', () => {
  const plain = ({ findings, problems }: Snapshot): unknown => ({
    findings: findings.map(({ rule, subject, state, severity, span, message, related, sources, fingerprint }) => ({
      ...{ rule, subject, state, severity, span, message, related, sources, fingerprint },
    })),
    problems,
  });

  it('says the same as one that does not', () => {
    const line = fc.record({ app: fc.boolean(), at: fc.nat(40), what: fc.constantFrom('drop', 'copy', 'swap', 'word', 'dot') });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (edits) => {
        const workspace = new Workspace({ app: APP, platform: PLATFORM });
        void workspace.snapshot('app').findings;
        for (const { app, at, what } of edits) {
          const name = app ? 'app' : 'platform';
          workspace.write(name, change(workspace.text(name), at, what));
          assert.deepEqual(plain(workspace.snapshot('app')), plain(workspace.fresh('app')));
        }
        assert.deepEqual(workspace.bugs, []);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });
});

function change(text: string, at: number, what: string): string {
  const lines = text.split('\n');
  const index = at % lines.length;
  const line = lines[index] ?? '';
  if (what === 'drop') lines.splice(index, 1);
  else if (what === 'copy') lines.splice(index, 0, line);
  else if (what === 'swap') lines.splice(index, 2, lines[index + 1] ?? '', line);
  else if (what === 'word') lines[index] = line.replace(/(\w+): \{/, '$1x: {');
  else lines[index] = line.replace(/(from|to|in): (\w+)/, '$1: platform.$2');
  return lines.join('\n');
}
