import { SEVERITIES } from '../../catalogue/rule.ts';
import type { Block, Document, Entries, Entry, Inline, Table, Text } from '../document.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** What the page may do, by the SHA-256 of its own style and script: a test says when they have changed. */
export const STYLE_HASH = 'sha256-T6lADsUh8wxI7y9PHqfAUBM661GBNdXS9Zx6ZVWV01A=';
export const SCRIPT_HASH = 'sha256-X015/FLKauH1yVSwGKrOG51KZd8Fa1Xj5vFxVlrvCyQ=';
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

/**
 * A report as one HTML file that needs nothing else: no request is made when it is opened, and nothing of a model is
 * markup. It can be read, and printed, without its script.
 */
export function htmlReport(document: Document): string {
  const chapters = document.chapters.map(({ title, path, sections }, at) => ({
    id: `m${at + 1}`,
    title,
    path,
    sections: sections.map((section) => ({ ...section, id: `m${at + 1}-${section.id}` })),
  }));
  const contents = chapters.map(
    ({ id, title, sections }) =>
      `<li><a href="#${id}">${escape(title)}</a><ol>${sections.map((it) => `<li><a href="#${it.id}">${escape(it.title)}</a></li>`).join('')}</ol></li>`,
  );
  const body = chapters.map(
    ({ id, title, path, sections }) =>
      `<section aria-labelledby="${id}"><h2 id="${id}">${escape(title)}</h2><p><code>${escape(path)}</code></p>\n` +
      sections
        .map(
          (it) =>
            `<section><h3 id="${it.id}">${escape(it.title)}</h3>\n${it.blocks.map((block) => blockHtml(block, it.id)).join('\n')}</section>\n`,
        )
        .join('') +
      '</section>\n',
  );
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="generator" content="Threatwright">
<title>${escape(document.title)}</title><style>${STYLE}</style></head>
<body><a class="skip" href="#main">Skip to the report</a>
<header><h1>${escape(document.title)}</h1>
${document.intro.map((block) => blockHtml(block, 'intro')).join('\n')}
</header>
<nav aria-label="Contents"><ol>${contents.join('\n')}</ol></nav>
<main id="main" tabindex="-1">
${body.join('')}</main>
<script>${SCRIPT}</script></body></html>
`;
}

function blockHtml(block: Block, id: string): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${textHtml(block.text)}</p>`;
    case 'heading':
      return `<h4>${escape(block.text)}</h4>`;
    case 'list': {
      const items = block.items.map((item) => `<li>${textHtml(item)}</li>`).join('');
      return block.ordered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
    }
    case 'table':
      return tableHtml(block);
    case 'entries':
      return entriesHtml(block, id);
    case 'diagram':
      return diagramHtml(block.title, block.svg);
  }
}

function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns.map(({ title, isNumber }) => `<th scope="col"${isNumber ? ' class="number"' : ''}>${escape(title)}</th>`).join('');
  const body = rows.map(({ cells, depth }) => {
    const [first = [], ...others] = cells;
    const row = depth === undefined ? '' : ` class="depth${Math.min(2, depth)}"`;
    const number = columns[0]?.isNumber ? ' class="number"' : row;
    const rest = others.map((cell, at) => `<td${columns[at + 1]?.isNumber ? ' class="number"' : ''}>${textHtml(cell)}</td>`).join('');
    return `<tr><th scope="row"${number}>${textHtml(first)}</th>${rest}</tr>`;
  });
  return `<div class="scroll" role="group" tabindex="0" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody></table></div>`;
}

function entriesHtml({ items }: Entries, id: string): string {
  const severities = [...SEVERITIES].reverse().filter((severity) => items.some((item) => item.severity === severity));
  const states = [...new Set(items.map(({ state }) => state))];
  const boxes = (name: string, values: readonly string[]): string =>
    values
      .map((value) => `<label><input type="checkbox" name="${name}" value="${value}" checked> ${value.replaceAll('-', ' ')}</label>`)
      .join('\n');
  return `<div class="findings"><form class="filter" hidden><fieldset><legend>Show findings</legend>
${boxes('severity', severities)}
${boxes('state', states)}
<label>with the words <input type="search" autocomplete="off"></label> <output aria-live="polite"></output></fieldset></form>
${items.map((item, at) => entryHtml(item, `${id}-${at + 1}`)).join('\n')}</div>`;
}

function entryHtml({ title, severity, state, facts }: Entry, id: string): string {
  const marks = `<span class="mark ${severity}">${severity}</span> ${state === 'open' ? '' : `<span class="mark ${state}">${state.replaceAll('-', ' ')}</span> `}`;
  const terms = facts.map(({ name, text }) => `<dt>${escape(name)}</dt><dd>${textHtml(text)}</dd>`).join('\n');
  return `<article class="${severity}" data-severity="${severity}" data-state="${state}" aria-labelledby="${id}"><h4 id="${id}">${marks}${textHtml(title)}</h4><dl>${terms}</dl></article>`;
}

/** The picture is our own: every text in it is escaped already, and it refers to nothing outside. */
function diagramHtml(title: string, svg: string): string {
  return `<figure class="diagram"><div class="stage">${svg}</div><figcaption>${escape(title)} <span class="zoom" hidden><button type="button" class="larger">Larger</button> <button type="button" class="smaller">Smaller</button> <button type="button" class="whole">Whole picture</button></span></figcaption></figure>`;
}

function textHtml(text: Text): string {
  return text.map(inlineHtml).join('');
}

function inlineHtml(part: Inline): string {
  if (typeof part === 'string') return escape(part);
  switch (part.as) {
    case 'code':
      return `<code>${escape(part.text)}</code>`;
    case 'strong':
      return `<strong>${escape(part.text)}</strong>`;
    case 'mark':
      return `<span class="mark ${part.tone}">${escape(part.text)}</span>`;
    case 'link':
      // Only what opens in a browser and nowhere else.
      return /^https:\/\/[^\s"<>]+$/.test(part.url)
        ? `<a href="${escape(part.url)}" rel="noopener noreferrer">${escape(part.text)}</a>`
        : escape(part.text);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as text, in content and in attributes; characters that reorder or hide other text are left out. */
function escape(text: string): string {
  return text
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[\p{Bidi_Control}\ufeff]/gu, '')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
