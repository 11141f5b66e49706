import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import type { CatalogueData } from '../../../server/src/catalogue/data.ts';
import { loadCatalogue } from '../../../server/src/catalogue/load.ts';
import type { Rule } from '../../../server/src/catalogue/rule.ts';
import type { Control, Property } from '../../../server/src/catalogue/vocabulary.ts';
import { takeSnapshot, type Snapshot } from '../../../server/src/language/snapshot.ts';

/** The day on which the tests take place. */
export const TODAY = '2026-11-22';

/** A catalogue of a few words, so that what the tests expect does not change with the texts of the real one. */
export const CATALOGUE: Catalogue = loadCatalogue(catalogueData());

/** A snapshot by the small catalogue. */
export function snapshotOf(text: string): Snapshot {
  return takeSnapshot(text, CATALOGUE, TODAY);
}

function catalogueData(): CatalogueData {
  const element = { mediator: false, consulted: false, stateless: false, icon: 'box', aliases: [], category: 'capability', trust: 2 };
  return {
    version: 'test',
    drafts: 0,
    elementKinds: [
      { ...element, id: 'user', label: 'User', description: 'A person.', shape: 'actor', category: 'actor' },
      { ...element, id: 'agent', label: 'Agent', description: 'A model in a loop.', shape: 'process' },
      { ...element, id: 'tool', label: 'Tool', description: 'Acts on the world.', shape: 'process' },
      { ...element, id: 'store', label: 'Store', description: 'Keeps data.', shape: 'store', aliases: ['database'] },
      { ...element, id: 'gateway', label: 'Gateway', description: 'Passes traffic on.', shape: 'process', mediator: true },
      { ...element, id: 'approver', label: 'Approver', description: 'Releases actions.', shape: 'actor', consulted: true },
    ],
    flowKinds: [
      {
        id: 'prompt',
        label: 'Prompt',
        description: 'Asks.',
        reply: 'answer',
        influence: true,
        carries: [],
        between: [{ from: ['user'], to: ['agent'] }],
        aliases: [],
      },
      { id: 'answer', label: 'Answer', description: 'Answers.', influence: true, carries: [], between: [], aliases: [] },
      {
        id: 'call',
        label: 'Tool call',
        description: 'Has a tool do something.',
        influence: true,
        carries: [],
        between: [{ from: ['agent'], to: ['tool', 'store'] }],
        aliases: [],
      },
    ],
    boundaryKinds: [
      { id: 'internet', label: 'Internet', description: 'The public network.', trust: 0, aliases: [] },
      { id: 'zone', label: 'Zone', description: 'A private network.', trust: 3, aliases: [] },
    ],
    dataKinds: [
      { id: 'question', label: 'Question', description: 'What a person asks.', aliases: [] },
      { id: 'personal', label: 'Personal data', description: 'About people.', aliases: [] },
    ],
    properties: [
      property({ name: 'autonomy', on: 'element', kinds: ['agent'], values: ['assisted', 'autonomous', 'unknown'] }),
      property({ name: 'effects', on: 'element', kinds: ['tool'], type: 'choices', values: ['none', 'read', 'spend', 'unknown'] }),
      property({ name: 'registered', on: 'element', kinds: ['agent', 'tool'], type: 'flag', values: [] }),
      property({ name: 'trust', on: 'element', type: 'level', values: [], default: 'by-kind', description: 'How far it is trusted.' }),
      property({ name: 'encryption', on: 'flow', values: ['none', 'tls'], default: 'tls', defaults: { call: 'none' } }),
      property({ name: 'riskTier', on: 'system', values: ['low', 'high'] }),
    ],
    controls: [
      control({ id: 'approval', title: 'Human approval', givenBy: ['element', 'flow'], elements: ['agent', 'approver'], flows: ['call'] }),
      control({ id: 'identity', title: 'Own identity', givenBy: ['element'], elements: ['agent'], flows: [] }),
      control({ id: 'limit', title: 'Rate limit', givenBy: ['element', 'flow', 'boundary'], elements: ['gateway'], flows: ['prompt'] }),
      control({ id: 'inventory', title: 'Inventory', givenBy: ['system'], elements: ['agent'], flows: [] }),
      control({
        id: 'policy',
        title: 'Policy engine',
        givenBy: ['element', 'flow'],
        elements: ['tool'],
        flows: [],
        aliases: ['old-policy'],
      }),
      control({ id: 'tls', title: 'TLS', givenBy: ['flow', 'boundary', 'system'], elements: [], flows: ['prompt', 'call'] }),
    ],
    rules: [
      rule({
        id: 'agent-without-identity',
        severity: 'medium',
        match: { element: { kind: ['agent'] } },
        satisfiedBy: 'identity',
        message: '{subject} has no identity of its own.',
      }),
      rule({
        id: 'agents-not-listed',
        severity: 'low',
        match: { model: { exists: { kind: ['agent'] } } },
        satisfiedBy: 'inventory',
        evidence: 'system',
        message: 'Nobody keeps a list of the agents.',
      }),
      rule({
        id: 'spending-without-approval',
        severity: 'high',
        match: { flow: { kind: ['call'], to: { where: { effects: ['spend', 'unknown'] } } } },
        satisfiedBy: { anyOf: ['approval', { allOf: ['policy', 'limit'] }] },
        message: '{from} calls {to} and nobody approves it.',
      }),
      rule({
        id: 'too-free-agent',
        severity: 'medium',
        match: { element: { kind: ['agent'], where: { autonomy: ['autonomous', 'unknown'] } } },
        satisfiedBy: 'approval',
        message: '{subject} acts alone.',
      }),
    ],
    predicates: { elements: {}, flows: {}, data: {}, flowKinds: {} },
    standings: {},
    categories: {},
    stages: {},
    swimLanes: [{ id: 'agents', title: 'Build agents securely', pillar: 'AI' }],
    taxonomies: [],
  };
}

type PropertyParts = Pick<Property, 'name' | 'on' | 'values'> & Partial<Omit<Property, 'kinds'>> & { kinds?: readonly string[] };

function property(parts: PropertyParts): CatalogueData['properties'][number] {
  return { description: `About ${parts.name}.`, type: 'choice', default: 'unknown', defaults: {}, ...parts };
}

type ControlParts = Pick<Control, 'id' | 'title' | 'givenBy'> & Control['appliesTo'] & Partial<Control>;

function control({ elements, flows, ...parts }: ControlParts): Control {
  return {
    description: `${parts.title} as it should be.`,
    pillar: 'AI',
    swimLane: 'agents',
    group: 'Agents',
    principles: ['least-privilege'],
    layer: 'tool',
    nature: 'deterministic',
    phase: 'first',
    stages: ['run'],
    appliesTo: { elements, flows },
    mappings: {},
    aliases: [],
    ...parts,
  };
}

function rule(parts: Pick<Rule, 'id' | 'severity' | 'match' | 'satisfiedBy' | 'message'> & Partial<Rule>): Rule {
  return {
    title: `Title of ${parts.id}`,
    category: 'agents',
    principles: ['assume-breach'],
    stride: [],
    evidence: 'local+system',
    raiseIf: [],
    lowerIf: [],
    suggest: [],
    foldInto: [],
    mappings: {},
    text: { why: `Why ${parts.id} matters.`, fix: 'Fix it.', cost: 'Small.', accept: 'Seldom.', status: 'final' },
    examples: [],
    variants: [],
    aliases: [],
    ...parts,
  };
}
