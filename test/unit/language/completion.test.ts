import assert from 'node:assert/strict';
import { cardOf } from '../../../server/src/language/cards.ts';
import { completionsAt } from '../../../server/src/language/completion.ts';
import { formatKeys, type Container } from '../../../server/src/language/format.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { cursor } from '../../tools/markers.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { snapshotOf, TODAY } from './fixture.ts';

const MODEL = `boundaries:
  net: { kind: internet }
  corp: { kind: zone }
data:
  ask: { kind: question }
elements:
  user: { kind: user, in: net }
  gate: { kind: gateway, in: corp }
  bot: { kind: agent, in: corp, autonomy: assisted, controls: [identity] }
  pay: { kind: tool, in: corp, effects: [spend] }
flows:
  talk: { from: user, to: bot }
  buy: { from: bot, to: pay }
`;

/** Text with a cursor → the labels that are offered, in order: all of them, or the first few when they end in `…`. */
const OFFERS: readonly (readonly [name: string, text: string, labels: string])[] = [
  [
    'sections that are not there yet',
    'threatmodel: 1\ntitle: T\n$0',
    'description owner completeness tags controls boundaries data elements …',
  ],
  ['sections while one is typed', 'elements: {}\nfl$0', 'threatmodel title description owner …'],
  [
    'properties of the system',
    'threatmodel: 1\ntitle: T\ndescription: D\nowner: O\ncompleteness: draft\ntags: []\ncontrols: []\nboundaries: {}\ndata: {}\nelements: {}\nflows: {}\nuse: {}\nassumptions: []\nthreats: []\naccepted: []\nreviews: []\n$0',
    'riskTier',
  ],
  ['new elements of each kind', 'elements:\n  $0', 'agent approver gateway store tool user'],
  ['new boundaries', 'boundaries:\n  $0', 'internet zone'],
  ['a new flow', 'flows:\n  $0', 'flow'],
  ['nothing new where an id stands', 'elements:\n  a$0: { kind: user }', ''],
  [
    'keys of an element, with the properties of its kind',
    'elements:\n  a:\n    kind: agent\n    $0',
    'title in holds controls owner outOfScope completeness description tags autonomy registered trust',
  ],
  [
    'keys of an element of no kind',
    'elements:\n  a:\n    $0',
    'kind title in holds controls owner outOfScope completeness description tags trust',
  ],
  [
    'keys by the kind that stands below',
    'elements:\n  a:\n    $0\n    kind: tool',
    'title in holds controls owner outOfScope completeness description tags effects registered trust',
  ],
  ['what is consulted guards', 'elements:\n  a: { kind: approver, $0 }', 'title in holds controls guards …'],
  ['keys of a boundary', 'boundaries:\n  a: { kind: zone, $0 }', 'title in controls completeness description tags'],
  ['keys of a data asset', 'data:\n  a: { $0 }', 'kind title description tags'],
  [
    'keys of a flow in braces that are not closed',
    'flows:\n  a: { from: x, $0\n  b: { from: y, to: z }',
    'to kind title through carries returns oneWay controls description tags encryption',
  ],
  [
    'properties of a flow of a derived kind',
    `${MODEL}  more: { from: bot, to: pay, kind: call, carries: [], returns: [], $0 }`,
    'title through oneWay controls description tags encryption',
  ],
  ['kinds of element', 'elements:\n  a: { kind: $0 }', 'agent approver gateway store tool user'],
  ['kinds of element in lines', 'elements:\n  a:\n    kind: ag$0', 'agent approver gateway store tool user'],
  ['kinds of boundary', 'boundaries:\n  a: { kind: $0 }', 'internet zone'],
  ['kinds of data', 'data:\n  a: { kind: $0 }', 'personal question'],
  ['the natural kind of a flow first', `${MODEL}  more: { from: bot, to: pay, kind: $0 }`, 'call answer prompt'],
  ['boundaries', `${MODEL}  # \nelements:\n  x: { in: $0 }`, 'corp net'],
  ['boundaries, but not the one itself', 'boundaries:\n  a: { kind: zone }\n  b: { in: $0 }', 'a'],
  ['elements as ends', `${MODEL}  more: { from: $0 }`, 'bot gate pay user'],
  ['elements on the way, those that pass on first', `${MODEL}  more: { through: [$0] }`, 'gate bot pay user'],
  ['elements that are not on the way yet', `${MODEL}  more: { through: [gate, $0] }`, 'bot pay user'],
  ['data assets, then data kinds', `${MODEL}  more: { carries: [$0] }`, 'ask personal question'],
  ['what can be guarded', `${MODEL.replace('gate: { kind: gateway', 'gate: { kind: approver, guards: [$0]')}`, 'bot buy pay talk user'],
  ['values of a property', 'elements:\n  a: { kind: agent, autonomy: $0 }', 'assisted autonomous unknown'],
  ['values of a list property', 'elements:\n  a: { kind: tool, effects: [read, $0] }', 'none spend unknown'],
  ['values of a flag', 'elements:\n  a: { kind: agent, registered: $0 }', 'true false'],
  ['levels', 'elements:\n  a: { trust: $0 }', '0 1 2 3 4'],
  [
    'controls of a flow: what clears a finding first, then what is meant for it',
    MODEL.replace('to: pay }', 'to: pay, controls: [$0] }'),
    'approval limit policy tls',
  ],
  ['controls of an element', 'elements:\n  a: { kind: gateway, controls: [$0] }', 'limit approval identity policy'],
  ['controls that are not stated yet', MODEL.replace('[identity]', '[identity, $0]'), 'approval limit policy'],
  ['controls of a boundary', 'boundaries:\n  a: { controls: [$0] }', 'limit tls'],
  ['controls of the system: what clears a finding first', `${MODEL}controls: [$0]\n`, 'inventory tls'],
  ['statuses', 'elements:\n  a: { kind: agent, controls: { identity: $0 } }', 'in-place partial planned absent not-applicable'],
  [
    'statuses in details',
    'elements:\n  a:\n    controls:\n      identity:\n        status: $0',
    'in-place partial planned absent not-applicable',
  ],
  [
    'keys of a statement',
    'elements:\n  a: { controls: { identity: { status: planned, $0 } } }',
    'reason evidence owner due description tags',
  ],
  ['keys of an acceptance', 'accepted:\n  - rule: x\n    $0', 'at from owner reason until description tags'],
  ['the first key of an acceptance', 'accepted:\n  - $0', 'rule at from owner reason until description tags'],
  [
    'rules, those with a finding first',
    `${MODEL}accepted:\n  - rule: $0`,
    'agents-not-listed spending-without-approval agent-without-identity too-free-agent',
  ],
  [
    'subjects, those of the rule first',
    `${MODEL}accepted:\n  - rule: spending-without-approval\n    at: $0`,
    'buy $model bot corp gate net pay talk user',
  ],
  ['decisions', 'reviews:\n  - decision: $0', 'approved changes-requested'],
  ['how complete a part is', 'elements:\n  a: { completeness: $0 }', 'complete draft'],
  ['nothing in a text', 'elements:\n  a: { title: $0 }', ''],
  ['nothing in a comment', 'elements:\n  a: # $0', ''],
  ['nothing for an unknown key', 'elements:\n  a: { whatever: $0 }', ''],
  ['nothing in a section that is not one', 'nonsense:\n  a: { $0 }', ''],
  [
    'names although the text above is broken',
    'elements:\n  bot: { kind: agent\n  "x\n  user: { kind: user }\nflows:\n  a: { from: $0',
    'bot user',
  ],
];

