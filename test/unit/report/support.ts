import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileCatalogue } from '../../../server/src/catalogue/compile.ts';
import { loadCatalogue } from '../../../server/src/catalogue/load.ts';
import type { Finding } from '../../../server/src/analysis/index.ts';
import type { FileReport } from '../../../server/src/report/index.ts';
import type { Problem, Span } from '../../../server/src/syntax/index.ts';
import { miniSources } from '../../tools/miniCatalogue.ts';

const FIXTURES = new URL('../../fixtures/report/', import.meta.url);

const compiled = compileCatalogue(miniSources()).catalogue;
assert.ok(compiled, 'the small catalogue does not compile');
/** One rule, `open-door`, and three controls: reports must not change when the real catalogue does. */
export const catalogue = loadCatalogue(compiled);

/** Where a part of a text is; it must be there. */
export function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  assert.notEqual(start, -1, `"${part}" is not in the text`);
  return { start, end: start + part.length };
}

export function problem(text: string, part: string, changes: Partial<Problem> = {}): Problem {
  return { code: 'unknown-kind', severity: 'error', message: `Unknown kind "${part}".`, span: spanOf(text, part), ...changes };
}

export function finding(text: string, part: string, changes: Partial<Finding> = {}): Finding {
  const severity = changes.severity ?? 'high';
  return {
    rule: 'open-door',
    severity,
    fullSeverity: severity,
    state: 'open',
    subject: part,
    message: `Stranger gets from ${part} to Door.`,
    span: spanOf(text, part),
    missing: [['lock'], ['chain', 'rope']],
    present: [],
    related: [],
    sources: [],
    trail: [],
    givers: [],
    also: [],
    essence: {},
    fingerprint: `open-door:${part}`,
    ...changes,
  };
}

/** A file with nothing to say but one finding. */
export function fileWith(text: string, part: string, changes: Partial<Finding> = {}): FileReport {
  return { path: 'm.threatmodel.yaml', text, problems: [], findings: [finding(text, part, changes)] };
}

/** Compares with a file of test/fixtures/report/. UPDATE_GOLDEN=1 writes it: then read the difference before you commit it. */
export function assertGolden(name: string, actual: string): void {
  const file = new URL(name, FIXTURES);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FIXTURES, { recursive: true });
    writeFileSync(file, actual);
  }
  assert.equal(actual, readFileSync(file, 'utf8'));
}

/** Asserts that a value is as a JSON Schema says. */
export function assertValid(schema: URL, value: unknown): void {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  validate(value);
  assert.deepEqual(validate.errors ?? [], []);
}
export const CHECK_SCHEMA = new URL('../../../docs/schema/check.schema.json', import.meta.url);

/** Two files with every severity and state, problems, a path, and texts that mean harm. */
export function sampleFiles(): FileReport[] {
  const shop = [
    'threatmodel: 1',
    'title: Shop 商店',
    'elements:',
    '  visitor: { kind: vistor }',
    '  "front door": { kind: door, title: "[here](https://evil.example) \u202eevil\u001b[2J" }',
    '\tback: { kind: door }',
    '  bot: { kind: bot, mood: angry }',
    'flows:',
    '  knock: { from: visitor, to: bot }',
    '  enter: { from: bot, to: back }',
    '',
  ].join('\r\n');
  const cellar = 'elements: { d: { kind: door, title: "🚪 Tür", controls: { lock: planned } } }\n';
  return [
    {
      path: 'shop & co/größe.threatmodel.yaml',
      text: shop,
      problems: [
        problem(shop, 'vistor', {
          suggestions: ['visitor'],
          related: [{ message: 'Kinds are listed here', span: spanOf(shop, 'elements') }],
        }),
        problem(shop, '\tback', { code: 'tab', severity: 'warning', message: 'A tab indents this line.' }),
        problem(shop, 'Shop', { code: 'note', severity: 'info', message: 'A short title.' }),
        problem(shop, 'angry', { code: 'unused-property', severity: 'hint', message: 'Not shown to people.' }),
      ],
      findings: [
        finding(shop, 'enter', {
          severity: 'critical',
          sources: ['visitor'],
          also: ['broken-wall'],
          present: ['rope'],
          related: [
            { subject: 'knock', message: '1. visitor → bot', span: spanOf(shop, 'knock') },
            { subject: 'enter', message: '2. bot → back', span: spanOf(shop, 'enter') },
          ],
        }),
        finding(shop, '"front door"', {
          subject: 'front door',
          message: 'Stranger gets to [here](https://evil.example) \u202eevil\u001b[2J.',
          missing: [['lock'], ['chain'], ['rope'], ['chain', 'rope']],
        }),
        finding(shop, 'bot', { severity: 'low', state: 'unstated', missing: [] }),
        finding(shop, 'threatmodel', { subject: '$model', state: 'not-applicable', rule: 'gone-rule' }),
      ],
    },
    {
      path: 'cellar.threatmodel.yaml',
      text: cellar,
      problems: [],
      findings: [
        finding(cellar, 'planned', { subject: 'd', severity: 'medium', fullSeverity: 'high', state: 'planned' }),
        finding(cellar, 'd:', { subject: 'd', state: 'accepted' }),
        finding(cellar, '🚪 Tür', { subject: 'd', state: 'expired', message: 'Its acceptance has expired.' }),
      ],
    },
  ];
}
