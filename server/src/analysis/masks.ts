import type { Evidence, Statements } from './evidence.ts';
import type { ElementFact, FlowFact } from './fact.ts';
import type { Requirement } from './satisfaction.ts';

const NOTHING = new Int32Array(0);

/** The controls of one requirement that reach a state (`level`) at each element and flow of a path, as bit masks. */
export class Masks {
  private readonly requirement: Requirement;
  /** What was asked last: one mask after the other is the same. */
  private lastMask = 0;
  private lastAnswer: boolean;
  private readonly evidence: Evidence;
  private readonly level: number;
  private readonly bits = new Map<string, number>();
  private readonly inherited = new Map<Statements, number>();
  /** By index, one more than each mask; 0 for what was not asked yet. */
  private readonly elements: Int32Array;
  private readonly flows: Int32Array;

  constructor(requirement: Requirement, evidence: Evidence, level: number) {
    this.evidence = evidence;
    this.level = level;
    for (const at of evidence.statedOf(requirement)) this.bits.set(requirement.controls[at]!, 1 << at);
    this.requirement = requirement;
    this.lastAnswer = requirement.isMet(0);
    const isEmpty = this.bits.size === 0;
    this.elements = isEmpty ? NOTHING : new Int32Array(evidence.facts.elements.length);
    this.flows = isEmpty ? NOTHING : new Int32Array(evidence.facts.flows.length);
  }

  /** Whether the controls of a mask meet the requirement. */
  isMet(mask: number): boolean {
    if (mask !== this.lastMask) {
      this.lastMask = mask;
      this.lastAnswer = this.requirement.isMet(mask);
    }
    return this.lastAnswer;
  }

  element(fact: ElementFact): number {
    if (this.bits.size === 0) return 0;
    return (this.elements[fact.index] ||= (this.ofElement(fact) + 1) | 0) - 1;
  }

  flow(fact: FlowFact): number {
    if (this.bits.size === 0) return 0;
    return (this.flows[fact.index] ||= (this.ofFlow(fact) + 1) | 0) - 1;
  }

  private ofElement(fact: ElementFact): number {
    let mask = this.ofShared(this.evidence.inheritedBy(fact, true));
    for (const [control, state] of this.evidence.statedBy(fact.element)) {
      const bit = this.bits.get(control) ?? 0;
      mask = state >= this.level ? mask | bit : mask & ~bit;
    }
    return mask | this.ofGuardians(fact.id);
  }

  private ofFlow(fact: FlowFact): number {
    let mask = this.of(this.evidence.statedBy(fact.flow)) | this.ofShared(this.evidence.crossedBy(fact)) | this.ofGuardians(fact.id);
    for (const stop of fact.through) mask |= this.of(this.evidence.statedBy(stop.element));
    return mask;
  }

  private ofGuardians(id: string): number {
    let mask = 0;
    for (const guardian of this.evidence.guardiansOf(id)) mask |= this.of(this.evidence.statedBy(guardian.element));
    return mask;
  }

  private ofShared(statements: Statements): number {
    if (statements.size === 0) return 0;
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
