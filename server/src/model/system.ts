import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PlacedPair, Section } from '../syntax/tree.ts';
import { readControls, readPlacedControls } from './controls.ts';
import { isPrivate, readOneOf, readTags, readText, sectionShape, wrongShape } from './fields.ts';
import type { Model, PropertyValue } from './model.ts';
import type { Excuses } from './names.ts';
import { nearest } from './nearest.ts';
import { quote, type Notes, type Sort } from './notes.ts';
import { readProperty } from './properties.ts';
import { COMPLETENESS } from './things.ts';

/** The format version that this program reads. */
export const FORMAT_VERSION = '1';

/** Top-level keys, in the order in which a file usually has them; system properties of the catalogue come to these. */
export const SECTIONS: readonly string[] = [
  'threatmodel',
  'use',
  'title',
  'description',
  'owner',
  'tags',
  'completeness',
  'controls',
  'boundaries',
  'data',
  'elements',
  'flows',
  'assumptions',
  'threats',
  'accepted',
  'reviews',
];
/** The sections that declare things, and of what sort these are. */
export const DECLARING: ReadonlyMap<string, Sort | 'data'> = new Map([
  ['boundaries', 'boundary'],
  ['data', 'data'],
  ['elements', 'element'],
  ['flows', 'flow'],
]);

type Sections = ReadonlyMap<string, readonly Section[]>;

/** A map section's own description and tags, and the author's own keys: everything else in it is declared. */
export function isAside({ pair: { key, value } }: PlacedPair): boolean {
  if (isPrivate(key.text)) return true;
  return (key.text === 'description' && value?.type !== 'map') || (key.text === 'tags' && value?.type === 'seq');
}

/** Judges the top-level keys as such: version, unknown ones, shapes, and whether there is anything to analyse. */
export function judgeSections(notes: Notes, excuses: Excuses, catalogue: Catalogue, sections: Sections): void {
  const keys = [...SECTIONS, ...catalogue.properties.system.keys()];
  const known = new Set(keys);
  const meant = new Set<string>();
  for (const [name, [section]] of sections) {
    if (known.has(name) || isPrivate(name) || !section) continue;
    const suggestions = nearest(name, keys);
    notes.at(section.base).error('unknown-section', `Unknown section ${quote(name)}`, section.pair.key, { suggestions });
    for (const suggestion of suggestions) meant.add(suggestion);
    // What the section declares is probably what others refer to.
    for (const { pair } of section.items ?? []) excuses.ids.add(pair.key.text);
  }
  judgeVersion(notes, sections, meant);
  for (const [name, sort] of DECLARING) {
    for (const section of sections.get(name) ?? []) {
      const shape = sectionShape(section);
      if (shape === 'map' || shape === 'nothing') continue;
      excuses.sorts.add(sort);
      if (section.pair.value) wrongShape(notes.at(section.base), name, 'a map', section.pair.value);
    }
  }
  judgeEmptiness(notes, sections, meant);
}

function judgeVersion(notes: Notes, sections: Sections, meant: ReadonlySet<string>): void {
  const section = sections.get('threatmodel')?.[0];
  if (!section) {
    if (meant.has('threatmodel')) return;
    notes.error('missing-version', `Say the version of the format: begin with "threatmodel: ${FORMAT_VERSION}"`, { start: 0, end: 0 });
    return;
  }
  const { key, value } = section.pair;
  const version = value?.type === 'scalar' ? value : undefined;
  if (version?.text === FORMAT_VERSION) return;
  const written = version ? `Unknown format version ${quote(version.text)}` : 'The format version is missing';
  const message = `${written}; this program reads version ${FORMAT_VERSION}`;
  // Not "did you mean": the message says it already.
  notes.at(section.base).error('unknown-version', message, value ?? key);
}

function judgeEmptiness(notes: Notes, sections: Sections, meant: ReadonlySet<string>): void {
  const version = sections.get('threatmodel')?.[0];
  const declaring = sections.get('elements') ?? [];
  if (!version || meant.has('elements') || declaring.some(hasItems)) return;
  const at = declaring[0] ?? version;
  notes.at(at.base).info('empty-model', 'There are no elements yet, so there is nothing to analyse', at.pair.key);
}

/** Or something that is no map, which is a problem already. */
function hasItems({ items }: Section): boolean {
  return items?.some((item) => !isAside(item)) ?? true;
}

/** What the file says of the system as a whole. Spans are absolute. */
export function readSystem(
  notes: Notes,
  catalogue: Catalogue,
  sections: Sections,
): Pick<Model, 'title' | 'description' | 'owner' | 'properties' | 'completeness' | 'controls'> {
  const text = (name: string): string | undefined => {
    const section = sections.get(name)?.[0];
    return section && isPlain(notes, section) ? readText(notes.at(section.base), section.pair) || undefined : undefined;
  };
  const tags = sections.get('tags')?.[0];
  if (tags && isPlain(notes, tags)) readTags(notes.at(tags.base), tags.pair);
  const properties = new Map<string, PropertyValue>();
  for (const [name, property] of catalogue.properties.system) {
    const section = sections.get(name)?.[0];
    if (!section || SECTIONS.includes(name) || !isPlain(notes, section)) continue;
    const value = readProperty(notes.at(section.base), property, section.pair);
    if (value) properties.set(name, value);
  }
  const read = sections.get('completeness')?.[0];
  const completeness = read && isPlain(notes, read) ? readOneOf(notes.at(read.base), read.pair, COMPLETENESS) : undefined;
  return {
    title: text('title'),
    description: text('description'),
    owner: text('owner'),
    properties,
    completeness: completeness ?? 'complete',
    controls: readSystemControls(notes, catalogue, sections.get('controls')?.[0]),
  };
}

function readSystemControls(notes: Notes, catalogue: Catalogue, section: Section | undefined): Model['controls'] {
  if (!section) return [];
  if (section.items) return readPlacedControls(notes, catalogue, section.items);
  return readControls(notes.at(section.base), catalogue, 'system', section.pair);
}

/** Reports a map where a text or a list is expected; its pairs are not in the tree of the section itself. */
function isPlain(notes: Notes, section: Section): boolean {
  const { key, value } = section.pair;
  if (sectionShape(section) !== 'map') return true;
  notes.at(section.base).error('wrong-shape', `${quote(key.text)} takes a text, not a map`, value ?? key);
  return false;
}
