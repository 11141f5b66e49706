import { date, parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface TestRulesCall {
  readonly folder: string;
  readonly today: string;
}

export const testRulesCommand: Command = {
  name: 'rules test',
  help: `\
  threatwright rules test FOLDER         run the examples of an organisation's own rules, in FOLDER/.threatwright
`,
  async run(args, { installation, output, today }) {
    const call = read(args, today);
    return (await import('../testRules.ts')).testRules(call, installation, output);
  },
};

function read(args: readonly string[], today: string): TestRulesCall {
  const { values, positionals } = parse(args, { date: { type: 'string' } });
  if (positionals.length !== 1) throw new UsageError('Which rules are to be tested? threatwright rules test FOLDER');
  return { folder: positionals[0] ?? '.', today: date(values.date, today) };
}
