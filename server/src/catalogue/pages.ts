import type { Catalogue } from './catalogue.ts';
import { bullets, bySeverity, capital, controlLink, either, numbered, page, ruleLink, section, table, words } from './markdown.ts';
import { controlsIn } from './satisfaction.ts';
import type { EvidenceScope, Rule, RuleExample, Satisfaction } from './rule.ts';
import type { Standing } from './standing.ts';
import type { Control, GivenBy, Mappings } from './vocabulary.ts';

/**
 * The pages of single rules and controls, in Markdown. Links assume the layout `rules/ID.md` and `controls/ID.md` beside
 * the pages of `indexPages.ts`. The same catalogue gives the same text.
 */

/** The page of one rule. Examples are not part of a loaded catalogue and so are given apart. */
export function rulePage(rule: Rule, catalogue: Catalogue, examples: readonly RuleExample[] = rule.examples): string {
  const fixes = rule.suggest.length > 0 ? rule.suggest : controlsIn(rule.satisfiedBy).slice(0, 1);
  return page([
    `# ${rule.title}`,
    `\`${rule.id}\` · ${words(rule.severity)} severity${strideOf(rule, catalogue)}`,
    `> ${rule.message}`,
    atAGlance(rule, catalogue),
    section('What it means', linked(rule.text.why, catalogue)),
    section(
      'How to fix it',
      `${linked(rule.text.fix, catalogue).trim()}\n\n${numbered(fixes.map((id) => controlLink(id, catalogue, '../controls/')))}`,
    ),
    section('What satisfies it', `${satisfactionList(rule.satisfiedBy, catalogue)}\n\n${EVIDENCE[rule.evidence]}`),
    section('What it costs', linked(rule.text.cost, catalogue)),
    section('When to accept it', linked(rule.text.accept, catalogue)),
    examples.length === 0 ? '' : section('Examples', examples.map(exampleText).join('\n\n')),
    section('Mappings', mappingTable(rule.mappings, catalogue)),
    section('Related rules', relatedRules(rule, catalogue)),
    '[All rules and controls](../index.md)',
  ]);
}

/** The page of one control. */
export function controlPage(control: Control, catalogue: Catalogue): string {
  const helps = [...catalogue.rules.values()].filter((rule) => controlsIn(rule.satisfiedBy).includes(control.id));
  const kinds = [
    ...control.appliesTo.elements.map((id) => catalogue.elementKinds.get(id)?.label ?? id),
    ...control.appliesTo.flows.map((id) => `${catalogue.flowKinds.get(id)?.label ?? id} flows`),
  ];
  return page([
    `# ${control.title}`,
    `\`${control.id}\` · ${laneTitle(control.swimLane, catalogue)} (${control.pillar})`,
    control.description,
    section(
      'At a glance',
      table(
        ['', ''],
        [
          ['Principles', control.principles.map(words).join(', ')],
          ...standingRows(control, catalogue),
          ['Layer of defence', words(control.layer)],
          ['Nature', `${words(control.nature)}: ${NATURE[control.nature]}`],
          ['Meant for', kinds.join(', ')],
        ],
      ),
    ),
    section('Where to state it', `It counts when it is stated on ${either(control.givenBy.map((place) => PLACES[place]))}.`),
    section('Rules that it helps to satisfy', bullets(bySeverity(helps).map((rule) => ruleLink(rule, '../rules/')))),
    section('Mappings', mappingTable(control.mappings, catalogue)),
    '[All rules and controls](../index.md)',
  ]);
}

const EVIDENCE: Readonly<Record<EvidenceScope, string>> = {
  local: 'A control counts here when it is stated on the element or flow itself, on its ends, or on a boundary around it or crossed by it.',
  'local+system':
    'A control counts here when it is stated on the element or flow itself, on its ends, on a boundary around it or crossed by it, or for the whole system.',
  path: 'A control counts here when it is stated on any element, flow or crossed boundary of the path, or for the whole system.',
  system: 'A control counts here wherever it is stated.',
};

const NATURE: Readonly<Record<Control['nature'], string>> = {
  deterministic: 'it holds whatever a model is told',
  probabilistic: 'it lowers the chance of harm',
  organisational: 'it is done by people',
};

const PLACES: Readonly<Record<GivenBy, string>> = {
  element: 'an element',
  flow: 'a flow',
  boundary: 'a boundary',
  system: 'the whole system',
};

