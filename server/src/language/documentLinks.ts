import type { Catalogue } from '../catalogue/catalogue.ts';
import { absolute, type Span } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A part of the text that leads somewhere. */
export interface DocumentLink {
  readonly span: Span;
  /** An address of the web, or a model that was read and how the host names it. */
  readonly target: { readonly url: string } | { readonly file: string };
  readonly tooltip: string | undefined;
}

const URL = /\bhttps?:\/\/[^\s"'`<>[\]{}|\\^]+/g;
const TRAILING = /[.,;:!?*_)]+$/;
/** What may be an id of a taxonomy: capitals, then a number somewhere. */
const ID = /(?<![\w.-])[A-Z][A-Za-z]*[\w.:-]*\d[\w.:-]*/g;
/** Shorter ids are names of other things too. */
const SHORTEST_ID = 5;

/**
 * The links of a file, in source order: addresses as they are written (of the web and no other), the models that it uses, and ids
 * of taxonomies for which the catalogue knows a page.
 */
export function documentLinksOf(snapshot: Snapshot): readonly DocumentLink[] {
  const { catalogue, syntax, text } = snapshot;
  const links: DocumentLink[] = [];
  for (const { base, pair } of syntax.sections.find((section) => section.pair.key.text === 'use')?.items ?? []) {
    const used = pair.value?.type === 'scalar' ? snapshot.used.get(pair.value.text) : undefined;
    if (!pair.value || !used || !('snapshot' in used)) continue;
    links.push({ span: absolute(base, pair.value), target: { file: used.file }, tooltip: used.snapshot.model.title });
  }
  const addresses: Span[] = [];
  for (const match of text.matchAll(URL)) {
    const url = trimmed(match[0]);
    const span = { start: match.index, end: match.index + url.length };
    addresses.push(span);
    if (isAddress(url)) links.push({ span, target: { url }, tooltip: undefined });
  }
  const pages = pagesOf(catalogue);
  let next = 0;
  for (const match of text.matchAll(ID)) {
    const id = match[0].replace(/[.:-]+$/, '');
    const page = id.length < SHORTEST_ID ? undefined : pages.get(id);
    if (!page) continue;
    while ((addresses[next]?.end ?? Infinity) <= match.index) next++;
    if ((addresses[next]?.start ?? Infinity) < match.index) continue;
    links.push({ span: absolute(match.index, { start: 0, end: id.length }), target: { url: page.url }, tooltip: page.title });
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

/** Without what belongs to the sentence around it. */
function trimmed(match: string): string {
  const url = match.replace(TRAILING, '');
  // A bracket that the address itself has opened.
  return match.charAt(url.length) === ')' && url.lastIndexOf('(') > url.lastIndexOf(')') ? `${url})` : url;
}

function isAddress(url: string): boolean {
  return /^https?:\/\/[^/?#@]+/.test(url);
}

interface Page {
  readonly url: string;
  readonly title: string;
}

const known = new WeakMap<Catalogue, ReadonlyMap<string, Page>>();

function pagesOf(catalogue: Catalogue): ReadonlyMap<string, Page> {
  let pages = known.get(catalogue);
  if (!pages) {
    const all = [...catalogue.taxonomies.values()].flatMap(({ items, name }) =>
      [...items].flatMap(([id, { title, url }]) =>
        url !== undefined && isAddress(url) ? [[id, { url, title: `${title} (${name})` }] as const] : [],
      ),
    );
    const others = [...catalogue.pages].filter(([, { url }]) => isAddress(url));
    known.set(catalogue, (pages = new Map([...others, ...all])));
  }
  return pages;
}
