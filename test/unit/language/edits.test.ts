import assert from 'node:assert/strict';
import { addControl, setProperty } from '../../../server/src/language/edits.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { snapshotOf } from './fixture.ts';

/** Adding `control` to `giver`: the text before, and after. `|` begins each line, so that indentation shows. */
interface Case {
  readonly name: string;
  readonly giver?: string;
  readonly control?: string;
  readonly before: string;
  readonly after: string;
}

const CASES: readonly Case[] = [
  {
    name: 'braces',
    before: `|elements:
             |  a: { kind: agent } # an agent
             |  b: { kind: tool }`,
    after: `|elements:
            |  a: { kind: agent, controls: [approval] } # an agent
            |  b: { kind: tool }`,
  },
  {
    name: 'braces without spaces and with a comma at the end',
    before: `|elements: {a: {kind: agent,}}`,
    after: `|elements: {a: {kind: agent, controls: [approval],}}`,
  },
  {
    name: 'empty braces',
    before: `|elements:
             |  a: {}`,
    after: `|elements:
            |  a: { controls: [approval] }`,
  },
  {
    name: 'an id with nothing',
    before: `|elements:
             |  a: # to do
             |  b: { kind: tool }`,
    after: `|elements:
            |  a: # to do
            |    controls: [approval]
            |  b: { kind: tool }`,
  },
  {
    name: 'an id with nothing in braces',
    before: `|elements: { a: , b: { kind: tool } }`,
    after: `|elements: { a: { controls: [approval] } , b: { kind: tool } }`,
  },
  {
    name: 'an id without a colon in braces',
    before: `|elements: { a }`,
    after: `|elements: { a: { controls: [approval] } }`,
  },
  {
    name: 'a null',
    before: `|elements:
             |  a: ~ # to do`,
    after: `|elements:
            |  a: { controls: [approval] } # to do`,
  },
  {
    name: 'lines',
    before: `|elements:
             |    a:
             |        kind: agent
             |        title: An agent # its name
             |
             |    # the tool
             |    b: { kind: tool }`,
    after: `|elements:
            |    a:
            |        kind: agent
            |        title: An agent # its name
            |        controls: [approval]
            |
            |    # the tool
            |    b: { kind: tool }`,
  },
  {
    name: 'lines that end in a text',
    before: `|elements:
             |  a:
             |    kind: agent
             |    description: |
             |      One.
             |
             |      Two.
             |  b: { kind: tool }`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    description: |
            |      One.
            |
            |      Two.
            |    controls: [approval]
            |  b: { kind: tool }`,
  },
  {
    name: 'lines that end in a text that keeps its blank lines',
    before: `|elements:
             |  a:
             |    kind: agent
             |    description: |+
             |      One.
             |
             |  b: { kind: tool }`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    controls: [approval]
            |    description: |+
            |      One.
            |
            |  b: { kind: tool }`,
  },
  {
    name: 'lines that end in a list',
    before: `|elements:
             |  a:
             |    kind: agent
             |    holds:
             |      - question # asked
             |flows: {}`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    holds:
            |      - question # asked
            |    controls: [approval]
            |flows: {}`,
  },
  {
    name: 'a list in brackets',
    before: `|elements:
             |  a: { kind: agent, controls: [identity] }`,
    after: `|elements:
            |  a: { kind: agent, controls: [identity, approval] }`,
  },
  {
    name: 'an empty list',
    before: `|elements:
             |  a: { kind: agent, controls: [ ] }`,
    after: `|elements:
            |  a: { kind: agent, controls: [approval] }`,
  },
  {
    name: 'a list in brackets over lines',
    before: `|elements:
             |  a:
             |    controls: [
             |      limit,
             |      identity # its own
             |    ]
             |    kind: agent`,
    after: `|elements:
            |  a:
            |    controls: [
            |      limit,
            |      identity, # its own
            |      approval
            |    ]
            |    kind: agent`,
  },
  {
    name: 'a list in brackets over lines with a comma at the end',
    before: `|elements:
             |  a:
             |    controls: [
             |      limit,
             |      identity, # its own
             |    ]
             |    kind: agent`,
    after: `|elements:
            |  a:
            |    controls: [
            |      limit,
            |      identity, # its own
            |      approval,
            |    ]
            |    kind: agent`,
  },
  {
    name: 'a list in lines',
    before: `|elements:
             |  a:
             |    kind: agent
             |    controls:
             |      - identity # its own
             |      # and the rest
             |    title: A`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    controls:
            |      - identity # its own
            |      - approval
            |      # and the rest
            |    title: A`,
  },
  {
    name: 'a list in lines as deep as its key',
    before: `|elements:
             |  a:
             |    kind: agent
             |    controls:
             |    - identity
             |    title: A`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    controls:
            |    - identity
            |    - approval
            |    title: A`,
  },
  {
    name: 'a list with a dash that waits',
    before: `|elements:
             |  a:
             |    kind: agent
             |    controls:
             |      - identity
             |      -
             |    title: A`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    controls:
            |      - identity
            |      - approval
            |    title: A`,
  },
  {
    name: 'a map in lines',
    before: `|elements:
             |  a:
             |    kind: agent
             |    controls:
             |      identity: { status: planned, owner: me } # soon
             |    title: A`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    controls:
            |      identity: { status: planned, owner: me } # soon
            |      approval: in-place
            |    title: A`,
  },
  {
    name: 'a map in braces',
    before: `|elements:
             |  a: { kind: agent, controls: { identity: planned } }`,
    after: `|elements:
            |  a: { kind: agent, controls: { identity: planned, approval: in-place } }`,
  },
  {
    name: 'controls with nothing',
    before: `|elements:
             |  a:
             |    controls: # none yet
             |    kind: agent`,
    after: `|elements:
            |  a:
            |    controls: [approval] # none yet
            |    kind: agent`,
  },
  {
    name: 'a planned control',
    before: `|elements:
             |  a:
             |    controls:
             |      approval: planned # next year
             |    kind: agent`,
    after: `|elements:
            |  a:
            |    controls:
            |      approval: in-place # next year
            |    kind: agent`,
  },
  {
    name: 'a planned control with details',
    before: `|elements:
             |  a: { kind: agent, controls: { approval: { status: 'planned', owner: me } } }`,
    after: `|elements:
            |  a: { kind: agent, controls: { approval: { status: in-place, owner: me } } }`,
  },
  {
    name: 'a planned control under its old name',
    control: 'policy',
    before: `|elements:
             |  a: { kind: tool, controls: { old-policy: planned } }`,
    after: `|elements:
            |  a: { kind: tool, controls: { old-policy: in-place } }`,
  },
  {
    name: 'a control without its status',
    before: `|elements:
             |  a:
             |    kind: agent
             |    controls:
             |      approval: # ?
             |      identity: in-place`,
    after: `|elements:
            |  a:
            |    kind: agent
            |    controls:
            |      approval: in-place # ?
            |      identity: in-place`,
  },
  {
    name: 'a control with details and no status',
    before: `|elements:
             |  a: { kind: agent, controls: { approval: { owner: me } } }`,
    after: `|elements:
            |  a: { kind: agent, controls: { approval: { owner: me, status: in-place } } }`,
  },
  {
    name: 'braces over lines',
    before: `|elements:
             |  a: {
             |    kind: agent,
             |    title: A # its name
             |  }
             |  b: { kind: tool }`,
    after: `|elements:
            |  a: {
            |    kind: agent,
            |    title: A, # its name
            |    controls: [approval]
            |  }
            |  b: { kind: tool }`,
  },
  {
    name: 'braces over lines that close on the last one',
    before: `|elements:
             |  a: { kind: agent,
             |       title: A }`,
    after: `|elements:
            |  a: { kind: agent,
            |       title: A,
            |       controls: [approval] }`,
  },
  {
    name: 'characters beyond the basic plane',
    before: `|elements:
             |  a: { kind: agent, title: "🦊, {" }`,
    after: `|elements:
            |  a: { kind: agent, title: "🦊, {", controls: [approval] }`,
  },
  {
    name: 'a flow',
    giver: 'f',
    before: `|elements: { a: { kind: agent }, b: { kind: tool } }
             |flows:
             |  f: { from: a, to: b }`,
    after: `|elements: { a: { kind: agent }, b: { kind: tool } }
            |flows:
            |  f: { from: a, to: b, controls: [approval] }`,
  },
  {
    name: 'the system, below what the file says of itself',
    giver: '$model',
    control: 'inventory',
    before: `|# A model
             |threatmodel: 1
             |title: T # the title
             |
             |elements:
             |  a: { kind: agent }`,
    after: `|# A model
            |threatmodel: 1
            |title: T # the title
            |controls: [inventory]
            |
            |elements:
            |  a: { kind: agent }`,
  },
  {
    name: 'the system, above everything',
    giver: '$model',
    control: 'inventory',
    before: `|elements:
             |  a: { kind: agent }`,
    after: `|controls: [inventory]
            |
            |elements:
            |  a: { kind: agent }`,
  },
  {
    name: 'the system with a list',
    giver: '$model',
    control: 'inventory',
    before: `|controls: [tls] # all of it
             |elements: {}`,
    after: `|controls: [tls, inventory] # all of it
            |elements: {}`,
  },
  {
    name: 'the system with a list in lines',
    giver: '$model',
    control: 'inventory',
    before: `|controls:
             |- tls # all of it
             |elements: {}`,
    after: `|controls:
            |- tls # all of it
            |- inventory
            |elements: {}`,
  },
  {
    name: 'the system with a map in lines',
    giver: '$model',
    control: 'inventory',
    before: `|controls:
             |   tls: in-place
             |   policy:
             |      status: planned # soon
             |elements: {}`,
    after: `|controls:
            |   tls: in-place
            |   policy:
            |      status: planned # soon
            |   inventory: in-place
            |elements: {}`,
  },
  {
    name: 'the system with a planned control',
    giver: '$model',
    control: 'inventory',
    before: `|controls:
             |  inventory: planned
             |elements: {}`,
    after: `|controls:
            |  inventory: in-place
            |elements: {}`,
  },
  {
    name: 'the system with controls and nothing',
    giver: '$model',
    control: 'inventory',
    before: `|controls:
             |elements: {}`,
    after: `|controls: [inventory]
            |elements: {}`,
  },
];

function lines(marked: string): string {
  return marked.replace(/^ *\|/gm, '');
}

function add(text: string, giver: string, control: string): string | undefined {
  const { syntax, model } = snapshotOf(text);
  const edits = addControl(syntax, model, giver, control);
  return edits && applyEdits(text, edits);
}

describe('adding a control', () => {
  for (const { name, giver = 'a', control = 'approval', before, after } of CASES) {
    for (const [ending, eol] of [
      ['', '\n'],
      [' with CRLF', '\r\n'],
    ] as const) {
      it(name + ending, () => {
        const text = lines(before).replaceAll('\n', eol);
        const edited = add(text, giver, control);
        assert.equal(edited, lines(after).replaceAll('\n', eol));
        assert.deepEqual(add(`${text}${eol}`, giver, control), `${lines(after)}\n`.replaceAll('\n', eol));
        const { model } = snapshotOf(edited);
        const stated = (giver === '$model' ? model : (model.elements.get(giver) ?? model.flows.get(giver)))?.controls;
        assert.equal(stated?.find((statement) => statement.control === control)?.status, 'in-place');
      });
    }
  }

  const nothing = [
    ['a control that is in place', 'elements:\n  a: { kind: agent, controls: [approval] }', 'a'],
    ['a giver that is not there', 'elements:\n  a: { kind: agent }', 'z'],
    ['controls that are a text', 'elements:\n  a: { kind: agent, controls: identity }', 'a'],
    ['a thing that is a text', 'elements:\n  a: agent', 'a'],
    ['a thing that is an alias', 'elements:\n  b: &b { kind: agent }\n  a: *b', 'a'],
    ['a thing whose lines are an alias', 'elements:\n  b: &b\n    kind: agent\n  a: *b\n', 'a'],
  ] as const;
  for (const [name, text, giver] of nothing) {
    it(`leaves alone ${name}`, () => assert.equal(add(text, giver, 'approval'), undefined));
  }
});

describe('setting a property', () => {
  const sets = [
    ['adds it in braces', 'elements:\n  a: { kind: agent }', 'assisted', 'elements:\n  a: { kind: agent, autonomy: assisted }'],
    ['adds it in lines', 'elements:\n  a:\n    kind: agent\n', 'assisted', 'elements:\n  a:\n    kind: agent\n    autonomy: assisted\n'],
    ['replaces it', 'elements:\n  a: { autonomy: "unknown" }', 'assisted', 'elements:\n  a: { autonomy: assisted }'],
    ['fills it in', 'elements:\n  a:\n    autonomy: # ?\n', 'assisted', 'elements:\n  a:\n    autonomy: assisted # ?\n'],
    ['quotes what would mean something else', 'elements:\n  a: {}', 'a: "b"', 'elements:\n  a: { autonomy: "a: \\"b\\"" }'],
    ['quotes what would be no text', 'elements:\n  a: {}', 'true', 'elements:\n  a: { autonomy: "true" }'],
    ['writes a list', 'elements:\n  a: { kind: tool }', ['x', 'y z'], 'elements:\n  a: { kind: tool, autonomy: [x, y z] }'],
    [
      'replaces a list in lines',
      'elements:\n  a:\n    autonomy:\n      - x\n    in: y',
      ['z'],
      'elements:\n  a:\n    autonomy: [z]\n    in: y',
    ],
  ] as const;
  for (const [name, text, value, after] of sets) {
    it(name, () => {
      const { syntax, model } = snapshotOf(text);
      assert.equal(applyEdits(text, setProperty(syntax, model, 'a', 'autonomy', value) ?? []), after);
    });
  }

  it('states a property of the whole system', () => {
    const text = 'threatmodel: 1\nelements: {}\n';
    const { syntax, model } = snapshotOf(text);
    const edits = setProperty(syntax, model, '$model', 'riskTier', 'high') ?? [];
    assert.equal(applyEdits(text, edits), 'threatmodel: 1\nriskTier: high\nelements: {}\n');
  });
});