function atAGlance(rule: Rule, catalogue: Catalogue): string {
  const standing = catalogue.standings.get(rule.id);
  if (standing === undefined) return '';
  return section(
    'At a glance',
    table(
      ['', ''],
      [
        ['Category', catalogue.categories.get(rule.category) ?? rule.category],
        ['Principles', rule.principles.map(words).join(', ')],
        ...standingRows(standing, catalogue),
      ],
    ),
  );
}

const PHASES: Readonly<Record<Control['phase'], string>> = {
  first: 'First: before anything else',
  then: 'Then: when the first ones hold',
  next: 'Next: on the way to a mature practice',
};

function standingRows({ pillar, swimLane, group, stages, phase }: Standing, catalogue: Catalogue): [string, string][] {
  return [
    ['Pillar', pillar],
    ['Swim lane', laneTitle(swimLane, catalogue)],
    ['Group', group],
    ['Stages of the life cycle', stages.map((stage) => catalogue.stages.get(stage) ?? words(stage)).join(', ')],
    ['Phase', PHASES[phase]],
  ];
}

function laneTitle(lane: string, catalogue: Catalogue): string {
  return catalogue.swimLanes.get(lane)?.title ?? lane;
}

function strideOf(rule: Rule, catalogue: Catalogue): string {
  const titles = rule.stride.map((id) => catalogue.taxonomies.get('stride')?.items.get(id)?.title ?? id);
  return titles.length === 0 ? '' : ` · ${titles.join(', ')}`;
}

function satisfactionList(expression: Satisfaction, catalogue: Catalogue, depth = 0): string {
  if (typeof expression === 'string') return controlLink(expression, catalogue, '../controls/');
  const list = (head: string, parts: readonly Satisfaction[]) => {
    const items = parts.map((part) => `${'  '.repeat(depth)}- ${satisfactionList(part, catalogue, depth + 1)}`);
    // A list needs a blank line before it at the top, and none inside another list.
    return [depth === 0 ? `${capital(head)}\n` : head, ...items].join('\n');
  };
  if ('anyOf' in expression) return list('any of these:', expression.anyOf);
  if ('allOf' in expression) return list('all of these:', expression.allOf);
  const { layers, deterministic, of } = expression.layered;
  const least = deterministic > 0 ? `, at least ${deterministic} of them deterministic` : '';
  return list(`controls of at least ${layers} different layers${least}, among:`, of);
}

function exampleText(example: RuleExample): string {
  const kinds: Readonly<Record<RuleExample['kind'], string>> = {
    bad: 'Bad',
    good: 'Good',
    'near-miss': 'Looks alike, but is no case of it',
  };
  const note = example.kind === 'bad' ? '\n\nThe line that ends in `#!` is where the finding is shown.' : '';
  return `### ${kinds[example.kind]}: ${example.title}\n\n\`\`\`yaml\n${example.model.trimEnd()}\n\`\`\`${note}`;
}

function mappingTable(mappings: Mappings, catalogue: Catalogue): string {
  const rows = Object.entries(mappings).flatMap(([name, ids]) => {
    const taxonomy = catalogue.taxonomies.get(name);
    return ids.map((id) => {
      const item = taxonomy?.items.get(id);
      const title = item === undefined || item.title === id ? '' : item.title;
      return [`[${taxonomy?.name ?? name}](../taxonomies/${name}.md)`, item?.url ? `[${id}](${item.url})` : id, title];
    });
  });
  return rows.length === 0 ? '' : table(['Taxonomy', 'Id', 'Title'], rows);
}

function relatedRules(rule: Rule, catalogue: Catalogue): string {
  const stronger = rule.foldInto.flatMap((id) => catalogue.rules.get(id) ?? []);
  const weaker = [...catalogue.rules.values()].filter((other) => other.foldInto.includes(rule.id));
  return bullets([
    ...stronger.map((other) => `${ruleLink(other, './')}: has the same cause; where both are found, only that one is shown`),
    ...weaker.map((other) => `${ruleLink(other, './')}: has the same cause; where both are found, only this one is shown`),
  ]);
}

/** A text in which controls are named in backticks, with links to their pages. */
function linked(text: string, catalogue: Catalogue): string {
  return text.replace(/`([a-z0-9-]+)`/g, (name, id: string) => (catalogue.controls.has(id) ? `[${name}](../controls/${id}.md)` : name));
}
