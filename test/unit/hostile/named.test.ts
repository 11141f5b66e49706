import assert from 'node:assert/strict';
import { createElk } from '../../../server/src/diagram/elk.ts';
import type { ElkLike } from '../../../server/src/diagram/index.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { parseXml } from '../diagram/xml.ts';
import { assertAsFresh, NO_ENGINE, pictureOf, reportsOf, snapshotOf } from './pipeline.ts';

const HEAD = 'threatmodel: 1\n';
const SYSTEM = `${HEAD}boundaries:
  own: { kind: organization }
elements:
  user: { kind: human-user }
  bot: { kind: agent, in: own }
  llm: { kind: model }
flows:
  ask: { from: user, to: bot }
  think: { from: bot, to: llm }
`;

/** One text through everything; the picture is well-formed. */
async function through(text: string, engine: ElkLike = NO_ENGINE) {
  const snapshot = snapshotOf(text);
  assertAsFresh(snapshotOf(`${text} `, snapshot));
  const svg = await pictureOf(snapshot, engine);
  parseXml(svg);
  return { snapshot, svg, codes: codesOf(snapshot), ...reportsOf(snapshot) };
}

function codesOf({ problems }: Snapshot): string[] {
  return [...new Set(problems.filter(({ severity }) => severity !== 'hint').map(({ code }) => code))].sort();
}

