import type { Catalogue } from './catalogue.ts';
import { bullets, bySeverity, controlLink, page, ruleLink, section, table, words } from './markdown.ts';
import type { Rule } from './rule.ts';
import type { Control, Mappings, Principle, Taxonomy } from './vocabulary.ts';

/**
 * The pages that lead to those of rules and controls: by category, by principle, by pillar and swim lane, by stage of the
 * life cycle and by each taxonomy. Path inside the documentation → text.
 */
export function indexPages(catalogue: Catalogue): ReadonlyMap<string, string> {
  return new Map([
    ['index.md', overview(catalogue)],
    ['by-principle.md', byPrinciple(catalogue)],
    ['by-pillar.md', byPillar(catalogue)],
    ['by-stage.md', byStage(catalogue)],
    ...[...catalogue.taxonomies.values()].map((taxonomy) => [`taxonomies/${taxonomy.id}.md`, taxonomyPage(taxonomy, catalogue)] as const),
  ]);
}

const ABOUT = "It is based on the principles of Microsoft's Zero Trust for AI; not affiliated with or endorsed by Microsoft.";
const BACK = (folder: string): string => `[All rules and controls](${folder}index.md)`;

/** All rules by category and all controls by swim lane. */
function overview(catalogue: Catalogue): string {
  const { rules, controls, categories, swimLanes, taxonomies } = catalogue;
  return page([
    '# Rules and controls',
    `${rules.size} rules and ${controls.size} controls, version ${catalogue.version} of the catalogue. ${ABOUT}`,
    `Also [by principle](by-principle.md), [by pillar and swim lane](by-pillar.md), [by stage of the life cycle](by-stage.md) and by taxonomy:`,
    bullets([...taxonomies.values()].map(({ id, name }) => `[${name}](taxonomies/${id}.md)`)),
    '## Rules',
    ...[...categories].map(([id, title]) => {
      const mine = rulesWhere(catalogue, (rule) => rule.category === id);
      return mine.length === 0 ? '' : `### ${title}\n\n${ruleList(mine)}`;
    }),
    '## Controls',
    ...[...swimLanes.values()].map(({ id, title }) => {
      const mine = controlsWhere(catalogue, (control) => control.swimLane === id);
      return mine.length === 0 ? '' : `### ${title}\n\n${controlList(mine, catalogue)}`;
    }),
  ]);
}

const PRINCIPLES: Readonly<Record<Principle, string>> = {
  'verify-explicitly':
    'Decide on all that is known, each time: who asks, from where, for what, and whether content and code are what they claim to be.',
  'least-privilege': 'Give people, agents and tools what the task needs, for as long as it needs it.',
  'assume-breach':
    'Plan for the day when one part is in the hands of somebody else: limit what it can reach, notice it, and be able to stop it.',
};

function byPrinciple(catalogue: Catalogue): string {
  return page([
    '# Rules and controls by principle',
    ...(Object.keys(PRINCIPLES) as Principle[]).map((principle) =>
      section(
        words(principle),
        [
          PRINCIPLES[principle],
          both(
            rulesWhere(catalogue, (rule) => rule.principles.includes(principle)),
            controlsWhere(catalogue, (control) => control.principles.includes(principle)),
            catalogue,
          ),
        ].join('\n\n'),
      ),
    ),
    BACK(''),
  ]);
}

/** A rule stands where its primary control does. */
function byPillar(catalogue: Catalogue): string {
  const lanes = [...catalogue.swimLanes.values()];
  const pillars = [...new Set(lanes.map(({ pillar }) => pillar))];
  return page([
    '# Rules and controls by pillar and swim lane',
    'A rule stands where the control stands that is offered for it first.',
    ...pillars.flatMap((pillar) => [
      `## ${pillar}`,
      ...lanes
        .filter((lane) => lane.pillar === pillar)
        .map(({ id, title }) => {
          const rules = rulesWhere(catalogue, (rule) => catalogue.standings.get(rule.id)?.swimLane === id);
          const controls = controlsWhere(catalogue, (control) => control.swimLane === id);
          return `### ${title}\n\n${both(rules, controls, catalogue)}`;
        }),
    ]),
    BACK(''),
  ]);
}

function byStage(catalogue: Catalogue): string {
  return page([
    '# Rules and controls by stage of the life cycle',
    'A rule stands where the control stands that is offered for it first; some stand in several stages.',
    ...[...catalogue.stages].map(([id, title]) =>
      section(
        title,
        both(
          rulesWhere(catalogue, (rule) => catalogue.standings.get(rule.id)?.stages.includes(id) === true),
          controlsWhere(catalogue, (control) => control.stages.includes(id)),
          catalogue,
        ),
      ),
    ),
    BACK(''),
  ]);
}

/** Each id of a taxonomy with the rules and controls that are mapped to it. */
function taxonomyPage({ id, name, version, source, items }: Taxonomy, catalogue: Catalogue): string {
  const maps = (mappings: Mappings, item: string): boolean => mappings[id]?.includes(item) === true;
  const rows = [...items].map(([item, { title, url }]) => [
    url === undefined ? item : `[${item}](${url})`,
    title === item ? '' : title,
    rulesWhere(catalogue, ({ mappings, stride }) => maps(mappings, item) || (id === 'stride' && stride.includes(item)))
      .map((rule) => `[${rule.id}](../rules/${rule.id}.md)`)
      .join(', '),
    controlsWhere(catalogue, ({ mappings }) => maps(mappings, item))
      .map((control) => `[${control.id}](../controls/${control.id}.md)`)
      .join(', '),
  ]);
  return page([
    `# ${name}`,
    `${version === '-' ? '' : `Version ${version}. `}Source: ${source}. Listed are the ids that a rule or a control is mapped to; the mapping is ours.`,
    table(['Id', 'Title', 'Rules', 'Controls'], rows),
    BACK('../'),
  ]);
}

function rulesWhere(catalogue: Catalogue, which: (rule: Rule) => boolean): readonly Rule[] {
  return bySeverity([...catalogue.rules.values()].filter(which));
}

function controlsWhere(catalogue: Catalogue, which: (control: Control) => boolean): readonly Control[] {
  return [...catalogue.controls.values()].filter(which);
}

function both(rules: readonly Rule[], controls: readonly Control[], catalogue: Catalogue): string {
  const parts = [rules.length > 0 ? `**Rules**\n\n${ruleList(rules)}` : '', `**Controls**\n\n${controlList(controls, catalogue)}`];
  return parts.filter((part) => part !== '').join('\n\n');
}

function ruleList(rules: readonly Rule[]): string {
  return bullets(rules.map((rule) => ruleLink(rule, 'rules/')));
}

function controlList(controls: readonly Control[], catalogue: Catalogue): string {
  return bullets(controls.map(({ id }) => controlLink(id, catalogue, 'controls/')));
}
