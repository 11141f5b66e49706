import assert from 'node:assert/strict';
import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import { extendCatalogue, type Extended } from '../../../server/src/catalogue/pack/extend.ts';
import type { PackText } from '../../../server/src/catalogue/pack/files.ts';
import { clearingsOf } from '../../../server/src/language/actions/clearing.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { analyseText, rulesFound, TODAY } from '../../tools/analyseText.ts';
import { assertMarkedProblems } from '../../tools/marked.ts';
import { packBase, packFixture } from '../../tools/packs.ts';

const ARM = `threatmodel: 1
elements:
  planner: { kind: agent }
  arm: { kind: robot-arm }
flows:
  move: { from: planner, to: arm, kind: tool-call }
`;

/** The fixture with other files put into their places. */
function extended(name: string, files: Readonly<Record<string, string>> = {}): Extended {
  const others = packFixture(name).filter((file) => !Object.hasOwn(files, file.name));
  return extendCatalogue(packBase(), [...others, ...Object.entries(files).map(([file, text]): PackText => ({ name: file, text }))]);
}

function catalogueOf(name: string, files?: Readonly<Record<string, string>>): Catalogue {
  const { catalogue, problems } = extended(name, files);
  assert.deepEqual(problems, []);
  return catalogue;
}

describe("an organisation's own rules", () => {
  it('add kinds, properties, named tests, controls and rules', () => {
    const catalogue = catalogueOf('good');
    const built = extendCatalogue(packBase(), []).catalogue;
    assert.equal(catalogue.rules.size, built.rules.size + 1);
    assert.equal(catalogue.elementKinds.get('robot-arm')?.label, 'Robot arm');
    assert.equal(catalogue.controls.get('emergency-stop')?.pillar, 'AI');
    assert.deepEqual(catalogue.properties.element.get('guarding')?.kinds, ['robot-arm']);
    assert.ok(catalogue.taxonomies.get('eu-ai-act')?.items.has('Article 14'));
  });

  it('find what is missing, and the quick fix mends it', () => {
    const snapshot = takeSnapshot(ARM, catalogueOf('good'), TODAY);
    assert.deepEqual(snapshot.problems, []);
    const finding = snapshot.findings.find(({ rule }) => rule === 'arm-without-stop');
    assert.equal(finding?.message, 'planner moves arm, and nobody can stop it.');
    const [fix] = clearingsOf(snapshot, finding);
    assert.ok(fix?.preferred);
    const fixed = applyEdits(ARM, fix.edits);
    assert.match(fixed, /controls: \[emergency-stop\]/);
    assert.ok(!rulesFound(takeSnapshot(fixed, snapshot.catalogue, TODAY).findings).has('arm-without-stop'));
  });

  it('have no rights over the built-in ones, and none less', () => {
    const own = catalogueOf('good');
    const text = ARM.replace('robot-arm', 'tool');
    const found = (catalogue: Catalogue): string[] => analyseText(text, catalogue).findings.map(({ fingerprint }) => fingerprint);
    assert.deepEqual(found(own), found(extendCatalogue(packBase(), []).catalogue));
  });

  describe('are checked', () => {
    const { problems, catalogue, rules } = extended('broken');
    for (const { name, text } of packFixture('broken')) {
      const mine = problems.filter(({ file }) => file === name);
      if (name === 'rules/syntax.yaml' || name === 'rule.yaml' || name.includes('injection')) continue;
      it(`marks what is wrong in ${name}, and nothing else`, () => assertMarkedProblems(text, mine));
    }
    const told = (name: string): string[] =>
      problems.filter(({ file }) => file === name).map(({ code, severity }) => `${severity} ${code}`);

    it('say when a file is none of theirs', () => assert.deepEqual(told('rule.yaml'), ['warning unknown-file']));
    it('say when an id exists', () => assert.deepEqual(told('rules/indirect-prompt-injection-to-action.yaml'), ['error id-exists']));
    it('say when a file is no YAML', () => assert.ok(told('rules/syntax.yaml').length > 0));

    it('leave out what is broken, and keep the rest', () => {
      assert.deepEqual(
        rules.map(({ rule }) => rule.id),
        ['healthy'],
      );
      assert.ok(catalogue.elementKinds.has('ferry'));
      assert.ok(!catalogue.elementKinds.has('drone') && !catalogue.elementKinds.has('tram'));
      assert.equal(catalogue.elementKinds.get('agent')?.label, 'Agent');
      assert.deepEqual(
        Object.keys(catalogue.predicates.elements).filter((name) => ['$wet', '$egg', '$hen', '$fine'].includes(name)),
        ['$fine'],
      );
      assert.ok(!catalogue.controls.has('life-jacket') && !catalogue.controls.has('rocket'));
      assert.deepEqual([...catalogue.off.keys()], []);
      assert.deepEqual([...catalogue.mandatory], ['human-approval']);
    });
  });

  describe('may set', () => {
    const severity = (catalogue: Catalogue): string | undefined =>
      analyseText(ARM, catalogue).findings.find(({ rule }) => rule === 'arm-without-stop')?.severity;

    it('the severity of a rule', () => {
      assert.equal(severity(catalogueOf('good')), 'high');
      assert.equal(severity(catalogueOf('good', { 'config.yaml': 'rules:\n  arm-without-stop: { severity: low }\n' })), 'low');
    });

    it('a rule off, with a reason', () => {
      const catalogue = catalogueOf('good', { 'config.yaml': 'rules:\n  arm-without-stop: { off: true, reason: All arms are toys. }\n' });
      assert.equal(severity(catalogue), undefined);
      assert.equal(catalogue.off.get('arm-without-stop'), 'All arms are toys.');
    });

    it('the built-in rules too', () => {
      const [some] = analyseText(ARM, catalogueOf('good')).findings.filter(({ rule }) => rule !== 'arm-without-stop');
      assert.ok(some);
      const catalogue = catalogueOf('good', { 'config.yaml': `rules:\n  ${some.rule}: { off: true, reason: Not here. }\n` });
      assert.ok(!rulesFound(analyseText(ARM, catalogue).findings).has(some.rule));
    });
  });

  describe('may make a control mandatory', () => {
    const mandatory = catalogueOf('good', { 'config.yaml': 'mandatory: [emergency-stop]\n' });
    const accepted = `${ARM}accepted:
  - { rule: arm-without-stop, at: move, owner: jane@contoso.example, reason: It is slow., until: 2027-01-01 }
`;
    const refused = ARM.replace(
      'robot-arm }',
      'robot-arm, controls: { emergency-stop: { status: not-applicable, reason: It is slow. } } }',
    );
    const stateOf = (text: string, catalogue: Catalogue): string | undefined =>
      analyseText(text, catalogue).findings.find(({ rule }) => rule === 'arm-without-stop')?.state;

    it('what only it satisfies cannot be accepted', () => {
      assert.equal(stateOf(accepted, catalogueOf('good')), 'accepted');
      assert.equal(stateOf(accepted, mandatory), 'open');
      const { problems } = takeSnapshot(accepted, mandatory, TODAY);
      assert.deepEqual(
        problems.map(({ code, severity, span }) => [code, severity, accepted.slice(span.start, span.end)]),
        [['acceptance-refused', 'error', accepted.slice(accepted.indexOf('{ rule'), -1)]],
      );
    });

    it('it cannot be declared not applicable', () => {
      assert.equal(stateOf(refused, catalogueOf('good')), 'not-applicable');
      assert.equal(stateOf(refused, mandatory), 'open');
      const { problems } = takeSnapshot(refused, mandatory, TODAY);
      assert.deepEqual(
        problems.map(({ code, severity, span }) => [code, severity, refused.slice(span.start, span.end)]),
        [['mandatory-control', 'error', 'not-applicable']],
      );
    });

    it('a rule with another way stays acceptable', () => {
      const rule = packFixture('good').find(({ name }) => name.startsWith('rules/'))!;
      const eased = rule.text.replace('satisfiedBy: emergency-stop', 'satisfiedBy: { anyOf: [emergency-stop, human-approval] }');
      const catalogue = catalogueOf('good', { [rule.name]: eased, 'config.yaml': 'mandatory: [emergency-stop]\n' });
      assert.equal(stateOf(accepted, catalogue), 'accepted');
    });
  });

  describe('have limits', () => {
    const codes = (files: Readonly<Record<string, string>>): string[] => [
      ...new Set(
        extendCatalogue(
          packBase(),
          Object.entries(files).map(([name, text]) => ({ name, text })),
        ).problems.map(({ code }) => code),
      ),
    ];

    it('of size', () => {
      assert.deepEqual(codes({ 'kinds.yaml': `# ${'x'.repeat(8 * 1024 * 1024)}\n` }), ['limit-size']);
    });

    it('of number', () => {
      const many = Array.from({ length: 4097 }, (_, at) => `  $t${at}: [prompt]`).join('\n');
      assert.deepEqual(codes({ 'predicates.yaml': `flowKinds:\n${many}\n` }), ['limit-count']);
    });

    it('of depth', () => {
      const deep = `elements:\n  $deep: ${'{ not: '.repeat(70)}$untrusted${' }'.repeat(70)}\n`;
      assert.ok(codes({ 'predicates.yaml': deep }).includes('limit-depth'));
    });

    it('of what a named test says when it is written out', () => {
      const doubled = Array.from({ length: 40 }, (_, at) => `  $d${at + 1}: { all: [$d${at}, $d${at}] }`).join('\n');
      const texts = { 'predicates.yaml': `flows:\n  $d0: { kind: [prompt] }\n${doubled}\n` };
      assert.deepEqual(codes(texts), ['limit-test']);
    });

    it('of what goes because what it names goes', () => {
      const chain = (length: number): string => {
        const kinds = Array.from({ length }, (_, at) => `  k${at + 1}: { label: K, description: K., reply: k${at} }`);
        return `flows:\n${kinds.join('\n')}\n`;
      };
      assert.deepEqual(codes({ 'kinds.yaml': chain(20) }), ['unknown-kind']);
      assert.deepEqual(codes({ 'kinds.yaml': chain(100) }).sort(), ['limit-chain', 'unknown-kind']);
    });

    it('of problems that are told', () => {
      const many = Array.from({ length: 1500 }, (_, at) => `  $t${at}: [nonsense]`).join('\n');
      const { problems } = extendCatalogue(packBase(), [{ name: 'predicates.yaml', text: `flowKinds:\n${many}\n` }]);
      assert.deepEqual([problems.length, problems.at(-1)?.message], [1001, "500 more problems of the organisation's rules are not shown"]);
    });

    it('of levels over names', () => {
      const chained = Array.from({ length: 400 }, (_, at) => `  $c${at + 1}: { not: $c${at} }`).join('\n');
      assert.deepEqual(codes({ 'predicates.yaml': `elements:\n  $c0: { kind: [agent] }\n${chained}\n` }), ['limit-test']);
    });
  });

  it('are nothing special by name', () => {
    const catalogue = catalogueOf('good', {
      'kinds.yaml': `${packFixture('good').find(({ name }) => name === 'kinds.yaml')!.text}
data:
  constructor: { label: A builder, description: It has a plain name. }
`,
    });
    assert.equal(catalogue.dataKinds.get('constructor')?.label, 'A builder');
  });
});
