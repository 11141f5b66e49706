import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readModel, type Model } from '../../../server/src/model/index.ts';
import { parseDocument, type SyntaxDocument } from '../../../server/src/syntax/index.ts';
import { catalogue } from './catalogue.ts';

const folder = new URL('../../fixtures/model/', import.meta.url);
const fixtures = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
const today = '2026-11-22';
const NEWS = [
  '',
  ' ',
  '\n',
  ':',
  '- ',
  '[',
  '}',
  '"',
  '#',
  'agent',
  'in: a\n',
  '  a: { kind: agent }\n',
  '__proto__: ',
  '&x ',
  '*x',
  'é😀',
  '\r\n',
  '<<: ',
  '? ',
  '~',
];

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.oneof({ weight: 5, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(200) }),
    insert: fc.oneof(fc.constantFrom(...NEWS), fc.string({ maxLength: 4 })),
  }),
  { minLength: 1, maxLength: 6 },
);

function apply(text: string, { at, remove, insert }: Edit): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

/** All that a model says, as plain data. */
function plain(model: Model) {
  const { kindOf, baseOf, keySpan } = model;
  const rest = Object.fromEntries(Object.entries(model).filter(([, value]) => typeof value !== 'function'));
  const flows = [...model.flows.values()];
  const things = [...model.boundaries.values(), ...model.data.values(), ...model.elements.values(), ...flows];
  return { ...rest, kinds: flows.map((flow) => kindOf(flow)), bases: things.map((thing) => baseOf(thing)), key: keySpan('elements') };
}

describe('reading a model', () => {
  it('never throws, and reads the same with and without the version before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), edits, (text, steps) => {
        let document: SyntaxDocument | undefined;
        let model: Model | undefined;
        for (const step of steps) {
          text = apply(text, step);
          document = parseDocument(text, document);
          model = readModel(document, catalogue, { today }, model);
          assert.deepEqual(plain(model), plain(readModel(document, catalogue, { today })));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives its problems inside the text and in its order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), edits, (text, steps) => {
        const edited = steps.reduce(apply, text);
        const document = parseDocument(edited);
        const syntax = new Set(document.problems);
        // Spans of the syntax's own problems are its own tests' matter.
        const problems = readModel(document, catalogue, { today }).problems.filter((problem) => !syntax.has(problem));
        problems.forEach(({ span, related = [] }, index) => {
          for (const { start, end } of [span, ...related.map((place) => place.span)]) {
            assert.ok(start >= 0 && start <= end && end <= edited.length, JSON.stringify({ start, end }));
          }
          assert.ok(span.start >= (problems[index - 1]?.span.start ?? 0));
        });
      }),
      { numRuns: 400 },
    );
  });

  it('offers only names that end the problem they are offered for', () => {
    for (const text of fixtures) {
      const { problems } = readModel(parseDocument(text), catalogue, { today });
      for (const { code, span, suggestions = [] } of problems) {
        for (const suggestion of suggestions) {
          const fixed = text.slice(0, span.start) + suggestion + text.slice(span.end);
          const after = readModel(parseDocument(fixed), catalogue, { today }).problems;
          const still = after.find((problem) => problem.code === code && problem.span.start === span.start);
          assert.equal(still, undefined, `${code}: ${text.slice(span.start, span.end)} → ${suggestion}`);
        }
      }
    }
  });
});
