import type { Satisfaction } from './rule.ts';
import type { Control } from './vocabulary.ts';

/** Every control that an expression names, in its order, each once. */
export function controlsIn(expression: Satisfaction): readonly string[] {
  if (typeof expression === 'string') return [expression];
  if ('layered' in expression) return [...new Set(expression.layered.of)];
  const parts = 'anyOf' in expression ? expression.anyOf : expression.allOf;
  return [...new Set(parts.flatMap(controlsIn))];
}

/** Whether these controls together satisfy an expression. Unknown controls count for nothing. */
export function satisfies(
  expression: Satisfaction,
  present: ReadonlySet<string>,
  controls: ReadonlyMap<string, Pick<Control, 'layer' | 'nature'>>,
): boolean {
  if (typeof expression === 'string') return present.has(expression);
  if ('anyOf' in expression) return expression.anyOf.some((part) => satisfies(part, present, controls));
  if ('allOf' in expression) return expression.allOf.every((part) => satisfies(part, present, controls));
  const { layers, deterministic, of } = expression.layered;
  const counted = of.filter((id) => present.has(id)).flatMap((id) => controls.get(id) ?? []);
  const different = new Set(counted.map((control) => control.layer));
  const firm = counted.filter((control) => control.nature === 'deterministic');
  return different.size >= layers && firm.length >= deterministic;
}