const aliases = (name: string): string => Array.from({ length: 9 }, () => `*${name}`).join(', ');
const bomb = ['l0: &l0 [x, x, x]', ...Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${aliases(`l${at}`)}]`)].join('\n');

/** What the file is, the text, and the problems it must have (hints aside). */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['empty', '', ['missing-version']],
  ['only comments', '# nothing\n# more\n', ['missing-version']],
  ['an empty model', HEAD, ['empty-model']],
  ['only boundaries', `${HEAD}boundaries:\n  a: { kind: organization }\n  b: { kind: organization, in: a }\n`, ['empty-model']],
  ['a byte order mark', `\ufeff${SYSTEM}`, []],
];

describe('hostile models', function () {
  this.timeout(60_000);

  for (const [name, text, codes] of CASES) {
    it(`go through everything: ${name}`, async () => {
      assert.deepEqual((await through(text)).codes, codes);
    });
  }

  /** Only that nothing throws, that something is said, and that the rest of the file is still looked at. */
  for (const [name, text] of [
    ['an alias bomb', `${SYSTEM}x-bomb:\n${bomb.replace(/^/gm, '  ')}\n`],
    ['aliases of themselves', `${SYSTEM}x-a: &a [*a]\n`],
    ['100,000 brackets', `${SYSTEM}x-deep: ${'['.repeat(100_000)}\n`],
    ['1,500 levels of keys', `${SYSTEM}x-deep:\n${Array.from({ length: 1_500 }, (_, at) => `${' '.repeat(at + 2)}k:`).join('\n')}\n`],
    ['merge keys', `${SYSTEM}x-m: &m { kind: agent }\nboundaries:\n  <<: *m\n`],
    ['foreign tags', `${SYSTEM}x-t: !!js/function "function () {}"\nx-u: !!python/object:os.system [ls]\n`],
    ['two documents', `${SYSTEM}---\n${SYSTEM}`],
    ['an old version of YAML', `%YAML 1.1\n---\n${SYSTEM}`],
    ['two elements of one name', `${SYSTEM}  ask: { from: user, to: llm }\n`],
    ['one section twice', `${SYSTEM}elements:\n  bot: { kind: tool }\n`],
    ['names that differ by case', `${SYSTEM}  Ask: { from: user, to: bot }\n  ASK: { from: User, to: bot }\n`],
    ['a NUL', SYSTEM.replace('human', 'hu\0man')],
    ['an unclosed quote', `${SYSTEM}title: "never\n`],
    ['a key that never comes', '? '],
    ['a tab', SYSTEM.replace('  bot', '\tbot')],
    ['halves of characters', `${SYSTEM}title: "\ud800 \udfff"\n`],
    ['an invisible twin', `${SYSTEM}  a\u200bsk: { from: user, to: bot }\n`],
    ['an unknown parent', SYSTEM.replace('organization', 'organization, in: nowhere')],
    ['a boundary in itself', SYSTEM.replace('organization', 'organization, in: own')],
    ['a flow to a boundary', SYSTEM.replace('to: bot', 'to: own')],
    ['a flow to nowhere', SYSTEM.replace('to: bot', 'to: bto')],
    ['an unknown control', SYSTEM.replace('kind: agent', 'kind: agent, controls: [human-aproval]')],
    ['an acceptance of nothing', `${SYSTEM}accepted:\n  - { rule: no-such-rule, at: nobody, until: 2020-13-45 }\n`],
    ['a number where a map should be', `${HEAD}elements: 7\nflows: [a, { b: c }]\nboundaries: text\ncontrols: { a: { b: { c: d } } }\n`],
    ['half a model', SYSTEM.slice(0, SYSTEM.indexOf('in: own') + 3)],
  ] as const) {
    it(`go through everything, and are complained about: ${name}`, async () => {
      const { codes } = await through(text);
      assert.ok(codes.length > 0);
    });
  }

  it('are looked at up to what is broken, and after it', async () => {
    const whole = (await through(SYSTEM)).snapshot.findings.length;
    const { snapshot } = await through(SYSTEM.replace('flows:', 'x-broken: [[[\nflows:'));
    assert.ok(whole > 3);
    assert.equal(snapshot.findings.length, whole);
  });

  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
    for (const [engine, kind] of [
      [NO_ENGINE, 'plain grid'],
      [createElk(), 'real engine'],
    ] as const) {
      it(`have names like any other (${kind}): ${name}`, async () => {
        // As boundary, element, flow and data; beside the same model with harmless names.
        const model = (it: string, as: string): string => SYSTEM.replace(new RegExp(`\\b${as}\\b`, 'g'), it);
        for (const as of ['own', 'bot', 'ask']) {
          const plain = await through(model('harmless', as), engine);
          const strange = await through(model(name, as), engine);
          assert.deepEqual(
            strange.snapshot.findings.map(({ rule, subject }) => `${rule} ${subject}`),
            plain.snapshot.findings.map(({ rule, subject }) => `${rule} ${subject === 'harmless' ? name : subject}`),
          );
          assert.ok(strange.svg.includes(`data-id="${name}"`));
          const subjects = (JSON.parse(strange.json) as { files: [{ findings: { subject: string }[] }] }).files[0].findings;
          assert.deepEqual(
            subjects.map(({ subject }) => subject),
            strange.snapshot.findings.map(({ subject }) => subject),
          );
        }
        const data = `${SYSTEM.replace('to: bot }', `to: bot, carries: [${name}] }`)}data:\n  ${name}: { kind: personal-data }\ncontrols: { ${name}: planned }\n${name}: 1\n`;
        assert.ok((await through(data, engine)).codes.length > 0);
      });
    }
  }

  it('nest in circles', async () => {
    const ring = Array.from({ length: 50 }, (_, at) => `  b${at}: { kind: organization, in: b${(at + 1) % 50} }\n`).join('');
    const text = `${HEAD}boundaries:\n${ring}elements:\n  bot: { kind: agent, in: [b7, b8, b7] }\n  user: { kind: human-user }\nflows:\n  ask: { from: user, to: bot }\n`;
    for (const engine of [NO_ENGINE, createElk()]) assert.ok((await through(text, engine)).codes.length > 0);
  });

  it('nest 400 levels deep', async () => {
    const chain = Array.from({ length: 400 }, (_, at) => `  b${at}: { kind: organization${at > 0 ? `, in: b${at - 1}` : ''} }\n`).join('');
    await through(`${HEAD}boundaries:\n${chain}elements:\n  bot: { kind: agent, in: b399 }\n`);
  });

  it('have flows from a thing to itself, and many between the same two', async () => {
    const many = Array.from(
      { length: 200 },
      (_, at) => `  f${at}: { from: bot, to: ${at % 2 === 0 ? 'bot' : 'llm'}, through: [bot, llm, bot] }\n`,
    ).join('');
    await through(`${SYSTEM}${many}`);
  });

  it('are UTF-16 that was taken for UTF-8', async () => {
    assert.ok((await through([...SYSTEM].join('\0'))).codes.includes('invalid-character'));
    assert.ok((await through(`\ufffd\ufffd${[...SYSTEM].join('\0')}`)).codes.length > 0);
  });

  it('mean harm wherever their texts are shown', async () => {
    const evil = '</text><script>alert(1)</script><img src=x onerror=y>]]>&lt;\\u202e\\u001b[2J\\u0000\\ud800';
    const quoted = JSON.stringify(evil).replaceAll('\\\\u', '\\u');
    const text = SYSTEM.replace('kind: agent', `kind: agent, title: ${quoted}`)
      .replace('to: bot }', `to: bot, title: ${quoted} }`)
      .replace('organization', `organization, title: ${quoted}`);
    const { svg, codes } = await through(`${text}title: ${quoted}\n`);
    assert.deepEqual(codes, []);
    assert.match(svg, /&lt;\/text&gt;&lt;script&gt;/);
  });

  it('have 200,000 lines', () => {
    const lines = `${SYSTEM}${'# nothing\n'.repeat(100_000)}x-list:\n${'  - x\n'.repeat(100_000)}`;
    const snapshot = snapshotOf(lines);
    assert.equal(snapshot.findings.length, snapshotOf(SYSTEM).findings.length);
    assertAsFresh(snapshotOf(lines.replace('kind: agent', 'kind: tool'), snapshot));
  });

  it('have a line of a million characters', async () => {
    const { snapshot, text } = await through(SYSTEM.replace('kind: agent', `kind: agent, title: "${'long '.repeat(200_000)}"`));
    assert.deepEqual(codesOf(snapshot), []);
    assert.ok(text.length < 100_000);
    await through('x'.repeat(1_000_000));
    await through(`${HEAD}title: "${'x'.repeat(1_000_000)}`);
  });
});
