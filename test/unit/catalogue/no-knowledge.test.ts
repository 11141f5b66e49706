import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { readSources } from '../../../server/catalogue/build.ts';

const SOURCE = new URL('../../../server/src/', import.meta.url);

/**
 * Ids without a hyphen that no code has another reason to name. The others (`model`, `tool`, `data`, `cache` …) are also
 * words of the file format or of the language server.
 */
const WORDS_OF_THE_FIELD: readonly string[] = [
  'agent',
  'orchestrator',
  'retriever',
  'guardrail',
  'dataset',
  'evaluator',
  'siem',
  'plugin',
  'internet',
  'sandbox',
  'jurisdiction',
  'prompt',
  'retrieval',
  'egress',
  'ingest',
  'embedding',
  'credential',
  'telemetry',
];

/** Every text that a file has between quotes, with its line. */
function literalsOf(file: string, text: string): readonly { readonly text: string; readonly place: string }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: { text: string; place: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      found.push({ text: node.text, place: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the engine has no knowledge', () => {
  let ids: ReadonlySet<string>;
  before(async () => {
    const { kinds, controls, rules } = await readSources();
    const all = [
      ...[kinds.data.elements, kinds.data.flows, kinds.data.boundaries, kinds.data.data].flatMap((map) => Object.keys(map)),
      ...controls.flatMap(({ data }) => Object.keys(data.controls)),
      ...rules.map(({ data }) => data.id),
    ];
    const unknown = WORDS_OF_THE_FIELD.filter((word) => !all.includes(word));
    assert.deepEqual(unknown, [], 'words of the list that are no ids any more');
    ids = new Set(all.filter((id) => id.includes('-') || WORDS_OF_THE_FIELD.includes(id)));
  });

  it('finds an id between any kind of quotes', () => {
    const code = "const a = 'ai-gateway';\nconst b = `siem`;\n// 'vector-store'\nconst c = { 'mcp-server': 1 };";
    assert.deepEqual(
      literalsOf('a.ts', code).map(({ text, place }) => `${place} ${text}`),
      ['a.ts:1 ai-gateway', 'a.ts:2 siem', 'a.ts:4 mcp-server'],
    );
  });

  it('names no rule, control or kind in server/src', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    assert.ok(files.length > 20);
    const named = files.flatMap((file) =>
      literalsOf(file, readFileSync(new URL(file.replaceAll('\\', '/'), SOURCE), 'utf8')).flatMap(({ text, place }) =>
        ids.has(text) ? [`${place}: '${text}'`] : [],
      ),
    );
    assert.deepEqual(named, []);
  });
});