/** Accepting the completion with a label: the text before and after. */
const ACCEPTED: readonly (readonly [name: string, before: string, label: string, after: string])[] = [
  ['a section', 'threatmodel: 1\nele$0', 'elements', 'threatmodel: 1\nelements:\n  '],
  ['a section in the style of the file', 'data:\r\n    a: {}\r\nele$0', 'elements', 'data:\r\n    a: {}\r\nelements:\r\n    '],
  ['a key', 'elements:\n  a:\n    ki$0', 'kind', 'elements:\n  a:\n    kind: '],
  ['a key that has its colon', 'elements:\n  a:\n    ki$0: agent', 'kind', 'elements:\n  a:\n    kind: agent'],
  ['a value in the place of another', 'elements:\n  a: { kind: age$0nt }', 'tool', 'elements:\n  a: { kind: tool }'],
  ['a value in quotes', 'elements:\n  a: { kind: "age$0" }', 'tool', 'elements:\n  a: { kind: "tool" }'],
  ['a list where there is none', 'elements:\n  a: { controls: $0 }', 'limit', 'elements:\n  a: { controls: [limit] }'],
  ['an item in brackets', 'elements:\n  a: { controls: [limit, $0] }', 'policy', 'elements:\n  a: { controls: [limit, policy] }'],
  ['an item behind its dash', 'elements:\n  a:\n    controls:\n      - $0', 'limit', 'elements:\n  a:\n    controls:\n      - limit'],
  [
    'an item with its dash',
    'elements:\n  a:\n    controls:\n      - limit\n      po$0',
    'policy',
    'elements:\n  a:\n    controls:\n      - limit\n      - policy',
  ],
  ['the first item', 'elements:\n  a:\n    controls:\n      $0', 'policy', 'elements:\n  a:\n    controls:\n      - policy'],
  [
    'an entry of a map of controls',
    'elements:\n  a:\n    controls:\n      limit: planned\n      $0',
    'policy',
    'elements:\n  a:\n    controls:\n      limit: planned\n      policy: in-place',
  ],
  [
    'an entry of a map of controls in braces',
    'elements:\n  a: { controls: { $0 } }',
    'policy',
    'elements:\n  a: { controls: { policy: in-place } }',
  ],
  ['the first key of an acceptance', 'accepted:\n  $0', 'rule', 'accepted:\n  - rule: '],
  ['the first key of an acceptance behind its dash', 'accepted:\n  - ru$0', 'rule', 'accepted:\n  - rule: '],
  [
    'one boundary needs no list',
    'boundaries:\n  b: {}\nelements:\n  a: { in: $0 }',
    'b',
    'boundaries:\n  b: {}\nelements:\n  a: { in: b }',
  ],
];

