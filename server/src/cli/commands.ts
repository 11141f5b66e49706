import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { checkCommand } from './calls/check.ts';
import { diffCommand } from './calls/diff.ts';
import { drawCommand } from './calls/draw.ts';
import { explainCommand } from './calls/explain.ts';
import { postureCommand } from './calls/posture.ts';
import { reportCommand } from './calls/report.ts';
import { rulesCommand } from './calls/rules.ts';
import { testRulesCommand } from './calls/testRules.ts';

/** All commands, in the order of `--help`. A new one is a file in `calls/` and a line here. */
const COMMANDS: readonly Command[] = [
  checkCommand,
  diffCommand,
  drawCommand,
  postureCommand,
  reportCommand,
  rulesCommand,
  testRulesCommand,
  explainCommand,
];

/** The command that a call begins with and the arguments after its name; the one with the longer name wins. */
export function findCommand(args: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const found = COMMANDS.map((command) => ({ command, words: command.name.split(' ') }))
    .filter(({ words }) => words.every((word, at) => args[at] === word))
    .sort((a, b) => b.words.length - a.words.length)[0];
  if (found) return { command: found.command, rest: args.slice(found.words.length) };
  const names = COMMANDS.map(({ name }) => name).filter((name) => !name.includes(' '));
  throw new UsageError(`There is no command "${args[0] ?? ''}". Commands: ${names.join(', ')}.`);
}

export const HELP = `threatwright: AI threat models as text, checked against a Zero Trust for AI reference architecture

${COMMANDS.map(({ help }) => help).join('')}\
  threatwright --version | --help

  "-" reads a model from standard input.
  Exit codes: 0 nothing to complain about, 1 findings, 2 a file or the call is wrong (what could be analysed is printed).
`;
