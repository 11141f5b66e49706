import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Rule, Severity } from '../../catalogue/rule.ts';
import type { Taxonomy } from '../../catalogue/vocabulary.ts';

export const LEVEL: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };
/** GitHub orders security results by this number. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' };
/** GitHub refuses a rule with more. */
const MOST_TAGS = 20;

/** Rules and the frameworks that they are mapped to, each described once; results point at a rule by its index. */
export interface RuleTable {
  readonly descriptors: readonly object[];
  readonly taxonomies: readonly object[];
  indexOf(rule: string): number | undefined;
}

/** `catalogueOf` gives the catalogue that has the rule as the files see it. */
export function ruleTable(ids: readonly string[], catalogueOf: (id: string) => Catalogue): RuleTable {
  const frameworks = new Frameworks();
  const descriptors = ids.map((id) => descriptorOf(id, catalogueOf(id), frameworks));
  const index = new Map(ids.map((id, at) => [id, at]));
  return { descriptors, taxonomies: frameworks.described(), indexOf: (rule) => index.get(rule) };
}

function descriptorOf(id: string, catalogue: Catalogue, frameworks: Frameworks): object {
  const rule = catalogue.rules.get(id);
  if (!rule) return { id };
  const relationships = frameworks.relate(rule, catalogue);
  return {
    id,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.text.why },
    help: { text: plainHelp(rule), markdown: markdownHelp(rule, catalogue) },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    ...(relationships.length > 0 && { relationships }),
    properties: {
      tags: ['security', rule.category, ...rule.principles, ...rule.stride.map((it) => `stride-${it}`)].slice(0, MOST_TAGS),
      'security-severity': SECURITY_SEVERITY[rule.severity],
    },
  };
}

function plainHelp({ text }: Rule): string {
  return [text.why, text.fix].filter((part) => part !== '').join('\n\n');
}

function markdownHelp({ text, mappings }: Rule, catalogue: Catalogue): string {
  const parts = [
    ['Why it matters', text.why],
    ['What to do', text.fix],
    ['What it costs', text.cost],
    ['When to accept it', text.accept],
  ] as const;
  const mapped = Object.entries(mappings).map(([id, items]) => `- ${catalogue.taxonomies.get(id)?.name ?? id}: ${items.join(', ')}`);
  return [
    ...parts.flatMap(([title, part]) => (part === '' ? [] : [`## ${title}\n\n${part}`])),
    ...(mapped.length > 0 ? [`## In other frameworks\n\n${mapped.join('\n')}`] : []),
  ].join('\n\n');
}

/** The frameworks that rules are mapped to, with only the items that are used, in the order of their first use. */
class Frameworks {
  private readonly used = new Map<string, { readonly taxonomy: Taxonomy; readonly at: number; readonly items: Map<string, number> }>();

  relate({ mappings }: Rule, { taxonomies }: Catalogue): readonly object[] {
    return Object.entries(mappings).flatMap(([id, items]) => {
      const taxonomy = taxonomies.get(id);
      if (!taxonomy) return [];
      let known = this.used.get(id);
      if (!known) this.used.set(id, (known = { taxonomy, at: this.used.size, items: new Map() }));
      const { at, items: indexes } = known;
      return items.map((item) => {
        if (!indexes.has(item)) indexes.set(item, indexes.size);
        return { target: { id: item, index: indexes.get(item), toolComponent: { name: taxonomy.name, index: at } }, kinds: ['relevant'] };
      });
    });
  }

  described(): readonly object[] {
    return [...this.used.values()].map(({ taxonomy, items }) => ({
      name: taxonomy.name,
      version: taxonomy.version,
      ...(isUri(taxonomy.source) && { informationUri: taxonomy.source }),
      isComprehensive: false,
      taxa: [...items.keys()].map((id) => {
        const { title, url } = taxonomy.items.get(id) ?? {};
        return { id, ...(title !== undefined && { shortDescription: { text: title } }), ...(isUri(url) && { helpUri: url }) };
      }),
    }));
  }
}

function isUri(text: string | undefined): text is string {
  return text !== undefined && /^https:\/\/[\w.~:/?#@!$&'()*+,;=%-]+$/.test(text);
}
