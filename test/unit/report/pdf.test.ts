import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pdfReport } from '../../../server/src/pdf.ts';
import { paragraph, table, type Block, type Document } from '../../../server/src/report/document.ts';
import { reviewDocument } from '../../../server/src/report/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { modelReports } from './models.ts';
import { pagesOf, structureOf, type Element } from './pdfText.ts';
import { assertGolden } from './support.ts';

const MODULES = new URL('../../../node_modules/@fontsource/inter/files/', import.meta.url);
const fonts = new Map(
  ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'].map((name) => {
    const file = `inter-${name}-normal.woff`;
    return [file, readFileSync(new URL(file, MODULES))] as const;
  }),
);
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 400"><title>House</title><text x="10" y="20" font-family="Inter" font-size="14">In the picture</text></svg>';

async function written(document: Document): Promise<{ readonly source: string; readonly missing: readonly string[] }> {
  const { pdf, missing } = await pdfReport(document, { fonts, today: TODAY, compress: false });
  return { source: Buffer.from(pdf).toString('latin1'), missing };
}

function documentOf(...blocks: readonly Block[]): Document {
  return { title: 'T', intro: [], chapters: [{ title: 'C', path: 'c.yaml', sections: [{ id: 's', title: 'S', blocks }] }] };
}

describe('report: PDF', () => {
  const [house, empty] = modelReports();
  const review = reviewDocument([{ ...house, svg: SVG }, empty], TODAY);

  it('has the text of the golden file, page by page', async () => {
    const { source } = await written(review);
    assertGolden(
      'review.pdf.txt',
      pagesOf(source)
        .map(({ lines }) => `${lines.join('\n')}\n`)
        .join('\f\n'),
    );
  });

  it('is the same file each time, compressed too', async () => {
    const [one, two] = await Promise.all([pdfReport(review, { fonts, today: TODAY }), pdfReport(review, { fonts, today: TODAY })]);
    assert.deepEqual(one.pdf, two.pdf);
    assert.match(Buffer.from(one.pdf).toString('latin1'), /^%PDF-1[\s\S]*%%EOF\s*$/);
  });

  it('is the same when something else gets its turn meanwhile, which it does often', async () => {
    let turns = 0;
    const pause = (): Promise<void> => Promise.resolve(void turns++);
    const [one, two] = await Promise.all([pdfReport(review, { fonts, today: TODAY }), pdfReport(review, { fonts, today: TODAY, pause })]);
    assert.deepEqual(one.pdf, two.pdf);
    const blocks = review.chapters.flatMap(({ sections }) => sections.flatMap((section) => section.blocks));
    assert.ok(turns > blocks.length, String(turns));
  });

  it('does nothing when it is opened, and leads only to addresses of the catalogue', async () => {
    const { source } = await written(review);
    assert.doesNotMatch(source, /\/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|AcroForm|SubmitForm|GoToR|RichMedia)\b/);
    const addresses = [...source.matchAll(/\/URI \(([^)]*)\)/g)].map(([, url = '']) => url);
    assert.ok(addresses.length > 0);
    for (const url of addresses) assert.match(url, /^https:\/\/perils\.example\//);
  });

  it('has bookmarks, and a page lying down for the diagram', async () => {
    const { source } = await written(review);
    const titles = [...source.matchAll(/\/Title \(([^)]*)\)/g)].map(([, title]) => title);
    for (const title of ['Overview', 'Findings', 'Roadmap']) assert.ok(titles.includes(title), title);
    const lying = pagesOf(source).filter(({ width, height }) => width > height);
    assert.deepEqual(
      lying.map(({ lines }) => lines[0]?.replaceAll('\t', '')),
      ['In the picture'],
    );
  });

  it('repeats the titles of a table on each of its pages, and splits rows that are higher than a page', async () => {
    const rows = Array.from({ length: 120 }, (_, at) => [[`Row ${at}`], [at === 60 ? 'word '.repeat(4000) : 'short']]);
    const pages = pagesOf((await written(documentOf(table('All', ['Name', 'Text'], rows)))).source);
    assert.ok(pages.length > 6, `${pages.length} pages`);
    for (const { lines } of pages) assert.equal(lines.filter((line) => line === 'Name\tText').length, 1);
    const text = pages.flatMap(({ lines }) => lines);
    assert.equal(text.filter((line) => /^Row \d+\t/.test(line)).length, 120);
    assert.equal(text.join(' ').match(/\bword\b/g)?.length, 4000);
    assert.equal(text.filter((line) => line.endsWith(`\tPage 2 of ${pages.length}`)).length, 1);
  });

  it('has the letters of the extended font, a sign for those of none, and says which', async () => {
    const { source, missing } = await written(documentOf(paragraph('Łódź 商店 e\u0301 a\u202eb')));
    assert.deepEqual(missing, ['商', '店']);
    assert.ok(pagesOf(source)[0]?.lines.some((line) => line.replaceAll('\t', '') === 'Łódź ?? é ab'));
  });

  it('tells a screen reader what everything is: headings, lists, tables with their heads, links and the picture', async () => {
    const rows = [
      [['a'], ['b']],
      [['c'], ['d']],
    ];
    const link = { as: 'link', text: 'Perils', url: 'https://perils.example/x' } as const;
    const blocks: Block[] = [paragraph('Text ', link), { type: 'list', ordered: true, items: [['One']] }, table('All', ['X', 'Y'], rows)];
    const { source } = await written(documentOf(...blocks, { type: 'diagram', title: 'Picture (so)', svg: SVG }));
    const cells = (tag: string): Element => ['TR', [tag, true], [tag, true]];
    assert.deepEqual(structureOf(source), [
      'Document',
      ['H1', true],
      [
        'Sect',
        ['H2', true],
        ['P', true],
        [
          'Sect',
          ['H3', true],
          ['P', true, ['Link', true]],
          ['L', ['LI', ['Lbl', true], ['LBody', true]]],
          ['Table', ['Caption', true], cells('TH'), cells('TD'), cells('TD')],
          ['Figure', true],
        ],
      ],
    ]);
    assert.match(source, /\/MarkInfo/);
    assert.match(source, /\/Lang \(en\)/);
    assert.match(source, /\/Alt \(Picture \\\(so\\\)\. What it shows/);
    assert.match(source, /\/Scope \/Column/);
  });

  it('has one structure for the whole of a report, whatever page things stand on', async () => {
    const text = JSON.stringify(structureOf((await written(review)).source));
    for (const tag of ['H1', 'H2', 'H3', 'H4', 'L', 'Table', 'Figure', 'Link']) assert.ok(text.includes(`["${tag}",`), tag);
    const rows = Array.from({ length: 90 }, (_, at) => [[`Row ${at}`], [at === 60 ? 'word '.repeat(4000) : 'short']]);
    const long = JSON.stringify(structureOf((await written(documentOf(table('All', ['Name', 'Text'], rows)))).source));
    // Repeated titles are none of it, and a row that goes on on other pages is one row.
    assert.deepEqual([long.match(/"TH"/g)?.length, long.match(/"TR"/g)?.length], [2, 91]);
  });

  it("says that a question mark is not the author's, and has what is meant for readers and clipboards", async () => {
    const { source } = await written(documentOf(paragraph('Shop 商店 (Łódź)')));
    const text = pagesOf(source)
      .flatMap(({ lines }) => lines)
      .join(' ');
    assert.match(text, /"\?" also stands for 2 characters .*U\+5546, U\+5E97/);
    const utf16 = Buffer.from('商店', 'utf16le').swap16().toString('latin1');
    const actual = [...source.matchAll(/\/ActualText \(([\s\S]*?)\)/g)].map(([, it = '']) => it.replaceAll('\\', ''));
    assert.ok(
      actual.some((it) => it.includes(utf16)),
      actual.join(),
    );
    assert.doesNotMatch(
      pagesOf((await written(documentOf(paragraph('Why?')))).source)
        .flatMap(({ lines }) => lines)
        .join(' '),
      /stands for/,
    );
  });

  for (const text of ['', 'x'.repeat(50_000), '(\\) Tj ET endstream', '\0\u001b[2J\ud800', '\u0300'.repeat(999), '-'.repeat(999)]) {
    it(`survives ${JSON.stringify(text.slice(0, 20))}`, async () => {
      const { source } = await written({ ...documentOf(paragraph(text), table(text, [text, text], [[[text], [text]]])), title: text });
      assert.match(source, /%%EOF\s*$/);
      assert.ok(pagesOf(source).length >= 1);
      assert.equal(structureOf(source)[0], 'Document');
    });
  }
});
