import { isElsewhere, type Finding } from '../../analysis/index.ts';
import type { ElementTest, Rule } from '../../catalogue/rule.ts';
import { setProperty } from '../edits.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Alternative } from './alternative.ts';
import { nameOf } from './givers.ts';

/** Says a property that is not said and that the rule therefore takes to be unsafe. */
export function* statements(snapshot: Snapshot, finding: Finding): Generator<Alternative> {
  const { catalogue, model, syntax } = snapshot;
  const rule = catalogue.rules.get(finding.rule);
  const subject = model.elements.get(finding.subject) ?? model.flows.get(finding.subject);
  if (!rule || !subject || isElsewhere(model, subject.id)) return;
  for (const [name, unsafe] of askedOf(rule)) {
    const property = catalogue.properties[subject.type].get(name);
    if (!property || property.type !== 'choice' || subject.properties.has(name) || !unsafe.has('unknown')) continue;
    for (const value of property.values) {
      if (unsafe.has(value)) continue;
      const edits = setProperty(syntax, model, subject.id, name, value);
      if (edits) yield { title: `State "${name}: ${value}" of ${nameOf(snapshot, subject.id)}`, edits, controls: false };
    }
  }
}

/** Properties of the subject that a rule asks for, with the values it minds. */
function askedOf(rule: Rule): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  const visit = (test: ElementTest | undefined): void => {
    if (test === undefined || typeof test === 'string') return;
    for (const [name, values] of Object.entries(test.where ?? {})) {
      const minded = asked.get(name) ?? new Set<string>();
      for (const value of values) minded.add(String(value));
      asked.set(name, minded);
    }
    for (const inner of [...(test.all ?? []), ...(test.any ?? [])]) visit(inner);
  };
  const matches = 'anyOf' in rule.match ? rule.match.anyOf : [rule.match];
  for (const match of matches) {
    if ('element' in match) visit(match.element);
    else if ('flow' in match && typeof match.flow !== 'string') {
      const { where, all, any } = match.flow;
      visit({ ...(where && { where }) });
      for (const inner of [...(all ?? []), ...(any ?? [])]) if (typeof inner !== 'string' && inner.where) visit({ where: inner.where });
    }
  }
  return asked;
}
