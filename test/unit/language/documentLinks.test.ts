import assert from 'node:assert/strict';
import { documentLinksOf } from '../../../server/src/language/documentLinks.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { ranges } from '../../tools/markers.ts';
import { CATALOGUE, snapshotOf, TODAY } from './fixture.ts';

/** `«…»` around every link of the web. */
const ADDRESSES: readonly (readonly [name: string, text: string])[] = [
  ['in texts and comments', 'title: see «https://a.example/x?y=z#q» # or «http://b.example»\n'],
  [
    'without the sentence around them',
    'description: (see «https://a.example/x», «https://a.example/y_(z)», "«https://a.example»"), «https://a.example/q»!\n',
  ],
  ['in brackets', 'tags: [«https://a.example/x», {a: «https://a.example/y»}]\n'],
  ['of the web only', 'title: command:x file:///etc/passwd javascript:alert(1) vscode://x ftp://a.example https:// https://@ http://#\n'],
];

describe('document links', () => {
  for (const [name, marked] of ADDRESSES) {
    it(name, () => {
      const { spans, text } = ranges(marked);
      const links = documentLinksOf(snapshotOf(text));
      assert.deepEqual(
        links.map(({ span }) => span),
        spans,
      );
      for (const { span, target } of links) assert.deepEqual(target, { url: text.slice(span.start, span.end) });
    });
  }

  it('go to the pages of taxonomies', () => {
    const taxonomy = readCatalogue().taxonomies.get('mitre-atlas-techniques');
    const [id, page] = [...(taxonomy?.items ?? [])][0] ?? [];
    assert.ok(id !== undefined && page?.url);
    const { spans, text } = ranges(
      `# «LLM01:2025», «${id}». LLM99:2025 LLM01:20255 XLLM01:2025 T1 «https://a.example/${id}»\nthreats:\n  - { title: «LLM02:2025»: x, source: «${id}» }\n`,
    );
    const links = documentLinksOf(takeSnapshot(text, readCatalogue(), TODAY));
    assert.deepEqual(
      links.map(({ span }) => text.slice(span.start, span.end)),
      spans.map(({ end, start }) => text.slice(start, end)),
    );
    assert.deepEqual(links[1]?.target, { url: page.url });
    assert.ok(links[1].tooltip?.startsWith(page.title));
  });

  it('go to pages of ids that no rule and no control names', () => {
    const [id = '', page] = [...readCatalogue().pages].find(([known]) => known.startsWith('AML.TA')) ?? [];
    const links = documentLinksOf(takeSnapshot(`# ${id}\n`, readCatalogue(), TODAY));
    assert.deepEqual(links, [{ span: { start: 2, end: 2 + id.length }, target: { url: page?.url }, tooltip: page?.title }]);
    for (const { items } of readCatalogue().taxonomies.values()) assert.ok(!items.has(id));
  });

  it('go to models that were read, and to no other file', () => {
    const used = snapshotOf('threatmodel: 1\ntitle: Base\n');
    const { spans, text } = ranges('use:\n  base: «./base.threatmodel.yaml»\n  gone: ./gone.threatmodel.yaml\n  bad: ../../etc/passwd\n');
    const snapshot = takeSnapshot(text, CATALOGUE, TODAY, undefined, undefined, (path) =>
      path.includes('base') ? { file: 'the base', snapshot: used } : { refusal: 'not-found' },
    );
    assert.deepEqual(documentLinksOf(snapshot), [{ span: spans[0], target: { file: 'the base' }, tooltip: 'Base' }]);
  });
});
