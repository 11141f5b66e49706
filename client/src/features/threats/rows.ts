import type { FindingsResult, ListedFinding, ListedRule, ModelFindings } from '../../../../server/src/protocol/findings.ts';

/** A finding with all that the list says of it. */
export interface Row extends ListedFinding {
  readonly model: string;
  readonly modelTitle: string;
  readonly about: ListedRule;
}

export interface Model {
  readonly uri: string;
  readonly title: string;
  readonly revision: string;
  readonly rows: readonly Row[];
}

const NO_RULE: ListedRule = { title: '', category: '', principles: [], pillar: '', swimLane: '', page: false };

/** The models after an answer of the server, which leaves out what we have. Rows of a model without changes stay the same. */
export function updateModels(before: readonly Model[], { models }: FindingsResult): readonly Model[] {
  const known = new Map(before.map((model) => [model.uri, model]));
  return models.map((model) => {
    const same = known.get(model.uri);
    return model.findings === undefined && same?.revision === model.revision ? same : readModel(model);
  });
}

function readModel({ uri, title = '', revision, findings = [], rules = {} }: ModelFindings): Model {
  const abouts = new Map(Object.entries(rules));
  const modelTitle = title || fileName(uri);
  const rows = findings.map((finding) => ({ ...finding, model: uri, modelTitle, about: abouts.get(finding.rule) ?? NO_RULE }));
  return { uri, title: modelTitle, revision, rows };
}

function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
