import assert from 'node:assert/strict';
import { isOpen, type Finding } from '../../../server/src/analysis/index.ts';
import { SEVERITIES } from '../../../server/src/catalogue/rule.ts';
import { actionsAt } from '../../../server/src/language/actions/actions.ts';
import { clearingsOf } from '../../../server/src/language/actions/clearing.ts';
import { fixAllOfRule } from '../../../server/src/language/actions/fixRule.ts';
import { waysOut } from '../../../server/src/language/actions/waysOut.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { generateModel } from '../../bench/models.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';
import { readSamples } from '../../tools/samples.ts';
import { snapshotOf, TODAY } from './fixture.ts';

const catalogue = readCatalogue();

/** Models of all sorts; the larger ones are cut for trials. */
function* models(): Generator<readonly [name: string, text: string]> {
  for (const { name, text } of readSamples()) yield [name, text];
  for (const { rule, examples } of readRuleExamples()) {
    const bad = examples.find(({ kind }) => kind === 'bad');
    if (bad) yield [rule, bad.model];
  }
  yield ['forty elements side by side', generateModel('local', 40)];
  yield ['a mesh of agents', generateModel('mesh', 30)];
}

function openFindings({ findings }: Snapshot): readonly Finding[] {
  return findings.filter(({ state }) => isOpen(state));
}

/** Some of many, from all over the list. */
function some<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(list.length / most));
  return list.filter((_, at) => at % step === 0);
}

function errors({ problems }: Snapshot): number {
  return problems.filter(({ severity, code }) => severity === 'error' && code !== 'missing-reason').length;
}

describe('what is offered for a finding', () => {
  it('clears it, and adds none as severe without saying so, in every sample, example and random model', function () {
    this.timeout(120_000);
    let tried = 0;
    for (const [name, text] of models()) {
      const before = takeSnapshot(text, catalogue, TODAY);
      const known = new Set(openFindings(before).flatMap(({ rule, also, subject }) => [rule, ...also].map((id) => `${id} ${subject}`)));
      for (const finding of some(openFindings(before), 8)) {
        for (const { title, edits } of clearingsOf(before, finding)) {
          const after = takeSnapshot(applyEdits(text, edits), catalogue, TODAY, before);
          const left = openFindings(after);
          assert.ok(
            !left.some(({ fingerprint }) => fingerprint === finding.fingerprint),
            `${name}: "${title}" does not clear ${finding.rule}`,
          );
          const weight = SEVERITIES.indexOf(finding.fullSeverity);
          const raised = left.filter((it) => !known.has(`${it.rule} ${it.subject}`) && SEVERITIES.indexOf(it.fullSeverity) >= weight);
          for (const { rule } of raised) {
            const said = title.includes(`"${catalogue.rules.get(rule)?.title ?? ''}"`);
            assert.ok(said, `${name}: "${title}" raises ${rule}`);
          }
          assert.equal(errors(after), errors(before), `${name}: "${title}" makes an error`);
          tried++;
        }
      }
    }
    assert.ok(tried > 500, String(tried));
  });

  it('leaves no error but a reason to fill in, whatever is chosen', function () {
    this.timeout(120_000);
    for (const { name, text } of readSamples()) {
      const before = takeSnapshot(text, catalogue, TODAY);
      for (const finding of some(openFindings(before), 5)) {
        for (const { kind, title, edits } of waysOut(before, finding)) {
          const after = takeSnapshot(applyEdits(text, edits), catalogue, TODAY, before);
          assert.equal(errors(after), errors(before), `${name}: ${title}`);
          if (kind !== 'accept') continue;
          const same = after.findings.find(({ fingerprint }) => fingerprint === finding.fingerprint);
          assert.equal(same?.state, 'accepted', `${name}: ${title}`);
        }
      }
    }
  });

  it('clears all findings of a rule together', function () {
    this.timeout(120_000);
    const text = generateModel('local', 40);
    const before = takeSnapshot(text, catalogue, TODAY);
    const rules = new Set(openFindings(before).map(({ rule }) => rule));
    for (const rule of rules) {
      const finding = openFindings(before).find((known) => known.rule === rule);
      const edits = finding && fixAllOfRule(before, finding)?.edits();
      if (!edits) continue;
      const after = takeSnapshot(applyEdits(text, edits), catalogue, TODAY, before);
      assert.equal(errors(after), errors(before), rule);
      const left = openFindings(after).filter((known) => known.rule === rule);
      const without = openFindings(before).filter((known) => known.rule === rule && !clearingsOf(before, known)[0]?.preferred);
      assert.ok(left.length <= without.length, `${rule}: ${left.length} are left`);
    }
  });
});

