import assert from 'node:assert/strict';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { jsonSchema, readModel } from '../../../server/src/model/index.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';
import { readSamples } from '../../tools/samples.ts';

const catalogue = readCatalogue();
const today = '2026-11-22';
const errorsOfOurs = (text: string): string[] =>
  readModel(parseDocument(text), catalogue, { today })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe('the JSON Schema of threat models', () => {
  let validate: ValidateFunction;
  before(() => {
    validate = new Ajv({ strict: false, allErrors: true }).compile(jsonSchema(catalogue));
  });
  const mistakes = (text: string): string[] => {
    validate(parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  for (const { name, text } of readSamples()) it(`accepts the sample ${name}`, () => assert.deepEqual(mistakes(text), []));

  it('accepts every example of every rule', () => {
    for (const { rule, examples } of readRuleExamples()) {
      for (const { title, model } of examples) assert.deepEqual(mistakes(model), [], `${rule}: ${title}`);
    }
  });

  const head = 'threatmodel: 1\n';
  const good: [string, string][] = [
    ['texts that YAML reads as numbers', `${head}title: 2027\nowner: 7\n`],
    ['the author’s own keys', `${head}x-ticket: { a: [1] }\nelements:\n  x-note: hm\n  bot: { kind: agent, x-id: 1 }\n`],
    ['empty sections', `${head}elements:\nflows:\naccepted:\ncontrols:\n`],
    ['a section with a description', `${head}elements:\n  description: What there is\n  tags: [a]\n  bot: { kind: agent }\n`],
    ['an element with the name of a key', `${head}elements:\n  description: { kind: agent }\n`],
    [
      'an element in several boundaries',
      `${head}boundaries:\n  a: { kind: organization }\n  b: { kind: network-zone }\nelements:\n  bot: { kind: agent, in: [a, b] }\n`,
    ],
    [
      'controls in every notation',
      `${head}controls: [ai-asset-inventory]\nelements:\n  bot:\n    kind: agent\n    controls:\n      agent-unique-identity: in-place\n      human-approval: { status: planned, owner: Jane, due: 2027-01-15 }\n      rate-limiting: { status: not-applicable, reason: No calls. }\n`,
    ],
    ['other models', `${head}use: { platform: ./platform.threatmodel.yaml }\nelements:\n  bot: { kind: agent, in: platform.corp }\n`],
  ];
  for (const [what, text] of good) {
    it(`accepts ${what}`, () => {
      assert.deepEqual(mistakes(text), []);
    });
  }

  const bad: [string, string, RegExp][] = [
    ['a file without version', 'title: x\n', /^ must have required property 'threatmodel'/],
    ['another version', 'threatmodel: 2\n', /\/threatmodel/],
    ['an unknown section', `${head}element: {}\n`, /^ must NOT have additional properties/],
    ['an unknown kind', `${head}elements:\n  bot: { kind: agnet }\n`, /\/elements\/bot\/kind must be equal to one of/],
    ['an element without a kind', `${head}elements:\n  bot: { title: Bot }\n`, /\/elements\/bot must have required property 'kind'/],
    ['an unknown property', `${head}elements:\n  bot: { kind: agent, autonmy: autonomous }\n`, /\/elements\/bot must NOT have additional/],
    ['an illegal value', `${head}elements:\n  bot: { kind: agent, autonomy: high }\n`, /\/elements\/bot\/autonomy must be equal to one of/],
    ['an unknown control', `${head}controls: [firewall]\n`, /\/controls\/0 must be equal to one of/],
    ['an unknown status', `${head}controls: { ai-asset-inventory: done }\n`, /\/controls\/ai-asset-inventory must be equal to one of/],
    [
      'what does not apply without a reason',
      `${head}controls: { ai-asset-inventory: { status: not-applicable } }\n`,
      /\/controls\/ai-asset-inventory must have required property 'reason'/,
    ],
    ['a flow without an end', `${head}flows:\n  ask: { from: a }\n`, /\/flows\/ask must have required property 'to'/],
    ['an id with a space', `${head}elements:\n  my bot: { kind: agent }\n`, /\/elements must NOT have additional properties/],
    ['a list that is a text', `${head}elements:\n  bot: { kind: agent, holds: prompts }\n`, /\/elements\/bot\/holds must be array/],
    [
      'a date that is none',
      `${head}accepted:\n  - { rule: agent-without-identity, at: bot, until: soon }\n`,
      /\/accepted\/0\/until must match pattern/,
    ],
    ['an unknown rule', `${head}accepted:\n  - { rule: agent-identity, at: bot }\n`, /\/accepted\/0\/rule must be equal to one of/],
  ];
  for (const [what, text, expected] of bad) {
    it(`refuses ${what}, as we do`, () => {
      assert.ok(
        mistakes(text).some((mistake) => expected.test(mistake)),
        mistakes(text).join('\n'),
      );
      assert.notDeepEqual(errorsOfOurs(text), []);
    });
  }
});
