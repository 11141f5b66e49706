import { SEVERITIES, type Severity } from '../../catalogue/rule.ts';
import { oneOf, parse, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';

export interface RulesCall {
  readonly format: 'text' | 'json';
  readonly category: string | undefined;
  readonly severity: Severity | undefined;
  readonly principle: string | undefined;
  readonly control: string | undefined;
  /** A taxonomy, or an id in it: `TAXONOMY:ID`. */
  readonly taxonomy: string | undefined;
}

export const rulesCommand: Command = {
  name: 'rules',
  help: `\
  threatwright rules                     list the rules that hold here, an organisation's own among them
      --category, --severity, --principle, --control, --taxonomy WORD   only those; TAXONOMY:ID for one id
      --format text|json                 default: text
`,
  async run(args, { installation, output }) {
    const call = read(args);
    return (await import('../rules.ts')).listRules(call, installation, output);
  },
};

function read(args: readonly string[]): RulesCall {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(args, {
    category: text,
    severity: text,
    principle: text,
    control: text,
    taxonomy: text,
    format: text,
  });
  if (positionals.length > 0) throw new UsageError(`threatwright rules takes options only, not "${positionals[0]}".`);
  const { category, severity, principle, control, taxonomy, format } = values;
  return {
    format: oneOf('--format', format ?? 'text', ['text', 'json']),
    severity: severity === undefined ? undefined : oneOf('--severity', severity, SEVERITIES),
    ...{ category, principle, control, taxonomy },
  };
}
