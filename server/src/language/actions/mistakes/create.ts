import type { KindTable } from '../../../model/kinds.ts';
import { addEntry } from '../../edits.ts';
import { withHoles } from '../action.ts';
import { guessKinds, type Use } from './guess.ts';
import type { Cure, Mistake, Remedy } from './remedy.ts';

/** Cures for names of things that are not there: declare them. */
export const CREATION: Readonly<Record<string, Cure>> = {
  'unknown-element': createElement,
  'unknown-boundary': (mistake) => create(mistake, 'boundaries', 'boundaryKinds', 'boundary'),
  'unknown-data': (mistake) => create(mistake, 'data', 'dataKinds', 'data asset'),
};

const LEGAL_ID = /^[A-Za-z][A-Za-z0-9_-]*$/;

function createElement(mistake: Mistake): Iterable<Remedy> {
  const { chain, snapshot } = mistake;
  const flow = chain[0]?.placed.pair.key.text === 'flows' ? chain[1]?.placed.pair.value : undefined;
  const field = chain[2]?.placed.pair.key.text;
  if (flow?.type !== 'map' || (field !== 'from' && field !== 'to' && field !== 'through'))
    return create(mistake, 'elements', 'elementKinds', 'element');
  const said = (key: string): string | undefined => {
    const value = flow.pairs.find((pair) => pair.key.text === key)?.value;
    return value?.type === 'scalar' ? value.text : undefined;
  };
  const other = snapshot.model.elements.get(said(field === 'from' ? 'to' : 'from') ?? '');
  const use: Use = { as: field, flow: said('kind'), other: other?.kind };
  return create(mistake, 'elements', 'elementKinds', 'element', use, other?.boundaries[0]);
}

function* create(
  { problem, snapshot }: Mistake,
  section: string,
  table: KindTable,
  sort: string,
  use?: Use,
  boundary?: string,
): Generator<Remedy> {
  const { syntax, text, catalogue } = snapshot;
  const id = text.slice(problem.span.start, problem.span.end).replace(/^(["'])(.*)\1$/, '$2');
  if (!LEGAL_ID.test(id)) return;
  const inside = boundary === undefined ? '' : `, in: ${boundary}`;
  const kinds = guessKinds(snapshot, table, id, use);
  for (const kind of kinds.length > 0 ? kinds : ['""']) {
    const edits = addEntry(syntax, section, id, `{ kind: ${kind}${inside} }`);
    const label = catalogue[table].get(kind)?.label;
    const place = boundary === undefined ? '' : ` in boundary ${boundary}`;
    yield {
      title: `Create ${sort} "${id}"${label === undefined ? '' : ` (${label})`}${place}`,
      edits: edits && withHoles(edits, [['kind', kind]]),
      doubtful: true,
    };
  }
}
