import { code, joined, list, paragraph, table, type Block, type Section, type Text } from '../document.ts';
import { subjectText, type ModelReport } from '../modelReport.ts';
import { places } from './posture.ts';

/** What there is: data and where it is kept and goes, elements, boundaries. */
export function inventorySections(report: ModelReport): readonly Section[] {
  return [
    { id: 'data', title: 'Data', blocks: data(report) },
    { id: 'elements', title: 'Elements and boundaries', blocks: [...elements(report), ...boundaries(report)] },
  ];
}

function data({ model, catalogue }: ModelReport): Block[] {
  const held = new Map<string, string[]>();
  const carried = new Map<string, string[]>();
  const note = (into: Map<string, string[]>, name: string, at: string): void => {
    const all = into.get(name);
    if (!all) into.set(name, [at]);
    else if (!all.includes(at)) all.push(at);
  };
  for (const { id, holds } of model.elements.values()) for (const name of holds) note(held, name, id);
  for (const { id, carries, returns } of model.flows.values()) for (const name of [...carries, ...(returns ?? [])]) note(carried, name, id);
  const names = [...new Set([...model.data.keys(), ...held.keys(), ...carried.keys()])];
  if (names.length === 0) return [paragraph('The model names no data.')];
  const at = (ids: readonly string[] = []): Text => places(ids.map((id) => subjectText(model, id)));
  const rows = names.map((name): Text[] => {
    const asset = model.data.get(name);
    const kind = asset?.kind ?? name;
    const title: Text = asset && asset.title !== name ? [asset.title, ' (', code(name), ')'] : [code(name)];
    return [title, [catalogue.dataKinds.get(kind)?.label ?? kind], at(held.get(name)), at(carried.get(name)), [asset?.description ?? '']];
  });
  return [table('Data', ['Data', 'Kind', 'Held by', 'Carried by', 'Description'], rows)];
}

function elements({ model, catalogue }: ModelReport): Block[] {
  if (model.elements.size === 0) return [paragraph('The model has no elements.')];
  const rows = [...model.elements.values()].map(({ id, kind, owner, boundaries, outOfScope, description }): Text[] => [
    subjectText(model, id),
    [catalogue.elementKinds.get(kind)?.label ?? kind],
    joined(boundaries.map((boundary) => subjectText(model, boundary))),
    [owner ?? ''],
    [outOfScope ? `no: ${outOfScope.reason ?? ''}` : 'yes'],
    [description ?? ''],
  ]);
  return [table('Elements', ['Element', 'Kind', 'In', 'Owner', 'In scope', 'Description'], rows)];
}

function boundaries({ model, catalogue }: ModelReport): Block[] {
  if (model.boundaries.size === 0) return [list([['There are no trust boundaries.']])];
  const rows = [...model.boundaries.values()].map(({ id, kind, parent, description }): Text[] => [
    subjectText(model, id),
    [catalogue.boundaryKinds.get(kind)?.label ?? kind],
    parent === undefined ? [] : subjectText(model, parent),
    [description ?? ''],
  ]);
  return [table('Trust boundaries', ['Boundary', 'Kind', 'In', 'Description'], rows)];
}
