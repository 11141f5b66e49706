import type { Catalogue } from '../catalogue/catalogue.ts';
import { AUTHOR_RULE } from '../analysis/index.ts';
import type { Model } from '../model/model.ts';
import { isThreatOpen, type Threat } from './threats.ts';

/** Taxonomy of the categories that rules name under `stride`. */
const STRIDE = 'stride';

export interface StrideColumn {
  readonly id: string;
  readonly title: string;
}

/** What was considered of one category at one subject. */
export interface StrideCell {
  readonly open: readonly Threat[];
  readonly satisfied: readonly Threat[];
  readonly accepted: readonly Threat[];
  readonly notApplicable: readonly Threat[];
}

export interface StrideRow {
  /** Id of the element, flow or boundary, or `$model`. */
  readonly subject: string;
  /** In the order of the columns; `undefined` where no rule has an opinion. */
  readonly cells: readonly (StrideCell | undefined)[];
}

export interface StrideTable {
  /** The categories that some threat has, in the order of the taxonomy. */
  readonly columns: readonly StrideColumn[];
  /** Subjects with a threat, in the order of the threats. */
  readonly rows: readonly StrideRow[];
}

/**
 * STRIDE per element, derived: which threats of which category were considered where, whether open or not. A threat of two
 * categories counts in both; one of the author's counts where its `category` names one, by its id or its title.
 */
export function strideTable(threats: readonly Threat[], model: Model, catalogue: Catalogue): StrideTable {
  const items = [...(catalogue.taxonomies.get(STRIDE)?.items ?? [])].map(([id, { title }]) => ({ id, title }));
  const authors = new Map(
    model.threats.map(({ title, at, category }) => [`${at === '' ? '$model' : at} Stated by the author: ${title}`, category]),
  );
  const categoriesOf = ({ rule, subject, finding }: Threat): readonly string[] => {
    if (rule !== AUTHOR_RULE) return catalogue.rules.get(rule)?.stride ?? [];
    const category = authors.get(`${subject} ${finding?.message ?? ''}`)?.toLowerCase();
    return items.filter(({ id, title }) => category === id.toLowerCase() || category === title.toLowerCase()).map(({ id }) => id);
  };
  const rows = new Map<string, Map<string, Threat[]>>();
  const used = new Set<string>();
  for (const threat of threats) {
    for (const category of categoriesOf(threat)) {
      used.add(category);
      let row = rows.get(threat.subject);
      if (!row) rows.set(threat.subject, (row = new Map()));
      const cell = row.get(category);
      if (cell) cell.push(threat);
      else row.set(category, [threat]);
    }
  }
  const columns = items.filter(({ id }) => used.has(id));
  return {
    columns,
    rows: [...rows].map(([subject, cells]) => ({ subject, cells: columns.map(({ id }) => cellOf(cells.get(id))) })),
  };
}

function cellOf(threats: readonly Threat[] | undefined): StrideCell | undefined {
  if (!threats) return undefined;
  const of = (state: Threat['state']): readonly Threat[] => threats.filter((threat) => threat.state === state);
  return { open: threats.filter(isThreatOpen), satisfied: of('satisfied'), accepted: of('accepted'), notApplicable: of('not-applicable') };
}
