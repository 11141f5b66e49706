import { isElsewhere, type Finding } from '../../analysis/index.ts';
import type { Control, ElementKind } from '../../catalogue/vocabulary.ts';
import { covers } from '../../model/kinds.ts';
import type { Flow } from '../../model/model.ts';
import type { TextEdit } from '../../syntax/textEdit.ts';
import { addToList, addToMap } from '../collectionEdits.ts';
import { addEntry } from '../edits.ts';
import { freeId } from '../written.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Alternative } from './alternative.ts';
import { cutAround } from './cutting.ts';

/** Ways to let what a finding misses be given on the way: by a gateway or guardrail that is there, or by a new one. */
export function* mediatedControls(snapshot: Snapshot, finding: Finding): Generator<Alternative> {
  const { model, catalogue } = snapshot;
  const flow = [finding.subject, ...finding.givers].flatMap((id) => model.flows.get(id) ?? [])[0];
  if (!flow || isElsewhere(model, flow.id)) return;
  for (const set of finding.missing) {
    const controls = set.flatMap((id) => catalogue.controls.get(id) ?? []).filter(({ givenBy }) => givenBy.includes('element'));
    if (controls.length === 0 || controls.length < set.length) continue;
    const kind = [...catalogue.elementKinds.values()].find(
      (known) => known.mediator && controls.every((control) => isMeantFor(control, known)),
    );
    if (!kind) continue;
    for (const element of cutAround(snapshot, flow.id).snapshot.model.elements.values()) {
      const gives = (id: string): boolean =>
        element.controls.some(({ control, status, counts }) => counts && control === id && status === 'in-place');
      if (!catalogue.elementKinds.get(element.kind)?.mediator || !set.every(gives) || isOn(flow, element.id)) continue;
      const edits = passThrough(snapshot, flow, element.id);
      if (edits) yield { title: `Lead flow ${flow.id} through element ${element.id}`, edits, controls: false };
      break;
    }
    const created = putOn(snapshot, flow, kind, controls);
    if (created) yield created;
    return;
  }
}

function putOn(snapshot: Snapshot, flow: Flow, kind: ElementKind, controls: readonly Control[]): Alternative | undefined {
  const { model, syntax } = snapshot;
  const id = freeId(model, kind.id);
  const boundary = model.elements.get(flow.to)?.boundaries[0] ?? model.elements.get(flow.from)?.boundaries[0];
  const parts = [
    `kind: ${kind.id}`,
    ...(boundary === undefined ? [] : [`in: ${boundary}`]),
    `controls: [${controls.map((control) => control.id).join(', ')}]`,
  ];
  const added = addEntry(syntax, 'elements', id, `{ ${parts.join(', ')} }`);
  const led = passThrough(snapshot, flow, id);
  const names = controls.map(({ title }) => `"${title}"`).join(' and ');
  return added && led && { title: `Put a new ${kind.label} with ${names} on flow ${flow.id}`, edits: [...added, ...led], controls: false };
}

/** Edits after which a flow passes an element last of all. */
function passThrough({ model, syntax }: Snapshot, flow: Flow, id: string): readonly TextEdit[] | undefined {
  const base = model.baseOf(flow);
  const through = flow.pair.value?.type === 'map' ? flow.pair.value.pairs.find(({ key }) => key.text === 'through')?.value : undefined;
  if (through === undefined) return addToMap(syntax, { base, pair: flow.pair }, 'through', `[${id}]`);
  return through?.type === 'seq' ? addToList(syntax, base, through, id) : undefined;
}

function isOn({ from, to, through }: Flow, id: string): boolean {
  return from === id || to === id || through.includes(id);
}

function isMeantFor({ appliesTo }: Control, { id, category }: ElementKind): boolean {
  return covers(appliesTo.elements, id, category);
}
