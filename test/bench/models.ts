/**
 * Generated models for benchmarks and properties: deterministic, written as people write, with controls on about every
 * third element. `shape` is the part that is hard; the rest up to `size` elements is local flows.
 */
export type Shape = 'local' | 'mesh' | 'hub' | 'chain';
export const SHAPES: readonly Shape[] = ['local', 'mesh', 'hub', 'chain'];

export function generateModel(shape: Shape, size: number): string {
  const writer = new Writer(size);
  if (shape === 'mesh') writer.mesh(Math.min(12, size));
  if (shape === 'hub') writer.hub(Math.min(size, 1001));
  if (shape === 'chain') writer.chain(Math.min(300, size));
  writer.localFlows();
  return writer.text();
}

const LOCAL = [
  'human-user',
  'backend-app',
  'agent',
  'model',
  'tool',
  'database',
  'vector-store',
  'external-content',
  'mcp-server',
  'memory-store',
];
const CONTROLS = ['agent-unique-identity', 'execution-budgets', 'egress-allowlist', 'prompt-response-logging', 'encryption-at-rest-ai'];

/** What an organisation that keeps models of this size has for all its systems. */
const ORGANISATION = [
  'ai-asset-inventory',
  'ai-risk-tier',
  'prompt-response-logging',
  'tool-call-audit',
  'siem-integration',
  'ai-incident-response',
  'data-classification-labels',
  'adversarial-testing',
  'ai-bill-of-materials',
  'ai-posture-management',
  'drift-monitoring',
  'tls-in-transit',
];

class Writer {
  private readonly elements: string[] = [];
  private readonly flows: string[] = [];
  private readonly boundaries: string[] = [];
  private readonly size: number;
  private count = 0;

  constructor(size: number) {
    this.size = size;
    this.boundaries.push('  org: { kind: organization, title: Organisation }');
    for (let at = 0; at < Math.max(1, Math.floor(size / 8)); at++) {
      this.boundaries.push(
        `  zone${at}: { kind: ${at % 3 === 0 ? 'network-zone' : at % 3 === 1 ? 'environment' : 'third-party'}, in: ${at % 4 === 0 || at < 4 ? 'org' : `zone${Math.floor(at / 4)}`} }`,
      );
    }
  }

  /** Every agent sends to every other one, and all act on one tool. */
  mesh(agents: number): void {
    const ids = Array.from({ length: agents }, (_, at) =>
      this.element(`mesh${at}`, 'agent', at % 3 === 0 ? '' : `controls: [${CONTROLS[at % CONTROLS.length]!}]`),
    );
    for (const from of ids) for (const to of ids) if (from !== to) this.flow(from, to, 'agent-message');
    const content = this.element('meshContent', 'external-content');
    const tool = this.element('meshTool', 'tool', 'sideEffects: [spend]');
    this.flow(content, ids[0]!, 'retrieval');
    for (const from of ids) this.flow(from, tool, 'tool-call');
  }

  /** Half of a thousand flows go into one gateway, half out of it. */
  hub(elements: number): void {
    const gateway = this.element('gateway', 'ai-gateway', 'controls: [rate-limiting]');
    for (let at = 1; at < elements; at++) {
      if (at % 2 === 1) this.flow(this.element(`client${at}`, at % 3 === 0 ? 'agent' : 'client-app'), gateway, 'prompt');
      else this.flow(gateway, this.element(`behind${at}`, at % 3 === 0 ? 'agent' : 'model'), 'prompt');
    }
  }

  /** A message that is passed on from agent to agent, from outside content to a tool. */
  chain(hops: number): void {
    let before = this.element('chainContent', 'external-content');
    for (let at = 0; at < hops; at++) {
      const next = this.element(`hop${at}`, 'agent', at % 7 === 0 ? 'controls: [execution-budgets]' : '');
      this.flow(before, next, at === 0 ? 'retrieval' : 'agent-message');
      before = next;
    }
    this.flow(before, this.element('chainTool', 'tool', 'sideEffects: [delete]'), 'tool-call');
  }

  /** Small systems of ten elements side by side, 1.5 flows an element. */
  localFlows(): void {
    while (this.count < this.size) {
      const begin = this.count;
      const ids = LOCAL.slice(0, this.size - this.count).map((kind, at) => {
        const details = kind === 'tool' ? 'sideEffects: [write]' : kind === 'database' ? 'holds: [record]' : '';
        const controls = (begin + at) % 3 === 0 ? `controls: [${CONTROLS[(begin + at) % CONTROLS.length]!}]` : '';
        return this.element(`${kind.replaceAll('-', '')}${begin + at}`, kind, [details, controls].filter((part) => part !== '').join(', '));
      });
      const link = (from: number, to: number, kind: string, more = ''): void => {
        if (ids[from] && ids[to]) this.flow(ids[from], ids[to], kind, more);
      };
      link(0, 1, 'prompt', 'carries: [question]');
      link(1, 2, 'prompt', 'carries: [question]');
      link(2, 3, 'prompt');
      link(2, 4, 'tool-call');
      link(2, 5, 'query', 'returns: [record]');
      link(2, 6, 'query');
      link(7, 6, 'ingest');
      link(2, 8, 'tool-call');
      link(2, 9, 'memory-write');
      link(9, 2, 'memory-read');
      link(1, 3, 'prompt');
      link(4, 5, 'query');
      link(8, 5, 'query');
      link(1, 5, 'query');
      link(0, 2, 'prompt');
    }
  }

  text(): string {
    return [
      'threatmodel: 1',
      'title: Generated model',
      'owner: bench@contoso.example',
      `controls: [${ORGANISATION.join(', ')}]`,
      '',
      'boundaries:',
      ...this.boundaries,
      '',
      'data:',
      '  question: { kind: user-prompt, title: Question }',
      '  record: { kind: personal-data, title: Customer record }',
      '',
      'elements:',
      ...this.elements,
      '',
      'flows:',
      ...this.flows,
      '',
    ].join('\n');
  }

  private element(id: string, kind: string, details = ''): string {
    const zone = `zone${Math.floor(this.count / 8) % Math.max(1, Math.floor(this.size / 8))}`;
    // Every fourth in block style, as in files that people keep for long.
    if (this.count % 4 === 0) {
      this.elements.push(
        `  ${id}:`,
        `    kind: ${kind}`,
        `    title: ${kind} number ${this.count}`,
        `    in: ${zone}`,
        ...details
          .split(/, (?=\w+:)/)
          .filter(Boolean)
          .map((line) => `    ${line}`),
      );
    } else {
      this.elements.push(
        `  ${id}: { kind: ${kind}, title: ${kind} number ${this.count}, in: ${zone}${details === '' ? '' : `, ${details}`} }`,
      );
    }
    this.count++;
    return id;
  }

  private flow(from: string, to: string, kind: string, details = ''): void {
    this.flows.push(`  f${this.flows.length}: { from: ${from}, to: ${to}, kind: ${kind}${details === '' ? '' : `, ${details}`} }`);
  }
}
