import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyse, connectedTo, type Analysis } from '../../../server/src/analysis/index.ts';
import { readModel } from '../../../server/src/model/index.ts';
import { parseDocument } from '../../../server/src/syntax/index.ts';
import { generateModel, SHAPES } from '../../bench/models.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

const catalogue = readCatalogue();
const options = { today: TODAY };

function plain({ findings, problems }: Analysis): unknown {
  return {
    findings: findings.map(({ rule, subject, state, severity, span, message, related, sources, missing, fingerprint }) => ({
      rule,
      subject,
      state,
      severity,
      span,
      message,
      related,
      sources,
      missing,
      fingerprint,
    })),
    problems,
  };
}

describe('an analysis that knows the version before', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    what: fc.constantFrom(
      'line',
      'word',
      'copy',
      'kind',
      'boundary',
      'control',
      'owner',
      'end',
      'zone',
      'zone controls',
      'data',
      'system',
      'sections',
    ),
  });

  it('says the same as one that does not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHAPES), fc.array(edit, { minLength: 1, maxLength: 6 }), (shape, edits) => {
        let text = generateModel(shape, 40);
        let syntax = parseDocument(text);
        let model = readModel(syntax, catalogue, options);
        let analysis = analyse(model, catalogue, options);
        for (const { at, what } of edits) {
          text = change(text, at, what);
          syntax = parseDocument(text, syntax);
          model = readModel(syntax, catalogue, options, model);
          analysis = analyse(model, catalogue, options, analysis);
          assert.deepEqual(plain(analysis), plain(analyse(model, catalogue, options)));
        }
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('looks again only at what an edit connects', () => {
    const text = generateModel('local', 500);
    const syntax = parseDocument(text);
    const model = readModel(syntax, catalogue, options);
    const analysis = analyse(model, catalogue, options);
    const edited = text.replace('title: agent number 42', 'title: Agent of the year');
    assert.notEqual(edited, text);
    const later = readModel(parseDocument(edited, syntax), catalogue, options, model);
    assert.deepEqual(analyse(later, catalogue, options, analysis).work, { components: 50, evaluated: 1, elements: 10 });
  });

  it('looks again only at what stands in a boundary that an edit changes', () => {
    const text = generateModel('local', 500);
    const syntax = parseDocument(text);
    const model = readModel(syntax, catalogue, options);
    const analysis = analyse(model, catalogue, options);
    const edited = text.replace('zone61: { kind: ', 'zone61: { title: Mine, kind: ');
    assert.notEqual(edited, text);
    const later = readModel(parseDocument(edited, syntax), catalogue, options, model);
    const inside = new Set(
      [...later.elements.values()].flatMap(({ id, boundaries }) =>
        boundaries.includes('zone61') ? connectedTo(analysis, id)!.elements[0]!.id : [],
      ),
    );
    assert.equal(analyse(later, catalogue, options, analysis).work.evaluated, inside.size);
    assert.ok(inside.size > 0 && inside.size < 5);
  });
});

function change(text: string, at: number, what: string): string {
  const lines = text.split('\n');
  const index = Math.min(lines.length - 1, Math.floor(at * lines.length));
  const line = lines[index]!;
  switch (what) {
    case 'line':
      lines.splice(index, 1);
      break;
    case 'copy':
      lines.splice(index, 0, line);
      break;
    case 'word':
      lines[index] = line.replace(/title: (\w+)/, 'title: other $1');
      break;
    case 'kind':
      lines[index] = line.replace(/kind: [\w-]+/, 'kind: agent');
      break;
    case 'boundary':
      lines[index] = line.replace(/in: zone\d+/, 'in: zone0');
      break;
    case 'control':
      lines[index] = line.replace(/ \}$/, ', controls: [human-approval] }');
      break;
    case 'owner':
      return text.replace(/^owner: .*$/m, `owner: someone${index}@contoso.example`);
    case 'zone':
      return text.replace(
        new RegExp(`zone${index % 5}: \\{ kind: [\\w-]+`),
        `zone${index % 5}: { kind: ${index % 2 ? 'customer-tenant' : 'third-party'}`,
      );
    case 'zone controls':
      return text.replace(new RegExp(`(zone${index % 5}: .*?)( })`), '$1, controls: [egress-allowlist]$2');
    case 'data':
      return text.replace(/question: \{ kind: [\w-]+/, `question: { kind: ${index % 2 ? 'customer-data' : 'personal-data'}`);
    case 'system':
      return text.replace(/^controls: \[[\w-]+, /m, 'controls: [');
    case 'sections':
      return text.replace(/^(elements:\n(?: .*\n)*)\n(flows:\n(?: .*\n)*)/m, '$2\n$1');
    default:
      lines[index] = line.replace(/to: \w+/, 'to: gateway');
  }
  return lines.join('\n');
}
