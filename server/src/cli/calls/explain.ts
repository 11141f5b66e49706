import { parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface ExplainCall {
  readonly id: string;
}

export const explainCommand: Command = {
  name: 'explain',
  help: `\
  threatwright explain RULE|CONTROL      why it matters, what to do, what satisfies it
`,
  async run(args, { installation, output }) {
    const call = read(args);
    return (await import('../explain.ts')).explain(call, installation, output);
  },
};

function read(args: readonly string[]): ExplainCall {
  const { positionals } = parse(args, {});
  if (positionals.length !== 1) throw new UsageError('What is to be explained? threatwright explain RULE or CONTROL');
  return { id: positionals[0] ?? '' };
}