/** Title of a rewriting or a move → text before with a cursor, and after. */
const REWRITES: readonly (readonly [title: RegExp, before: string, after: string])[] = [
  [
    /as a map/,
    'elements:\n  a: { kind: agent, controls: [$0identity, approval] }\n',
    'elements:\n  a: { kind: agent, controls: { identity: in-place, approval: in-place } }\n',
  ],
  [
    /as a map/,
    'elements:\n  a:\n    kind: agent\n    controls:\n    - $0identity # why\n    - approval\n',
    'elements:\n  a:\n    kind: agent\n    controls:\n      identity: in-place # why\n      approval: in-place\n',
  ],
  [
    /as a list/,
    'elements:\n  a: { kind: agent, controls: { $0identity: in-place, approval: in-place } }\n',
    'elements:\n  a: { kind: agent, controls: [identity, approval] }\n',
  ],
  [
    /as a list/,
    'elements:\n  a:\n    controls:\n      $0identity: in-place # why\n      approval: in-place\n',
    'elements:\n  a:\n    controls:\n      - identity # why\n      - approval\n',
  ],
  [
    /on lines/,
    'elements:\n  $0a: { kind: agent, controls: [identity] } # seen\n  b: {}\n',
    'elements:\n  a:\n    kind: agent\n    controls: [identity] # seen\n  b: {}\n',
  ],
  [
    /in braces/,
    'elements:\n  $0a:\n    kind: agent\n    controls:\n      - identity\n      - approval\n    title: "A: b"\n\n  b: {}\n',
    'elements:\n  a: { kind: agent, controls: [identity, approval], title: "A: b" }\n\n  b: {}\n',
  ],
  [
    /in braces/,
    'elements:\n  $0a:\n    kind: agent\n    controls:\n      identity: { status: planned, owner: me }\n',
    'elements:\n  a: { kind: agent, controls: { identity: { status: planned, owner: me } } }\n',
  ],
  [
    /Split buy/,
    'elements:\n  bot: { kind: agent }\n  shop: { kind: tool }\nflows:\n  $0buy: { from: bot, to: shop, kind: call, carries: [order] }\n',
    'elements:\n  bot: { kind: agent }\n  shop: { kind: tool }\n  buy-step: { kind: tool }\nflows:\n  buy: { from: bot, to: buy-step, kind: call, carries: [order] }\n  buy-on: { from: buy-step, to: shop, kind: call, carries: [order] }\n',
  ],
  [
    /into net/,
    'boundaries:\n  net: { kind: zone }\nelements:\n  $0a: { kind: agent }\n',
    'boundaries:\n  net: { kind: zone }\nelements:\n  a: { kind: agent, in: net }\n',
  ],
  [
    /outside/,
    'boundaries:\n  net: { kind: zone }\nelements:\n  a: { kind: $0agent, in: net }\n',
    'boundaries:\n  net: { kind: zone }\nelements:\n  a: { kind: agent }\n',
  ],
];

describe('other ways to write and to arrange things', () => {
  for (const [title, marked, expected] of REWRITES) {
    it(`${title.source}: ${JSON.stringify(marked)}`, () => {
      const offset = marked.indexOf('$0');
      const text = marked.replace('$0', '');
      const actions = [...actionsAt(snapshotOf(text), { start: offset, end: offset }, (kind) => kind.startsWith('refactor'))];
      const action = actions.find((known) => title.test(known.title));
      assert.ok(action, actions.map((known) => known.title).join('\n'));
      assert.equal(applyEdits(text, action.edits() ?? []), expected);
    });
  }

  for (const body of [
    'kind: agent # why',
    'description: |\n      long',
    'title: a, b',
    `title: ${'long '.repeat(40)}`,
    'tags:\n      -\n      - x',
    'kind: &k agent',
  ]) {
    it(`do not put in braces ${JSON.stringify(body)}`, () => {
      const text = `elements:\n  a:\n    ${body}\n`;
      const at = text.indexOf('a:');
      const titles = [...actionsAt(snapshotOf(text), { start: at, end: at }, (kind) => kind === 'refactor.rewrite')].map((it) => it.title);
      assert.ok(!titles.some((title) => /in braces/.test(title)), titles.join('\n'));
    });
  }

  it('leave no error where a flow is split, in every sample', () => {
    let split = 0;
    for (const { text } of readSamples()) {
      const before = takeSnapshot(text, catalogue, TODAY);
      for (const flow of some([...before.model.flows.values()], 4)) {
        const start = before.model.baseOf(flow) + flow.pair.start;
        const actions = [...actionsAt(before, { start, end: start }, (kind) => kind === 'refactor.rewrite')];
        const edits = actions.find(({ title }) => title.startsWith('Split '))?.edits();
        if (!edits) continue;
        split++;
        const after = takeSnapshot(applyEdits(text, edits), catalogue, TODAY, before);
        assert.ok(errors(after) <= errors(before), `${flow.id}: ${after.problems.map(({ message }) => message).join(' ')}`);
        assert.equal(after.model.flows.size, before.model.flows.size + 1);
        assert.equal(after.model.elements.size, before.model.elements.size + 1);
      }
    }
    assert.ok(split > 20, `${split} split`);
  });

  it('are not offered where a control is not in place', () => {
    const text = 'elements:\n  a: { kind: agent, controls: { identity: planned } }\n';
    const offset = text.indexOf('identity');
    const titles = [...actionsAt(snapshotOf(text), { start: offset, end: offset }, (kind) => kind === 'refactor.rewrite')].map(
      ({ title }) => title,
    );
    assert.deepEqual(titles, ['Write a on lines of its own']);
  });
});
