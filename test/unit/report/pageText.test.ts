import assert from 'node:assert/strict';
import { controlPage, rulePage } from '../../../server/src/catalogue/pages.ts';
import { pageText } from '../../../server/src/report/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

const WIDTH = 80;
const text = (markdown: string): string => pageText(markdown, { color: false });
const long = `${'word '.repeat(20)}end`;

describe('a page of the catalogue in a terminal', () => {
  it('breaks prose between words, and below the text of a list', () => {
    const [first, second] = text(`- ${long}`).split('\n');
    assert.deepEqual([first?.length, second], [76, `  ${'word '.repeat(5)}end`]);
    assert.equal(text(`> ${long}`).split('\n')[1]?.startsWith('  word'), true);
    assert.equal(text('x'.repeat(100)), `${'x'.repeat(100)}\n`);
  });

  it('leaves models as they are', () => {
    assert.equal(text(`\`\`\`yaml\n${long}\n\`\`\``), `    ${long}\n`);
  });

  it('breaks the last cell of a table, or groups one that is too wide by its first', () => {
    assert.equal(text(`| | |\n|---|---|\n| A | ${long} |`), `  A  ${'word '.repeat(15).trim()}\n     ${'word '.repeat(5)}end\n`);
    const wide = 'w'.repeat(60);
    assert.equal(
      text(`| A | B | C |\n|---|---|---|\n| ${wide} | 1 | one and more than fits |\n| ${wide} | 22 | two |`),
      `  ${wide}\n    1   one and more than fits\n    22  two\n`,
    );
  });

  it('says by which id a link is explained, once, and nothing of the index', () => {
    assert.equal(text('[Title](../rules/an-id.md), [`an-id`](../controls/an-id.md)'), 'Title (an-id), an-id\n');
    assert.equal(text('[Title](../rules/an-id.md) (`an-id`)'), 'Title (an-id)\n');
    assert.equal(text('[Title](https://example.com/)'), 'Title\n');
    assert.equal(text('One\n\n[All rules and controls](../index.md)'), 'One\n');
  });

  it('is no wider than a terminal, whatever is explained', () => {
    const catalogue = readCatalogue();
    const pages = [
      ...[...catalogue.rules.values()].map((rule) => rulePage(rule, catalogue, undefined)),
      ...[...catalogue.controls.values()].map((control) => controlPage(control, catalogue)),
    ];
    const lines = pages.flatMap((page) => text(page).split('\n'));
    assert.deepEqual(
      lines.filter((line) => line.length > WIDTH && !line.startsWith('    ')),
      [],
    );
  });
});