function labelsAt(marked: string): string[] {
  const { text, offset } = cursor(marked);
  const offers = completionsAt(snapshotOf(text), offset);
  return [...offers].sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ label }) => label);
}

describe('completion offers', () => {
  for (const [name, marked, expected] of OFFERS) {
    it(name, () => {
      const labels = labelsAt(marked);
      const words = expected.split(' ').filter((word) => word !== '');
      if (words.at(-1) === '…') assert.deepEqual(labels.slice(0, words.length - 1), words.slice(0, -1));
      else assert.deepEqual(labels, words);
    });
  }
});

describe('completion writes', () => {
  for (const [name, before, label, after] of ACCEPTED) {
    it(name, () => {
      const { text, offset } = cursor(before);
      const found = completionsAt(snapshotOf(text), offset).find((offer) => offer.label === label);
      assert.ok(found, `${label} is not offered`);
      assert.equal(applyEdits(text, [{ span: found.span, text: found.insert }]), after);
    });
  }
});

describe('completion explains', () => {
  it('every key, kind, control, rule and status that it offers', () => {
    for (const [, marked] of OFFERS) {
      const { text, offset } = cursor(marked);
      const snapshot = snapshotOf(text);
      for (const { about, label } of completionsAt(snapshot, offset)) if (about) assert.ok(cardOf(about, snapshot), label);
    }
  });

  /** Where each container's keys are legal, with a kind that makes use of them all. */
  const homes: Readonly<Partial<Record<Container, string>>> = {
    model: '$:',
    boundary: 'boundaries:\n  b:\n    $:',
    data: 'data:\n  d:\n    $:',
    element: 'elements:\n  e:\n    $:',
    flow: 'flows:\n  f:\n    $:',
    scope: 'elements:\n  e:\n    outOfScope:\n      $:',
    acceptance: 'accepted:\n  - $:',
    threat: 'threats:\n  - $:',
    review: 'reviews:\n  - $:',
    statement: 'elements:\n  e:\n    controls:\n      limit:\n        $:',
  };
  for (const [container, home] of Object.entries(homes)) {
    it(`only keys that the model knows: ${container}`, () => {
      for (const name of formatKeys(container as Container).keys()) {
        const codes = snapshotOf(home.replace('$', name)).problems.map(({ code }) => code);
        assert.ok(!codes.includes('unknown-key') && !codes.includes('unknown-property') && !codes.includes('unknown-section'), name);
      }
      const codes = snapshotOf(home.replace('$', 'nonsense')).problems.map(({ code }) => code);
      assert.ok(
        codes.some((code) => code.startsWith('unknown-')),
        codes.join(),
      );
    });
  }
});

