import type { Change, ModelDiff, Part, PartName } from '../diff/index.ts';
import { isSame } from '../diff/index.ts';
import { code, counted, list, paragraph, strong, type Document, type Section, type Text } from './document.ts';

/** A comparison to report. */
export interface DiffReport {
  /** What the newer version is called. */
  readonly title: string;
  /** The two versions, as the reader named them. */
  readonly before: string;
  readonly after: string;
  readonly diff: ModelDiff;
}

const TITLES: Readonly<Record<PartName, string>> = {
  findings: 'Findings',
  system: 'The whole system',
  boundaries: 'Boundaries',
  elements: 'Elements',
  flows: 'Flows',
  data: 'Data',
  controls: 'Controls',
  accepted: 'Accepted risks',
};
/** The consequences first: they are what a reviewer must decide on. */
const ORDER = Object.keys(TITLES) as readonly PartName[];

/** A list longer than that is read by nobody in a comment. */
const MOST = 50;
const LONGEST = 160;

/** What has changed, for people; Markdown of it fits into the comment of a pull request. */
export function diffDocument({ title, before, after, diff }: DiffReport): Document {
  const parts = [...diff.parts].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
  const summary = parts.flatMap((part) => countsOf(part)).join('; ');
  return {
    title: 'Changes of the threat model',
    intro: [],
    chapters: [
      {
        title,
        path: `${before} → ${after}`,
        sections: [
          {
            id: 'summary',
            title: 'Summary',
            blocks: [paragraph(isSame(diff) ? 'Nothing has changed in what the model says.' : `${summary}.`)],
          },
          ...parts.flatMap(sectionOf),
        ],
      },
    ],
  };
}

function countsOf({ name, added, removed, changed }: Part): readonly string[] {
  const [more, less] = name === 'findings' ? ['opened', 'closed'] : ['added', 'removed'];
  const counts = [
    added.length > 0 && `${added.length} ${more}`,
    removed.length > 0 && `${removed.length} ${less}`,
    changed.length > 0 && `${changed.length} changed`,
  ].filter((it) => it !== false);
  return counts.length > 0 ? [`${TITLES[name].toLowerCase()}: ${counts.join(', ')}`] : [];
}

function sectionOf(part: Part): readonly Section[] {
  const { name, added, removed, changed } = part;
  const [more, less] = name === 'findings' ? ['Opened', 'Closed'] : ['Added', 'Removed'];
  const items: Text[] = [
    ...added.map((it): Text => [strong(more), ' ', ...nameOf(name, it), detailsOf(it.facts)]),
    ...removed.map((it): Text => [strong(less), ' ', ...nameOf(name, it)]),
    ...changed.map((it): Text => [strong('Changed'), ' ', ...nameOf(name, it), `: ${it.what.map(changeText).join('; ')}`]),
  ];
  if (items.length === 0) return [];
  const others = items.length - MOST;
  const shown = others > 0 ? [...items.slice(0, MOST), [`and ${counted(others, 'more change')}`]] : items;
  return [{ id: name, title: TITLES[name], blocks: [list(shown)] }];
}

function nameOf(part: PartName, { id, title }: { readonly id: string; readonly title: string }): Text {
  // What these are called has the names of two things in it.
  const isWhole = part === 'controls' || part === 'accepted' || part === 'system';
  if (isWhole) return [title];
  if (part === 'findings') return [title, ' (', code(id.slice(id.lastIndexOf(' ') + 1)), ')'];
  return title === id ? [code(id)] : [title, ' (', code(id), ')'];
}

function detailsOf(facts: ReadonlyMap<string, string>): string {
  const said = [...facts].filter(([name]) => name !== 'title').map(([name, value]) => `${name} ${cut(value)}`);
  return said.length > 0 ? `: ${said.join('; ')}` : '';
}

function changeText({ name, before, after }: Change['what'][number]): string {
  return `${name} ${before === undefined ? 'nothing' : cut(before)} → ${after === undefined ? 'nothing' : cut(after)}`;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
