import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSources } from '../../../server/catalogue/build.ts';
import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import { checkCatalogue } from '../../../server/src/catalogue/check.ts';
import type { CatalogueSources } from '../../../server/src/catalogue/sources.ts';
import type { Standing } from '../../../server/src/catalogue/standing.ts';
import type { Principle } from '../../../server/src/catalogue/vocabulary.ts';
import { readCatalogue } from '../../tools/catalogue.ts';

interface ReferenceIds {
  readonly elementKinds: readonly string[];
  readonly flowKinds: readonly string[];
  readonly boundaryKinds: readonly string[];
  readonly dataKinds: readonly string[];
  readonly properties: Readonly<Record<'element' | 'flow' | 'system', readonly string[]>>;
  readonly controls: readonly string[];
  readonly rules: readonly string[];
}

const PILLARS = ['Identity', 'Data', 'Network', 'AI', 'DevSecOps', 'Security Operations'];
const PHASES = ['first', 'then', 'next'];

const reference = JSON.parse(readFileSync(new URL('../../fixtures/catalogue/reference-ids.json', import.meta.url), 'utf8')) as ReferenceIds;

describe('the built-in catalogue', () => {
  let catalogue: Catalogue;
  let sources: CatalogueSources;
  before(async () => {
    catalogue = readCatalogue();
    sources = await readSources();
  });

  for (const sort of ['elementKinds', 'flowKinds', 'boundaryKinds', 'dataKinds', 'controls'] as const) {
    it(`has every id of the reference: ${sort}`, () => {
      const missing = reference[sort].filter((id) => !catalogue[sort].has(catalogue.alias(sort, id)));
      assert.deepEqual(missing, []);
    });
  }

  for (const on of ['element', 'flow', 'system'] as const) {
    it(`has every property of the reference: ${on}`, () => {
      const missing = reference.properties[on].filter((name) => !catalogue.properties[on].has(name));
      assert.deepEqual(missing, []);
    });
  }

  it('has a file for every rule of the reference', () => {
    const known = new Set(sources.rules.flatMap(({ data }) => [data.id, ...(data.aliases ?? [])]));
    assert.deepEqual(
      reference.rules.filter((id) => !known.has(id)),
      [],
    );
  });

  it('names only what exists: kinds, properties, values, controls, taxonomies and their ids', () => {
    assert.deepEqual(checkCatalogue(sources), []);
  });

  it('has controls in every swim lane and rules in every category', () => {
    const lanes = new Set([...catalogue.controls.values()].map((control) => control.swimLane));
    assert.deepEqual(
      [...catalogue.swimLanes.keys()].filter((lane) => !lanes.has(lane)),
      [],
    );
    const categories = new Set([...catalogue.rules.values()].map((rule) => rule.category));
    assert.deepEqual(
      Object.keys(sources.lanes.data.categories).filter((category) => !categories.has(category)),
      [],
    );
  });

  it('says of every control and rule, and so of every finding, where it stands in the reference architecture', () => {
    const { controls, rules, standings, swimLanes, stages } = catalogue;
    const incomplete = (id: string, standing: Standing | undefined, principles: readonly Principle[]): string[] => {
      const lane = swimLanes.get(standing?.swimLane ?? '');
      const complete =
        principles.length > 0 &&
        standing !== undefined &&
        lane?.pillar === standing.pillar &&
        PILLARS.includes(standing.pillar) &&
        standing.group.trim() !== '' &&
        standing.stages.length > 0 &&
        standing.stages.every((stage) => stages.has(stage)) &&
        PHASES.includes(standing.phase);
      return complete ? [] : [id];
    };
    assert.deepEqual(
      [...controls.values()].flatMap((control) => incomplete(control.id, control, control.principles)),
      [],
    );
    assert.deepEqual(
      [...rules.values()].flatMap(({ id, principles }) => incomplete(id, standings.get(id), principles)),
      [],
    );
  });

  it('gives every element kind an icon of its own', () => {
    const icons = [...catalogue.elementKinds.values()].map((kind) => kind.icon);
    assert.deepEqual(
      icons.filter((icon, index) => icons.indexOf(icon) !== index),
      [],
    );
  });

  it('knows whose reply is what, and what steers nobody', () => {
    const replies = [...catalogue.flowKinds.values()].flatMap((kind) => (kind.reply ? [`${kind.id} → ${kind.reply}`] : []));
    assert.deepEqual(replies, ['prompt → completion', 'query → retrieval', 'tool-call → tool-result']);
    const silent = [...catalogue.flowKinds.values()].flatMap((kind) => (kind.influence ? [] : [kind.id]));
    assert.deepEqual(silent, ['auth', 'secret-read', 'approval', 'admin', 'telemetry']);
  });

  it('knows what is passed through and what is consulted', () => {
    const those = (key: 'mediator' | 'consulted' | 'stateless') =>
      [...catalogue.elementKinds.values()].flatMap((kind) => (kind[key] ? [kind.id] : []));
    assert.deepEqual(those('mediator'), ['edge-gateway', 'ai-gateway', 'guardrail', 'policy-engine', 'egress-proxy']);
    assert.deepEqual(those('stateless'), ['model', 'embedding-model']);
    assert.deepEqual(those('consulted'), ['human-approver', 'guardrail', 'policy-engine']);
  });

  const derived: readonly (readonly [from: string, to: string, kinds: readonly string[]])[] = [
    ['human-user', 'agent', ['prompt']],
    ['human-user', 'client-app', ['prompt']],
    ['client-app', 'backend-app', ['prompt']],
    ['backend-app', 'model', ['prompt']],
    ['agent', 'model', ['prompt']],
    ['human-user', 'ai-gateway', ['prompt']],
    ['model', 'agent', ['completion']],
    ['agent', 'human-user', ['completion']],
    ['agent', 'tool', ['tool-call']],
    ['agent', 'mcp-server', ['tool-call']],
    ['agent', 'code-executor', ['tool-call']],
    ['agent', 'external-api', ['tool-call']],
    ['agent', 'message-channel', ['tool-call']],
    ['mcp-server', 'external-api', ['tool-call']],
    ['tool', 'agent', ['tool-result']],
    ['agent', 'database', ['query']],
    ['backend-app', 'vector-store', ['query']],
    ['retriever', 'knowledge-source', ['query']],
    ['vector-store', 'retriever', ['retrieval']],
    ['retriever', 'model', ['retrieval']],
    ['external-content', 'agent', ['retrieval']],
    ['agent', 'agent', ['agent-message']],
    ['agent', 'remote-agent', ['agent-message']],
    ['agent', 'memory-store', ['memory-write']],
    ['memory-store', 'agent', ['memory-read']],
    ['knowledge-source', 'ingestion-pipeline', ['ingest']],
    ['ingestion-pipeline', 'vector-store', ['ingest']],
    ['ingestion-pipeline', 'embedding-model', ['embed']],
    ['dataset', 'training-pipeline', ['train']],
    ['training-pipeline', 'model-registry', ['publish']],
    ['model-registry', 'model', ['load']],
    ['deployment-pipeline', 'agent', ['deploy']],
    ['prompt-store', 'agent', ['config']],
    ['client-app', 'output-renderer', ['render']],
    ['human-user', 'file-store', ['file-upload']],
    ['human-user', 'identity-provider', ['auth']],
    ['agent', 'identity-provider', ['auth']],
    ['secret-store', 'agent', ['secret-read']],
    ['agent', 'human-approver', ['approval']],
    ['agent', 'telemetry-sink', ['telemetry']],
    ['telemetry-sink', 'siem', ['telemetry']],
    // More than one is natural: the author must say.
    ['agent', 'backend-app', ['completion', 'tool-call']],
    ['agent', 'ai-gateway', ['prompt', 'tool-call']],
    ['agent', 'file-store', ['query', 'publish']],
    ['orchestrator', 'agent', ['prompt', 'agent-message']],
    ['mcp-server', 'agent', ['tool-result', 'config']],
    ['message-channel', 'agent', ['prompt', 'tool-result', 'ingest']],
    ['privileged-user', 'agent', ['prompt', 'config', 'admin']],
    ['builder', 'model-registry', ['publish', 'admin']],
    // None is.
    ['siem', 'model', []],
    ['human-user', 'database', []],
  ];
  for (const [from, to, kinds] of derived) {
    it(`from ${from} to ${to}: ${kinds.length === 0 ? 'nothing' : kinds.join(' or ')} is natural`, () => {
      const natural = [...catalogue.flowKinds.values()].filter((kind) =>
        kind.between.some((pair) => pair.from.includes(from) && pair.to.includes(to)),
      );
      assert.deepEqual(
        natural.map((kind) => kind.id),
        kinds,
      );
    });
  }

  const silences: readonly (readonly [property: string, kind: string, value: string | number | boolean])[] = [
    ['permissions', 'agent', 'unknown'],
    ['permissions', 'tool', 'n/a'],
    ['egress', 'browser-tool', 'unknown'],
    ['egress', 'tool', 'n/a'],
    ['operator', 'mcp-server', 'own'],
    ['authorship', 'knowledge-source', 'internal'],
    ['authorship', 'data-source', 'unknown'],
    ['sideEffects', 'tool', 'unknown'],
    ['sideEffects', 'code-executor', 'execute'],
    ['registered', 'agent', 'unknown'],
    ['sanctioned', 'model', true],
  ];
  for (const [name, kind, value] of silences) {
    it(`reads silence on ${name} of ${kind} as ${value}`, () => {
      const property = catalogue.properties.element.get(name);
      assert.ok(property?.kinds === undefined || property.kinds.includes(kind));
      assert.equal(property?.defaults[kind] ?? property?.default, value);
    });
  }
});
