import type { Span } from '../syntax/tree.ts';
import { freeId, writeScalar } from './written.ts';
import type { KindTable } from '../model/kinds.ts';
import type { Meaning } from './meaning.ts';
import type { Place } from './place.ts';
import type { Snapshot } from './snapshot.ts';

/** A whole thing, or a whole model, to begin with. */
export interface Skeleton {
  readonly label: string;
  readonly detail: string;
  readonly about: Meaning | undefined;
  readonly text: string;
  /** Spans of `text` that the author fills in, in this order. */
  readonly holes: readonly Span[];
}

const TABLES: Readonly<Partial<Record<string, KindTable>>> = { boundaries: 'boundaryKinds', data: 'dataKinds', elements: 'elementKinds' };

/** New things at a place among the ids of a section, one for each kind; new models in a file that says nothing yet. */
export function skeletonsAt(place: Place, snapshot: Snapshot): readonly Skeleton[] {
  if (place.role !== 'key' || place.colon) return [];
  if (place.path.length === 0) return snapshot.syntax.sections.length === 0 || isTyped(place, snapshot) ? models(snapshot) : [];
  const [section = ''] = place.path;
  if (place.path.length > 1) return [];
  if (section === 'flows') return [flow(snapshot)];
  const table = Object.hasOwn(TABLES, section) ? TABLES[section] : undefined;
  return table ? things(section, table, snapshot) : [];
}

/** Only the word under the cursor is there. */
function isTyped({ text, word }: Place, { text: all }: Snapshot): boolean {
  return text !== '' && (all.slice(0, word.start) + all.slice(word.end)).trim() === '';
}

function models({ catalogue, syntax }: Snapshot): readonly Skeleton[] {
  return catalogue.templates.map(({ id, title, text }) => ({
    label: id,
    detail: title,
    about: undefined,
    text: text.replaceAll('\n', syntax.eol),
    holes: [],
  }));
}

function things(section: string, table: KindTable, { catalogue, model }: Snapshot): readonly Skeleton[] {
  const boundary = section === 'elements' ? lastBoundary(model) : undefined;
  return [...catalogue[table].values()].map(({ id: kind, label }) => {
    const parts: Part[] = [{ hole: freeId(model, kind) }, `: { kind: ${kind}`];
    if (boundary !== undefined) parts.push(', in: ', { hole: boundary });
    if (section !== 'elements') parts.push(', title: ', { hole: writeScalar(label.replace(/[^\w -]/g, ' ')) });
    return { label: kind, detail: `New: ${label}`, about: { type: 'kind', table, id: kind }, ...join([...parts, ' }']) };
  });
}

/** People write one part of a system after the other. */
function lastBoundary({ elements, boundaries }: Snapshot['model']): string | undefined {
  return [...elements.values()].at(-1)?.boundaries[0] ?? [...boundaries.keys()].at(-1);
}

function flow({ model }: Snapshot): Skeleton {
  const [first, second] = model.elements.keys();
  const parts: Part[] = [{ hole: freeId(model, 'flow') }, ': { from: ', { hole: first ?? '""' }, ', to: ', { hole: second ?? '""' }, ' }'];
  return { label: 'flow', detail: 'New flow', about: undefined, ...join(parts) };
}

type Part = string | { readonly hole: string };

function join(parts: readonly Part[]): Pick<Skeleton, 'text' | 'holes'> {
  let text = '';
  const holes: Span[] = [];
  for (const part of parts) {
    const added = typeof part === 'string' ? part : part.hole;
    if (typeof part !== 'string') holes.push({ start: text.length, end: text.length + added.length });
    text += added;
  }
  return { text, holes };
}
