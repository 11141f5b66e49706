import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addControl, setProperty } from '../../../server/src/language/edits.ts';
import type { Snapshot } from '../../../server/src/language/snapshot.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { CATALOGUE, snapshotOf } from './fixture.ts';

/** One way to write a model down. Every choice of style is a fresh one for each thing. */
interface Style {
  readonly thing: 'braces' | 'open braces' | 'lines' | 'nothing';
  readonly controls: 'none' | 'empty' | 'brackets' | 'open brackets' | 'items' | 'flat items' | 'map' | 'braces' | 'details';
  readonly first: boolean;
  readonly comment: boolean;
  readonly stated: readonly string[];
  readonly status: string;
}

const style: fc.Arbitrary<Style> = fc.record({
  thing: fc.constantFrom('braces', 'open braces', 'lines', 'nothing'),
  controls: fc.constantFrom('none', 'empty', 'brackets', 'open brackets', 'items', 'flat items', 'map', 'braces', 'details'),
  first: fc.boolean(),
  comment: fc.boolean(),
  stated: fc.uniqueArray(fc.constantFrom(...CATALOGUE.controls.keys()), { minLength: 1, maxLength: 3 }),
  status: fc.constantFrom('in-place', 'planned', 'partial'),
});

const file = fc.record({
  things: fc.array(style, { minLength: 1, maxLength: 4 }),
  system: style,
  indent: fc.constantFrom(1, 2, 3, 4),
  crlf: fc.boolean(),
  ended: fc.boolean(),
});

/** `controls:` as lines, each with its depth below the thing. */
function controlLines({ controls, stated, status }: Style, inBraces: boolean): readonly string[] {
  const flow = { brackets: `[${stated.join(', ')}]`, braces: `{ ${stated.map((id) => `${id}: ${status}`).join(', ')} }` };
  if (controls === 'none') return [];
  if (controls === 'braces') return [`controls: ${flow.braces}`];
  if (controls === 'brackets' || (inBraces && controls !== 'empty' && controls !== 'open brackets')) return [`controls: ${flow.brackets}`];
  if (controls === 'empty') return [inBraces ? 'controls: []' : 'controls:'];
  if (controls === 'open brackets')
    return ['controls: [', ...stated.map((id, index) => `>${id}${index < stated.length - 1 ? ',' : ''}`), ']'];
  if (controls === 'items') return ['controls:', ...stated.map((id) => `>- ${id}`)];
  if (controls === 'flat items') return ['controls:', ...stated.map((id) => `- ${id}`)];
  if (controls === 'map') return ['controls:', ...stated.map((id) => `>${id}: ${status}`)];
  return ['controls:', ...stated.flatMap((id) => [`>${id}:`, `>>status: ${status}`, '>>owner: me'])];
}

function thingLines(id: string, choice: Style): readonly string[] {
  const note = choice.comment ? ` # note ${id}` : '';
  if (choice.thing === 'nothing') return [`${id}:${note}`];
  if (choice.thing === 'lines') {
    const controls = controlLines(choice, false);
    const kind = `kind: agent${note}`;
    const parts = choice.first ? [...controls, kind] : [kind, ...controls];
    return [`${id}:`, ...parts.map((line) => `>${line}`)];
  }
  const parts = [
    'kind: agent',
    ...controlLines({ ...choice, controls: choice.controls === 'open brackets' ? 'brackets' : choice.controls }, true),
  ];
  if (choice.first) parts.reverse();
  if (choice.thing === 'braces') return [`${id}: { ${parts.join(', ')} }${note}`];
  return [`${id}: {`, ...parts.map((part, index) => `>${part}${index < parts.length - 1 ? ',' : ''}${note}`), '}'];
}

function write({ things, system, indent, crlf, ended }: typeof file extends fc.Arbitrary<infer T> ? T : never): string {
  const top = controlLines(system, false);
  const body = things.flatMap((choice, index) => thingLines(`e${index}`, choice)).map((line) => `>${line}`);
  const lines = ['threatmodel: 1', ...(system.first ? top : []), 'elements:', ...body, ...(system.first ? [] : top)];
  const text = lines.map((line) => line.replace(/^>+/, (depth) => ' '.repeat(depth.length * indent))).join(crlf ? '\r\n' : '\n');
  return ended ? text + (crlf ? '\r\n' : '\n') : text;
}

/** All that a model says, but for one thing. */
function meaning({ model }: Snapshot, but: string): unknown {
  const statements = (from: { readonly controls: Snapshot['model']['controls'] }) =>
    from.controls.map(({ control, status, owner }) => [control, status, owner]);
  return {
    system: but === '$model' ? [] : statements(model),
    elements: [...model.elements.values()].map((element) => [
      element.id,
      element.kind,
      element.id === but ? [] : [statements(element), [...element.properties.keys()]],
    ]),
  };
}

describe('an edit of any model in any style', () => {
  it('changes exactly what it says', () => {
    fc.assert(
      fc.property(file, fc.nat(4), fc.constantFrom(...CATALOGUE.controls.keys()), (choice, at, control) => {
        const text = write(choice);
        const before = snapshotOf(text);
        const giver = at < choice.things.length ? `e${at}` : '$model';
        const statementsOf = (snapshot: Snapshot) =>
          (giver === '$model' ? snapshot.model : snapshot.model.elements.get(giver))?.controls ?? [];
        const edits = addControl(before.syntax, before.model, giver, control);
        const stated = statementsOf(before).find((statement) => statement.control === control);
        if (stated?.status === 'in-place') return assert.equal(edits, undefined);
        assert.ok(edits, text);
        const edited = applyEdits(text, edits);
        const after = snapshotOf(edited);
        const told = `${text}\n=>\n${edited}`;
        assert.deepEqual(meaning(after, giver), meaning(before, giver), told);
        const expected = statementsOf(before).map((one) => [one.control, one.control === control ? 'in-place' : one.status, one.owner]);
        if (!stated) expected.push([control, 'in-place', undefined]);
        assert.deepEqual(
          statementsOf(after).map((one) => [one.control, one.status, one.owner]),
          expected,
          told,
        );
        assert.equal(edited.match(/# note/g)?.length, text.match(/# note/g)?.length, told);
        assert.equal(/[^\r]\n/.test(edited), !choice.crlf && /\n/.test(text), told);
        const mistakes = (snapshot: Snapshot) => snapshot.syntax.problems.map(({ code }) => code);
        assert.deepEqual(mistakes(after), mistakes(before), told);
      }),
      { numRuns: 1500 },
    );
  });

  it('states a property and nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(3), (choice, at) => {
        const text = write(choice);
        const before = snapshotOf(text);
        const id = `e${at % choice.things.length}`;
        const edits = setProperty(before.syntax, before.model, id, 'autonomy', 'assisted');
        assert.ok(edits, text);
        const after = snapshotOf(applyEdits(text, edits));
        assert.deepEqual(meaning(after, id), meaning(before, id));
        assert.deepEqual(after.model.elements.get(id)?.properties.get('autonomy')?.values, ['assisted']);
        assert.deepEqual(
          after.model.elements.get(id)?.controls.map(({ control, status }) => [control, status]),
          before.model.elements.get(id)?.controls.map(({ control, status }) => [control, status]),
        );
      }),
      { numRuns: 500 },
    );
  });
});
