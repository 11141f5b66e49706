import assert from 'node:assert/strict';
import { extendCatalogue } from '../../../server/src/catalogue/pack/extend.ts';
import { packCompletionsAt, packHoverAt } from '../../../server/src/language/packFile/packFile.ts';
import { GOOD_PACK, packBase } from '../../tools/packs.ts';

const texts = Object.entries(GOOD_PACK).map(([name, text]) => ({ name, text }));
const { catalogue } = extendCatalogue(packBase(), texts);
const { schemas } = packBase();

/** A file with the cursor at `▮`. */
function at(name: string, marked: string): { file: Parameters<typeof packCompletionsAt>[0]; offset: number } {
  return { file: { name, text: marked.replace('▮', ''), schemas, catalogue }, offset: marked.indexOf('▮') };
}

function labels(name: string, marked: string): string[] {
  const { file, offset } = at(name, marked);
  return packCompletionsAt(file, offset).map(({ label }) => label);
}

const RULE = 'rules/agents/mine.yaml';

const OFFERED: readonly {
  readonly what: string;
  readonly name?: string;
  readonly text: string;
  readonly some: readonly string[];
  readonly none?: readonly string[];
}[] = [
  { what: 'keys of a rule that are not there yet', text: 'id: mine\n▮', some: ['title', 'severity', 'match', 'satisfiedBy'], none: ['id'] },
  { what: 'severities', text: 'severity: ▮', some: ['low', 'critical'], none: ['banana'] },
  { what: 'shapes of a match', text: 'match:\n  ▮', some: ['element', 'flow', 'path', 'capability', 'anyOf'] },
  { what: 'parts of a test', text: 'match:\n  flow:\n    kind: [prompt]\n    ▮', some: ['from', 'to', 'crosses', 'where'], none: ['kind'] },
  { what: 'kinds of flow in a test of a flow', text: 'match:\n  flow: { kind: [▮] }', some: ['tool-call', 'prompt'], none: ['agent'] },
  {
    what: 'kinds of element in a test of an element',
    text: 'match:\n  flow:\n    to: { kind: [▮',
    some: ['agent', 'robot-arm'],
    none: ['prompt'],
  },
  {
    what: 'the other kinds of a list',
    text: 'match:\n  element:\n    kind:\n      - agent\n      - ▮',
    some: ['tool'],
    none: ['agent', 'prompt'],
  },
  { what: 'named tests', text: 'match:\n  element: ▮', some: Object.keys(catalogue.predicates.elements).slice(0, 2) },
  { what: 'properties', text: 'match:\n  element:\n    where:\n      ▮', some: ['autonomy', 'sideEffects'] },
  { what: 'values of a property', text: 'match:\n  element:\n    where:\n      autonomy: [▮]', some: ['autonomous'], none: ['tls'] },
  { what: 'controls', text: 'satisfiedBy: ▮', some: ['human-approval', 'emergency-stop'] },
  {
    what: 'controls in layers',
    text: 'satisfiedBy:\n  layered:\n    layers: 2\n    of: [human-approval, ▮]',
    some: ['emergency-stop'],
    none: ['human-approval'],
  },
  { what: 'taxonomies', text: 'mappings:\n  ▮', some: ['owasp-llm-2025'] },
  { what: 'ids of a taxonomy', text: 'mappings:\n  owasp-llm-2025: [▮]', some: ['LLM01:2025'] },
  { what: 'rules in the settings', name: 'config.yaml', text: 'rules:\n  ▮', some: ['lethal-trifecta', 'arm-without-stop'] },
  { what: 'keys of a setting', name: 'config.yaml', text: 'rules:\n  lethal-trifecta:\n    ▮', some: ['severity', 'off', 'reason'] },
  { what: 'truth', name: 'config.yaml', text: 'rules:\n  lethal-trifecta: { off: ▮ }', some: ['true', 'false'] },
  { what: 'mandatory controls', name: 'config.yaml', text: 'mandatory: [▮', some: ['human-approval'] },
  { what: 'swim lanes', name: 'controls/mine.yaml', text: 'lane: ▮', some: [...catalogue.swimLanes.keys()].slice(0, 1) },
  { what: 'nothing in a file that is none of the format', name: 'notes.yaml', text: '▮', some: [] },
];

describe("completion in an organisation's rules", () => {
  for (const { what, name = RULE, text, some, none = [] } of OFFERED) {
    it(`offers ${what}`, () => {
      const offered = labels(name, text);
      for (const label of some) assert.ok(offered.includes(label), `${label} of ${offered.join(' ')}`);
      for (const label of none) assert.ok(!offered.includes(label), label);
      if (some.length === 0) assert.deepEqual(offered, []);
      assert.equal(new Set(offered).size, offered.length);
    });
  }

  it('puts what is needed first, and writes what fits the place', () => {
    const { file, offset } = at(RULE, '▮');
    const sorted = [...packCompletionsAt(file, offset)].sort((a, b) => (a.order < b.order ? -1 : 1));
    const needed = (schemas['rule.schema.json'] as { required: string[] }).required;
    assert.deepEqual(new Set(sorted.slice(0, needed.length).map(({ label }) => label)), new Set(needed));
    const list = at(RULE, 'suggest: ▮');
    assert.ok(packCompletionsAt(list.file, list.offset).some(({ insert }) => insert === '[human-approval]'));
    const line = at(RULE, 'suggest:\n  ▮');
    assert.ok(packCompletionsAt(line.file, line.offset).some(({ insert }) => insert === '- human-approval'));
  });

  it('never fails, wherever the cursor is', () => {
    for (const [name, text] of Object.entries(GOOD_PACK)) {
      for (let offset = 0; offset <= text.length; offset++) {
        const file = { name, text: text.slice(0, offset), schemas, catalogue };
        const offered = packCompletionsAt(file, offset).map(({ label }) => label);
        assert.equal(new Set(offered).size, offered.length);
        packHoverAt({ ...file, text }, offset);
      }
    }
  });
});

const SHOWN: readonly (readonly [string, RegExp])[] = [
  ['sat▮isfiedBy: human-approval', /controls make a finding go away/i],
  ['satisfiedBy: human-ap▮proval', /Human approval/i],
  ['match:\n  flow: { kind: [tool-c▮all] }', /tool-call/],
  ['match:\n  element: { kind: [robot-▮arm] }', /robot/i],
  ['match:\n  element:\n    where: { auto▮nomy: [autonomous] }', /autonomy/],
  ['foldInto: [lethal-tri▮fecta]', /lethal-trifecta/],
];

describe("hover in an organisation's rules", () => {
  for (const [marked, wanted] of SHOWN) {
    it(`explains ${marked.replaceAll('\n', ' ')}`, () => {
      const { file, offset } = at(RULE, marked);
      assert.match(packHoverAt(file, offset)?.markdown ?? '', wanted);
    });
  }

  it('says nothing of free text', () => {
    const { file, offset } = at(RULE, 'title: Some ti▮tle');
    assert.equal(packHoverAt(file, offset), undefined);
  });
});
