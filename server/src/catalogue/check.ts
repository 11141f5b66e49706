import { checkElementTest, checkFlowTest, isLegal, type Report } from './check-match.ts';
import { checkMappings } from './check-mappings.ts';
import { checkRule } from './check-rule.ts';
import type { CatalogueProblem, CatalogueSources, KindsSource } from './sources.ts';
import type { Property } from './vocabulary.ts';
import { circular } from './circular.ts';
import { expandKind, SILENCE, wordsOf, type Words } from './words.ts';

/**
 * Everything that is wrong between the files of a catalogue: words that do not exist, ids that exist twice, rules that
 * can never match or never be satisfied. Empty = it can be compiled. `rules`: the rules whose words are checked; all when
 * omitted.
 */
export function checkCatalogue(sources: CatalogueSources, rules: CatalogueSources['rules'] = sources.rules): readonly CatalogueProblem[] {
  const words = wordsOf(sources);
  const problems: CatalogueProblem[] = [];
  const reporter =
    (file: string): Report =>
    (at, code, message, word) =>
      problems.push({ file, at, code, message, word });

  checkKinds(sources.kinds.data, words, reporter(sources.kinds.file));
  checkPredicates(sources, words, reporter(sources.predicates.file));
  for (const { file, data } of sources.controls) checkControls(data, sources, words, reporter(file));
  for (const source of rules) problems.push(...checkRule(source, words));
  checkFolds(sources, reporter);
  checkTwice(sources, reporter);
  return problems;
}

function checkKinds(kinds: KindsSource, words: Words, report: Report): void {
  const elements = (entries: readonly string[] | undefined, at: string) => {
    for (const entry of entries ?? []) {
      if (expandKind(entry, kinds.elements).length === 0) report(at, 'unknown-kind', `unknown element kind "${entry}"`, entry);
    }
  };
  for (const [id, kind] of Object.entries(kinds.flows)) {
    const at = `flows.${id}`;
    if (kind.reply !== undefined && !words.flowKinds.has(kind.reply))
      report(`${at}.reply`, 'unknown-kind', `unknown flow kind "${kind.reply}"`);
    for (const data of kind.carries ?? [])
      if (!words.dataKinds.has(data)) report(`${at}.carries`, 'unknown-kind', `unknown data kind "${data}"`, data);
    kind.between?.forEach((pair, index) => {
      elements(pair.from, `${at}.between[${index}].from`);
      elements(pair.to, `${at}.between[${index}].to`);
    });
  }
  for (const on of ['element', 'flow', 'system'] as const) {
    for (const [name, property] of words.properties[on]) {
      const at = `properties.${on}.${name}`;
      const named = kinds.properties[on][name]?.kinds;
      if (on === 'element') elements(named, `${at}.kinds`);
      else
        for (const kind of named ?? [])
          if (!words.flowKinds.has(kind)) report(`${at}.kinds`, 'unknown-kind', `unknown flow kind "${kind}"`, kind);
      checkDefaults(property, at, report);
    }
  }
}

function checkDefaults(property: Property, at: string, report: Report): void {
  const legal = (value: string | number | boolean) =>
    SILENCE.includes(value as string) || isLegal({ ...property, default: 'unknown', defaults: {} }, value);
  if (!legal(property.default))
    report(`${at}.default`, 'unknown-value', `${JSON.stringify(property.default)} is not a value of property "${property.name}"`);
  for (const [kind, value] of Object.entries(property.defaults)) {
    if (!legal(value))
      report(`${at}.defaults.${kind}`, 'unknown-value', `${JSON.stringify(value)} is not a value of property "${property.name}"`);
    if (property.kinds?.includes(kind) === false) {
      report(`${at}.defaults.${kind}`, 'unused-property', `kind "${kind}" makes no use of property "${property.name}"`);
    }
  }
}