describe('completion', () => {
  const at = (marked: string) => {
    const { text, offset } = cursor(marked);
    return completionsAt(snapshotOf(text), offset);
  };

  it('says which finding a control would clear', () => {
    const details = at(MODEL.replace('to: pay }', 'to: pay, controls: [$0] }')).map(({ label, detail }) => `${label}: ${detail}`);
    assert.deepEqual(details.slice(0, 2), [
      'approval: Human approval · clears "Title of spending-without-approval"',
      'limit: Rate limit · helps with "Title of spending-without-approval"',
    ]);
  });

  it('offers the ends that a flow can have first, then those in the same boundary', () => {
    const labels = at(`${MODEL}  more: { from: bot, to: $0 }`).toSorted((a, b) => (a.order < b.order ? -1 : 1));
    assert.deepEqual(
      labels.map(({ label }) => label),
      ['pay', 'gate', 'user'],
    );
  });

  it('puts a half-indented line where it belongs', () => {
    const [first] = at('elements:\n  a:\n    kind: agent\n   $0');
    assert.deepEqual(first?.margin, { span: { start: 31, end: 34 }, text: '    ' });
    assert.equal(at('elements:\n  a:\n    kind: agent\n    $0')[0]?.margin, undefined);
  });

  it('begins a new thing where the last one is, under a name that is free, with places to fill in', () => {
    const offer = at(MODEL.replace('flows:', '  $0\nflows:')).find(({ label }) => label === 'user');
    assert.equal(offer?.insert, 'user-2: { kind: user, in: corp }');
    assert.deepEqual(
      offer.holes?.map(({ start, end }) => offer.insert.slice(start, end)),
      ['user-2', 'corp'],
    );
  });

  it('offers whole models in a file that says nothing', () => {
    const catalogue = readCatalogue();
    for (const marked of ['$0', '# a comment\n$0', 'rag$0']) {
      const { text, offset } = cursor(marked);
      const offers = completionsAt(takeSnapshot(text, catalogue, TODAY), offset).filter(({ sort }) => sort === 'skeleton');
      assert.deepEqual(
        offers.map(({ label }) => label),
        catalogue.templates.map(({ id }) => id),
      );
    }
    const { text, offset } = cursor('threatmodel: 1\n$0');
    assert.ok(completionsAt(takeSnapshot(text, catalogue, TODAY), offset).every(({ sort }) => sort !== 'skeleton'));
  });
});

describe('a template', () => {
  for (const { id, text, title } of readCatalogue().templates) {
    it(`is a model without a mistake, and has something to fix: ${id}`, () => {
      const snapshot = takeSnapshot(text, readCatalogue(), TODAY);
      assert.match(title, /^[A-Z].+: .+/);
      assert.deepEqual(snapshot.problems, []);
      assert.ok(snapshot.findings.length > 5);
    });
  }
});
