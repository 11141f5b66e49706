import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Flow } from './model.ts';
import type { ElementRead } from './elements.ts';
import { quote, type Notes } from './notes.ts';

/** Hints at an element that is only consulted and does not say what it protects: it gets no credit for anything. */
export function judgeConsulted(
  notes: Notes,
  catalogue: Catalogue,
  idle: readonly { readonly read: ElementRead; readonly base: number }[],
  flows: ReadonlyMap<string, Flow>,
): void {
  if (idle.length === 0) return;
  const passed = new Set<string>();
  const [left, reached] = [new Set<string>(), new Set<string>()];
  for (const flow of flows.values()) {
    for (const id of flow.through) passed.add(id);
    left.add(flow.from);
    reached.add(flow.to);
  }
  for (const { read, base } of idle) {
    // The legs of what it passes on may also be drawn one by one.
    const mediates = catalogue.elementKinds.get(read.thing.kind)?.mediator === true && left.has(read.id) && reached.has(read.id);
    if (passed.has(read.id) || mediates) continue;
    const message = `${quote(read.id)} protects nothing: no flow goes through it, and it does not say what it "guards"`;
    notes.at(base).hint('guards-nothing', message, read.pair.key);
  }
}
