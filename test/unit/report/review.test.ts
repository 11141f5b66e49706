import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { SCRIPT_HASH, STYLE_HASH } from '../../../server/src/report/html/html.ts';
import { SCRIPT } from '../../../server/src/report/html/script.ts';
import { STYLE } from '../../../server/src/report/html/style.ts';
import {
  controlsCsv,
  findingsCsv,
  htmlReport,
  markdownReport,
  reviewDocument,
  type ModelReport,
} from '../../../server/src/report/index.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { modelReports, reportOf } from './models.ts';
import { assertGolden } from './support.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>House</title></svg>';

function drawn(): readonly ModelReport[] {
  const [house, empty] = modelReports();
  return [{ ...house, svg: SVG }, empty];
}

/** The rows of a text as RFC 4180 says; throws where it does not follow it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const token = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  token.lastIndex = 1;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const [, cell = '', end] = token.exec(text) ?? [];
    assert.ok(end, `not a table at ${at}: ${text.slice(at, at + 40)}`);
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  assert.deepEqual(row, []);
  return rows;
}

describe('report: HTML', () => {
  const html = htmlReport(reviewDocument(drawn(), TODAY));

  it('is as in the golden file', () => {
    assertGolden('review.html', html);
  });

  it('allows its own style and script, and nothing else', () => {
    const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    assert.equal(STYLE_HASH, hashOf(STYLE));
    assert.equal(SCRIPT_HASH, hashOf(SCRIPT));
    assert.ok(html.includes(`<style>${STYLE}</style>`) && html.includes(`<script>${SCRIPT}</script>`));
    assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
  });

  it('has no markup, handler or address of a model', () => {
    const own = html.replace(`<script>${SCRIPT}</script>`, '').replace(`<style>${STYLE}</style>`, '').replaceAll(SVG, '');
    assert.doesNotMatch(own, /<(script|img|b|i|u|iframe|object|svg)\b/i);
    const tags = [...own.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag);
    for (const tag of tags) {
      assert.doesNotMatch(tag, /\son\w+=|style=|src=/i);
      assert.match(/href="([^"]*)"/.exec(tag)?.[1] ?? '#', /^(#|https:\/\/perils\.example\/)/);
    }
    assert.doesNotMatch(own.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}\p{Cs}]/u);
  });

  it('has one anchor for each link to it', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, id] of html.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.includes(id), id);
  });

  it('is the same for the same input, and says something of nothing', () => {
    assert.equal(htmlReport(reviewDocument(drawn(), TODAY)), html);
    assert.match(htmlReport(reviewDocument([], TODAY)), /There is no model/);
  });
});

describe('report: Markdown', () => {
  const markdown = markdownReport(reviewDocument(drawn(), TODAY));

  it('is as in the golden file', () => {
    assertGolden('review.md', markdown);
  });

  it('has no heading, row or markup of a model', () => {
    const lines = markdown.split('\n');
    assert.ok(!lines.some((line) => /^#+ (Approved|Forged)/.test(line)));
    const plain = markdown.replace(/`[^`\n]*`/g, '').replace(/\]\(<https:\/\/perils\.example\/[^>]*>\)/g, '');
    assert.doesNotMatch(plain, /(?<!\\)[<>]|(?<!\\)\]\(|(?<!\\):\/\//);
    assert.doesNotMatch(markdown.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}\p{Cs}]/u);
  });

  it('has as many cells in each row of a table as in its head', () => {
    const cells = (line: string): number => line.split(/(?<!\\)\|/).length;
    let head: number | undefined;
    for (const line of markdown.split('\n')) {
      if (!line.startsWith('|')) head = undefined;
      else assert.equal(cells(line), (head ??= cells(line)), line);
    }
  });
});

describe('report: many findings', () => {
  const [house] = modelReports();
  const first = house.findings[0]!;
  const findings = Array.from({ length: 203 }, (_, at) => ({ ...first, message: `Finding ${at}.` }));
  const section = (name: string, report: ModelReport): string =>
    new RegExp(`### ${name}\\n([\\s\\S]*?)\\n### `).exec(markdownReport(reviewDocument([report], TODAY)))?.[1] ?? '';

  it('tells 200 in full and the others as rows', () => {
    const text = section('Findings', { ...house, findings });
    assert.match(text, /The 200 most severe of 203 findings are told in full; the other 3 are rows of a table below them\./);
    assert.equal(text.match(/^#### /gm)?.length, 200);
    assert.deepEqual(text.match(/Finding 20\d\./g), ['Finding 200.', 'Finding 201.', 'Finding 202.']);
    assert.equal(section('Findings', { ...house, findings: findings.slice(0, 200) }).includes('told in full'), false);
  });

  it('tells more than a thousand threats by rule', () => {
    const [threat] = house.posture.threats;
    const threats = Array.from({ length: 1001 }, () => threat!);
    const text = section('Threats considered', { ...house, posture: { ...house.posture, threats } });
    assert.match(text, /\| Threat \| Open \| Satisfied \|/);
    assert.match(text, /\| (1001|0) \| (1001|0) \|/);
    assert.doesNotMatch(text, /Satisfied by/);
  });
});

describe('report: CSV', () => {
  it('of findings is as in the golden file, and reads back', () => {
    const csv = findingsCsv(modelReports());
    assertGolden('findings.csv', csv);
    const [head, ...rows] = parseCsv(csv);
    const [house] = modelReports();
    assert.equal(rows.length, house.findings.length);
    for (const row of rows) assert.equal(row.length, head?.length);
    assert.deepEqual(
      rows.map((row) => row[head?.indexOf('Fingerprint') ?? 0]),
      house.findings.map(({ fingerprint }) => fingerprint),
    );
  });

  it('of controls is as in the golden file, and reads back', () => {
    const csv = controlsCsv(modelReports());
    assertGolden('controls.csv', csv);
    const [head, ...rows] = parseCsv(csv);
    assert.deepEqual(
      rows.map((row) => row[head?.indexOf('Control') ?? 0]),
      ['lock', 'chain', 'rope'],
    );
  });

  for (const title of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '"=1', '|calc', 'a\nb', 'a,b', 'a"b', 'a;b', "'=1"]) {
    it(`has no formula, and no other cell, of the title ${JSON.stringify(title)}`, () => {
      const text = `threatmodel: 1\ntitle: ${JSON.stringify(title)}\nthreats: [{ title: T, at: $model }]\n`;
      const [head, row, ...others] = parseCsv(findingsCsv([reportOf('m.yaml', text)]));
      assert.deepEqual([head?.length, others.length], [row?.length, 0]);
      assert.doesNotMatch(row?.[0] ?? '', /^[\s"]*[=+\-@|\uff1d]/);
    });
  }

  it('has a head when there is nothing else', () => {
    assert.equal(parseCsv(findingsCsv([])).length, 1);
  });
});
