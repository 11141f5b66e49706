import { placeAt } from './place.ts';
import type { Snapshot } from './snapshot.ts';

const DRAWN: ReadonlySet<string> = new Set(['boundaries', 'elements', 'flows']);

/** The boundary, element or flow that is written at an offset: anywhere from its key to the end of what belongs to it. */
export function subjectAt({ model, syntax, text }: Snapshot, offset: number): string | undefined {
  for (const section of syntax.sections) {
    if (!section.items || !DRAWN.has(section.pair.key.text)) continue;
    for (const { base, pair } of section.items) {
      if (base + pair.start <= offset && offset <= base + pair.end) return drawn(pair.key.text);
    }
  }
  // Between the lines of a thing, and in broken text.
  const [section, id] = placeAt(text, offset).path;
  return section !== undefined && id !== undefined && DRAWN.has(section) ? drawn(id) : undefined;

  function drawn(name: string): string | undefined {
    return model.boundaries.has(name) || model.elements.has(name) || model.flows.has(name) ? name : undefined;
  }
}