function checkPredicates(sources: CatalogueSources, words: Words, report: Report): void {
  const { data, flowKinds, elements, flows } = sources.predicates.data;
  for (const [name, kinds] of Object.entries(data)) {
    for (const kind of kinds) if (!words.dataKinds.has(kind)) report(`data.${name}`, 'unknown-kind', `unknown data kind "${kind}"`, kind);
  }
  for (const [name, kinds] of Object.entries(flowKinds)) {
    for (const kind of kinds)
      if (!words.flowKinds.has(kind)) report(`flowKinds.${name}`, 'unknown-kind', `unknown flow kind "${kind}"`, kind);
  }
  for (const [name, test] of Object.entries(elements)) checkElementTest(test, `elements.${name}`, words, report);
  for (const [name, test] of Object.entries(flows)) checkFlowTest(test, `flows.${name}`, words, report);

  const tests = new Map<string, unknown>([...Object.entries(elements), ...Object.entries(flows)]);
  const uses = new Map([...tests].map(([name, test]) => [name, namesIn(test)]));
  for (const name of circular(uses)) {
    report(`${Object.hasOwn(elements, name) ? 'elements' : 'flows'}.${name}`, 'defined-by-itself', `"${name}" is defined by itself`);
  }
}

function namesIn(part: unknown): readonly string[] {
  if (typeof part === 'string') return part.startsWith('$') ? [part] : [];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(namesIn) : [];
}

function checkControls(file: CatalogueSources['controls'][number]['data'], sources: CatalogueSources, words: Words, report: Report): void {
  const { lanes, layers, stages } = sources.lanes.data;
  if (!Object.hasOwn(lanes, file.lane)) report('lane', 'unknown-lane', `unknown swim lane "${file.lane}"`);
  for (const [id, control] of Object.entries(file.controls)) {
    const at = `controls.${id}`;
    if (!layers.includes(control.layer)) report(`${at}.layer`, 'unknown-layer', `unknown layer "${control.layer}"`);
    for (const stage of control.stages)
      if (!Object.hasOwn(stages, stage)) report(`${at}.stages`, 'unknown-stage', `unknown stage "${stage}"`, stage);
    for (const kind of control.appliesTo.elements) {
      if (!words.elementKinds.has(kind)) report(`${at}.appliesTo.elements`, 'unknown-kind', `unknown element kind "${kind}"`, kind);
    }
    for (const kind of control.appliesTo.flows) {
      if (!words.flowKinds.has(kind)) report(`${at}.appliesTo.flows`, 'unknown-kind', `unknown flow kind "${kind}"`, kind);
    }
    checkMappings(control.mappings, `${at}.mappings`, words, report);
  }
}

/** Folding comes to an end: else of two rules folded into each other neither would be shown. */
function checkFolds(sources: CatalogueSources, reporter: (file: string) => Report): void {
  const folds = new Map(sources.rules.map(({ data }) => [data.id, (data.foldInto ?? []).filter((other) => other !== data.id)]));
  const endless = circular(folds);
  for (const { file, data } of sources.rules) {
    if (endless.has(data.id))
      reporter(file)('foldInto', 'folded-into-itself', `rule "${data.id}" is folded into itself through other rules`);
  }
}

/** No id or alias of a sort is used twice. */
function checkTwice(sources: CatalogueSources, reporter: (file: string) => Report): void {
  const kinds = sources.kinds;
  type Entry = { readonly id: string; readonly aliases: readonly string[]; readonly file: string; readonly at: string };
  const keyed = (file: string, under: string, things: Readonly<Record<string, { readonly aliases?: readonly string[] }>>): Entry[] =>
    Object.entries(things).map(([id, thing]) => ({ id, aliases: thing.aliases ?? [], file, at: `${under}.${id}` }));
  const sorts: readonly (readonly [string, readonly Entry[]])[] = [
    ['element kind', keyed(kinds.file, 'elements', kinds.data.elements)],
    ['flow kind', keyed(kinds.file, 'flows', kinds.data.flows)],
    ['boundary kind', keyed(kinds.file, 'boundaries', kinds.data.boundaries)],
    ['data kind', keyed(kinds.file, 'data', kinds.data.data)],
    ['control', sources.controls.flatMap((source) => keyed(source.file, 'controls', source.data.controls))],
    ['rule', sources.rules.map(({ file, data }) => ({ id: data.id, aliases: data.aliases ?? [], file, at: 'id' }))],
  ];
  for (const [sort, entries] of sorts) {
    const seen = new Map<string, string>();
    for (const { id, aliases, file, at } of entries) {
      for (const name of [id, ...aliases]) {
        const first = seen.get(name);
        if (first !== undefined) reporter(file)(at, 'id-exists', `${sort} "${name}" exists already, in ${first}`);
        else seen.set(name, file);
      }
    }
  }
}
