import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Satisfaction } from '../catalogue/rule.ts';
import type { Found } from './finding.ts';

/** What a finding has and what it lacks, in words: alike in the editor, the reports and the diagram. Plain text. */

// More than three ways out are no help to a reader.
const MOST_WAYS = 3;

/**
 * The controls that are in place and count, the layers of a defence in depth with their layer and nature; empty when
 * there are none and the rule asks for no layers.
 */
export function presentText(finding: Found, catalogue: Catalogue): string {
  const layers = asksForLayers(finding, catalogue);
  if (finding.present.length > 0) return finding.present.map((control) => nameOf(control, catalogue, layers)).join(', ');
  return layers ? 'no layer yet' : '';
}

/** What would satisfy a finding, the preferred way first; empty when nothing known would. */
export function missingText(finding: Found, catalogue: Catalogue): string {
  const known = missingTexts.get(finding.missing);
  if (known !== undefined) return known;
  const layers = asksForLayers(finding, catalogue);
  const ways = finding.missing.slice(0, MOST_WAYS).map((set) => set.map((control) => nameOf(control, catalogue, layers)).join(' with '));
  const others = finding.missing.length - ways.length;
  if (others > 0) ways.push(others === 1 ? 'one more way' : `one of ${others} more ways`);
  const text = ways.length > 1 ? `${ways.slice(0, -1).join(', ')} or ${ways.at(-1) ?? ''}` : (ways[0] ?? '');
  missingTexts.set(finding.missing, text);
  return text;
}

/** Findings of one rule that lack the same share their list of alternatives. */
const missingTexts = new WeakMap<Found['missing'], string>();

function nameOf(id: string, catalogue: Catalogue, layers: boolean): string {
  const control = catalogue.controls.get(id);
  if (!control) return `"${id}"`;
  return layers ? `"${control.title}" (${control.layer} layer, ${control.nature})` : `"${control.title}"`;
}

/** Whether independent layers are what the rule of a finding wants. */
function asksForLayers({ rule }: Found, catalogue: Catalogue): boolean {
  const satisfaction = catalogue.rules.get(rule)?.satisfiedBy;
  return satisfaction !== undefined && hasLayers(satisfaction);
}

function hasLayers(satisfaction: Satisfaction): boolean {
  if (typeof satisfaction === 'string') return false;
  if ('layered' in satisfaction) return true;
  return ('anyOf' in satisfaction ? satisfaction.anyOf : satisfaction.allOf).some(hasLayers);
}
