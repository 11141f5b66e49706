import assert from 'node:assert/strict';
import { parse, stringify } from 'yaml';
import type { Finding } from '../../../server/src/analysis/index.ts';
import { analyseText, modelOf } from '../../tools/analyseText.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';

/**
 * Drawing more or less never hides a risk: properties of the analysis, tried on the bad example of every rule.
 */
interface Drawn {
  elements: Record<string, Record<string, unknown>>;
  flows?: Record<string, Record<string, unknown>>;
}

const catalogue = readCatalogue();
const mediators = [...catalogue.elementKinds.values()].filter((kind) => kind.mediator).map((kind) => kind.id);

function bad(): { rule: string; text: string }[] {
  return readRuleExamples().flatMap(({ rule, examples, variants }) =>
    [...examples, ...variants].filter(({ kind }) => kind === 'bad').map(({ model: text }) => ({ rule, text })),
  );
}

/** What is found of each rule: by subject, folded findings included. `same` maps ids that stand for one another. */
function found(findings: readonly Finding[], same: (id: string) => string = (id) => id): Set<string> {
  return new Set(findings.flatMap((finding) => [finding.rule, ...finding.also].map((rule) => `${rule} at ${same(finding.subject)}`)));
}

function assertNothingLost(before: Set<string>, after: Set<string>, what: string): void {
  const lost = [...before].filter((it) => !after.has(it));
  assert.deepEqual(lost, [], `${what} removes findings`);
}

describe('a mediator without controls removes no finding', () => {
  for (const { rule, text } of bad()) {
    it(rule, () => {
      const before = found(analyseText(text).findings);
      const drawn = parse(text) as Drawn;
      for (const id of Object.keys(drawn.flows ?? {})) {
        for (const kind of mediators) {
          for (const way of ['through', 'legs'] as const) {
            const changed = insertMediator(structuredClone(drawn), id, kind, way, modelOf(text).kindOf(modelOf(text).flows.get(id)!));
            if (!changed) continue;
            const after = found(analyseText(stringify(changed)).findings, (subject) => (subject === 'secondLeg' ? id : subject));
            assertNothingLost(before, after, `a ${kind} on ${id} (${way})`);
          }
        }
      }
    });
  }

  function insertMediator(
    model: Drawn,
    id: string,
    kind: string,
    way: 'through' | 'legs',
    flowKind: string | undefined,
  ): Drawn | undefined {
    const flow = model.flows![id]!;
    const from = model.elements[String(flow['from'])];
    model.elements['emptyMediator'] = { kind, ...(from?.['in'] === undefined ? {} : { in: from['in'] }) };
    if (way === 'through') {
      flow['through'] = [...((flow['through'] as string[] | undefined) ?? []), 'emptyMediator'];
    } else {
      if (flow['through'] !== undefined || flow['from'] === flow['to']) return undefined;
      model.flows!['secondLeg'] = { ...structuredClone(flow), from: 'emptyMediator', kind: flowKind };
      Object.assign(flow, { to: 'emptyMediator', kind: flowKind });
    }
    return model;
  }
});

describe('leaving out a reply removes no finding', () => {
  for (const { rule, text } of bad()) {
    const model = modelOf(text);
    const requests = [...model.flows.values()].flatMap((flow) => {
      const reply = catalogue.flowKinds.get(model.kindOf(flow) ?? '')?.reply;
      return reply === undefined || flow.oneWay ? [] : [{ id: flow.id, reply }];
    });
    if (requests.length === 0) continue;
    it(rule, () => {
      const without = found(analyseText(text).findings);
      for (const { id, reply } of requests) {
        const drawn = parse(text) as Drawn;
        // The same model with the reply drawn: what the request said of it is said by the reply itself.
        const { from, to, returns, through, ...rest } = drawn.flows![id]!;
        const { kind: _kind, carries: _carries, controls: _controls, title: _title, ...properties } = rest;
        const way = Array.isArray(through) ? { through: [...(through as string[])].reverse() } : {};
        drawn.flows![id] = { from, to, ...(through === undefined ? {} : { through }), ...rest };
        drawn.flows!['drawnReply'] = {
          from: to,
          to: from,
          kind: reply,
          ...way,
          ...properties,
          ...(returns === undefined ? {} : { carries: returns }),
        };
        const with_ = found(analyseText(stringify(drawn)).findings, (subject) => (subject === 'drawnReply' ? id : subject));
        assertNothingLost(with_, without, `leaving out the reply of ${id}`);
      }
    });
  }
});
