import assert from 'node:assert/strict';
import { hoverAt } from '../../../server/src/language/hover.ts';
import { escapeMarkdown } from '../../../server/src/language/markdown.ts';
import { cursor } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

const MODEL = `threatmodel: 1
owner: me
boundaries:
  net: { kind: internet }
  corp: { kind: zone, title: Corp net }
  inner: { kind: zone, in: corp, controls: [limit] }
data:
  ask: { kind: question, title: The question }
elements:
  user: { kind: user, in: net }
  gate: { kind: gateway, in: corp }
  bot:
    kind: agent
    title: Support bot
    in: inner
    autonomy: assisted
    controls: { identity: planned, limit: in-place }
  pay: { kind: tool, in: corp, effects: [spend], holds: [personal, ask] }
flows:
  talk: { from: user, to: bot, through: [gate], carries: [ask], returns: [personal] }
  buy: { from: bot, to: pay }
accepted:
  - rule: spending-without-approval
    at: buy
    owner: me
    reason: Small sums only.
    until: 2027-01-01
`;

/** The text around the cursor (unique in the model) → the card. */
const CARDS: readonly (readonly [name: string, around: string, card: string])[] = [
  [
    'an element',
    '  b$0ot:',
    `**Support bot** \`bot\`

- Kind: Agent
- In: Corp net › inner
- Trust: 2 of 4
- Owner: me
- Flows in: \`talk\` (user)
- Flows out: \`buy\` (pay)
- Controls: Own identity (planned), Rate limit

**Findings**

- low, planned: Support bot has no identity of its own.`,
  ],
  [
    'an element on the way',
    'through: [ga$0te]',
    `**gate** \`gate\`

- Kind: Gateway
- In: Corp net
- Trust: 2 of 4
- Owner: me
- On the way of: \`talk\` (Support bot)`,
  ],
  [
    'an element that holds data',
    'to: p$0ay',
    `**pay** \`pay\`

- Kind: Tool
- In: Corp net
- Trust: 2 of 4
- Owner: me
- Holds: Personal data, The question
- Flows in: \`buy\` (Support bot)`,
  ],
  [
    'a flow',
    'ta$0lk:',
    `**talk** \`talk\`

- user → gate → Support bot
- Kind: Prompt (from its ends)
- Reply: Answer, with Personal data
- Carries: The question
- Crosses: net, Corp net, inner`,
  ],
  [
    'a boundary',
    'in: co$0rp, controls',
    `**Corp net** \`corp\`

- Kind: Zone
- Boundaries inside: inner
- Elements: gate, pay`,
  ],
  [
    'a data asset',
    'carries: [as$0k]',
    `**The question** \`ask\`

- Kind: Question
- Held by: pay
- Moves with: \`talk\``,
  ],
  ['a kind of element', 'kind: ag$0ent', '**Agent** `agent`\n\nA model in a loop.'],
  ['a kind of boundary', 'net: { kind: inter$0net', '**Internet** `internet`\n\nThe public network.'],
  ['a kind of data', 'returns: [per$0sonal]', '**Personal data** `personal`\n\nAbout people.'],
  [
    'a property',
    'auto$0nomy',
    `**\`autonomy\`**

About autonomy.

- Values: \`assisted\`, \`autonomous\`, \`unknown\`
- Of: \`agent\`
- When nothing is said: \`unknown\``,
  ],
  ['a key of the format', 'thr$0ough', '**`through`**\n\nThe elements that it passes, in order: gateways, guardrails, proxies.'],
  [
    'a control',
    'controls: [lim$0it]',
    `**Rate limit** \`limit\`

Rate limit as it should be.

- Principles: least privilege
- Swim lane: Build agents securely · layer tool · deterministic
- Can be given by: element, flow, boundary
- Stated by: \`inner\`, \`bot\``,
  ],
  [
    'a status, with the finding that is shown there',
    'identity: pla$0nned',
    `**\`planned\`**

It is decided; does not satisfy a rule yet.

**Title of agent-without-identity** (low, planned: Support bot has no identity of its own.)

Why agent-without-identity matters.

**To satisfy it:** "Own identity"

Principle: assume breach`,
  ],
  [
    'the rule of an acceptance',
    'rule: spending-$0without',
    `**Title of spending-without-approval** \`spending-without-approval\`

Severity high · assume breach

Why spending-without-approval matters.

**Accepting it:** Seldom.`,
  ],
];

/** The model with a cursor where `around` has it. */
function inModel(around: string): { readonly text: string; readonly offset: number } {
  const { text, offset } = cursor(around);
  assert.equal(MODEL.split(text).length, 2, `${text} is not in the model, or not once`);
  return { text: MODEL, offset: MODEL.indexOf(text) + offset };
}

describe('hover', () => {
  for (const [name, around, card] of CARDS) {
    it(name, () => {
      const { text, offset } = inModel(around);
      assert.equal(hoverAt(snapshotOf(text), offset)?.markdown, card);
    });
  }

  for (const around of ['title: Supp$0ort', 'Small su$0ms', 'until: 2027$0', 'ask: {$0 kind']) {
    it(`says nothing at ${around}`, () => {
      const { text, offset } = inModel(around);
      assert.equal(hoverAt(snapshotOf(text), offset), undefined);
    });
  }

  it('names the word that it is about', () => {
    const { text, offset } = inModel('through: [ga$0te]');
    const span = hoverAt(snapshotOf(text), offset)?.span;
    assert.equal(text.slice(span?.start, span?.end), 'gate');
  });

  it('says nothing at an id that nobody has', () => {
    const { text, offset } = cursor('flows:\n  a: { from: no$0body, to: nobody }');
    assert.equal(hoverAt(snapshotOf(text), offset), undefined);
  });

  it('has text of the file as text only', () => {
    const title = '<img src=x onerror=alert(1)> [x](command:evil) **b** `c` https://evil.example www.evil.example\\n# h\\n- l | t';
    const description = '![i](http://evil.example/i.png) &lt;b&gt; \\u202egnp.exe';
    const text = `elements:\n  a: { kind: agent, title: "${title}", description: "${description}", in: a, owner: "<b>" }\n`;
    const markdown = hoverAt(snapshotOf(text), text.indexOf('a:'))?.markdown ?? '';
    const unescaped = markdown.replace(/\\./g, '');
    for (const raw of ['<img', '[x](', '**b**', '`c`', 'https:', 'www.', '\n# h', '\n- l', '![i]', '&lt;', '<b>', '\u202e']) {
      assert.ok(!unescaped.includes(raw), `${raw} in ${markdown}`);
    }
    assert.match(markdown, /\\<img src=x onerror=alert\\\(1\\\)\\>/);
  });

  it('cuts a text that has no end', () => {
    const text = `elements:\n  a: { kind: agent, title: "${'long '.repeat(10_000)}" }\n`;
    assert.ok((hoverAt(snapshotOf(text), text.indexOf('a:'))?.markdown.length ?? 0) < 2000);
  });

  it('escapes twice what is escaped once', () => {
    assert.equal(escapeMarkdown('a\\*b'), 'a\\\\\\*b');
  });
});
