import type { Catalogue } from '../catalogue.ts';
import type { Rule, Severity } from '../rule.ts';
import type { PackProblem, ReadFile, Unit } from './files.ts';

interface Setting {
  readonly severity?: Severity;
  readonly off?: boolean;
  readonly reason?: string;
}

/**
 * The catalogue as an organisation has set it: severities, rules switched off, mandatory controls. `known`: ids of all
 * rules, also of the drafts that are not in the catalogue.
 */
export function applyConfig(
  catalogue: Catalogue,
  known: ReadonlySet<string>,
  files: readonly ReadFile[],
): { catalogue: Catalogue; problems: readonly PackProblem[] } {
  const problems: PackProblem[] = [];
  const rules = new Map<string, Rule>(catalogue.rules);
  const off = new Map<string, string>();
  const mandatory = new Set<string>();
  for (const { name: file, units, root } of files.filter(({ sort }) => sort === 'config')) {
    const unknown = (code: string, what: string, id: string, span: Unit['key']): void => {
      problems.push({ file, code, severity: 'error', message: `Unknown ${what} "${id}"`, span });
    };
    for (const { id, key, data } of units.filter(({ under }) => under === 'rules')) {
      const rule = rules.get(catalogue.alias('rules', id));
      if (!rule) {
        if (!known.has(id)) unknown('unknown-rule', 'rule', id, key);
        continue;
      }
      const { severity, off: isOff, reason } = data as Setting;
      if (severity !== undefined) rules.set(rule.id, { ...rule, severity });
      if (isOff === true) off.set(rule.id, reason ?? '');
    }
    const listed = root.entries.get('mandatory')?.value;
    for (const item of listed?.type === 'list' ? listed.items : []) {
      if (item.type !== 'scalar' || typeof item.value !== 'string') continue;
      const control = catalogue.alias('controls', item.value);
      if (catalogue.controls.has(control)) mandatory.add(control);
      else unknown('unknown-control', 'control', item.value, item.span);
    }
  }
  return { catalogue: { ...catalogue, rules, off, mandatory }, problems };
}
