import { UNSTATED, type Evidence, type Statements } from './evidence.ts';
import type { ElementFact, FlowFact } from './facts.ts';
import type { Requirement } from './satisfaction.ts';
import type { ControlMasks } from './search.ts';

/** The controls of one requirement that reach a state (`level`) at each element and flow of a path, as bit masks. */
export class Masks implements ControlMasks {
  readonly isMet: (mask: number) => boolean;
  private readonly evidence: Evidence;
  private readonly level: number;
  private readonly bits: ReadonlyMap<string, number>;
  private readonly inherited = new Map<Statements, number>();
  private readonly elements = new Map<ElementFact, number>();
  private readonly flows = new Map<FlowFact, number>();

  constructor(requirement: Requirement, evidence: Evidence, level: number) {
    this.evidence = evidence;
    this.level = level;
    this.bits = new Map(
      requirement.controls.map((control, at) => [control, 1 << at] as const).filter(([control]) => evidence.anywhere(control) !== UNSTATED),
    );
    this.isMet = requirement.isMet;
  }

  element(fact: ElementFact): number {
    if (this.bits.size === 0) return 0;
    let mask = this.elements.get(fact);
    if (mask === undefined) {
      mask = this.ofShared(this.evidence.inheritedBy(fact, true));
      for (const [control, state] of this.evidence.statedBy(fact.element)) {
        const bit = this.bits.get(control) ?? 0;
        mask = state >= this.level ? mask | bit : mask & ~bit;
      }
      mask |= this.ofGuardians(fact.id);
      this.elements.set(fact, mask);
    }
    return mask;
  }

  flow(fact: FlowFact): number {
    if (this.bits.size === 0) return 0;
    let mask = this.flows.get(fact);
    if (mask === undefined) {
      mask = this.of(this.evidence.statedBy(fact.flow)) | this.ofShared(this.evidence.crossedBy(fact)) | this.ofGuardians(fact.id);
      for (const stop of fact.through) mask |= this.of(this.evidence.statedBy(stop.element));
      this.flows.set(fact, mask);
    }
    return mask;
  }

  private ofGuardians(id: string): number {
    return this.evidence.guardiansOf(id).reduce((mask, guardian) => mask | this.of(this.evidence.statedBy(guardian.element)), 0);
  }

  private ofShared(statements: Statements): number {
    let mask = this.inherited.get(statements);
    if (mask === undefined) this.inherited.set(statements, (mask = this.of(statements)));
    return mask;
  }

  private of(statements: Statements): number {
    let mask = 0;
    for (const [control, state] of statements) if (state >= this.level) mask |= this.bits.get(control) ?? 0;
    return mask;
  }
}
