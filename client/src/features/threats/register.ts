import { commands, type Disposable, env, l10n, type Memento, Range, Uri, window } from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import type { Models } from '../models.ts';
import { showRule } from '../rulePages.ts';
import { acceptFinding, fixFinding } from './fixes.ts';
import { askFilterText, askGrouping, askSeveritiesAndStates } from './choices.ts';
import { NO_FILTER } from './filter.ts';
import { severityLabel, stateLabel } from './labels.ts';
import type { FindingNode, MoreNode } from './tree.ts';
import { ThreatsView } from './view.ts';

/** The *Threats* view with its commands. Each about a finding takes the one it is given, else the selected one. */
export function registerThreats(server: LanguageServer, models: Models, memory: Memento): Disposable[] {
  const view = new ThreatsView(server, models, memory);
  const onFinding = (command: string, act: (finding: FindingNode, how?: unknown) => unknown): Disposable =>
    commands.registerCommand(`threatwright.threats.${command}`, async (given?: unknown, how?: unknown) => {
      const finding = view.finding(given);
      if (finding !== undefined) await act(finding, how);
      else void window.showInformationMessage(l10n.t('Select a finding in the Threats view first.'));
    });
  return [
    view,
    commands.registerCommand('threatwright.threats.filter', () => askFilterText(view)),
    commands.registerCommand('threatwright.threats.filterKinds', () => askSeveritiesAndStates(view)),
    commands.registerCommand('threatwright.threats.clearFilter', () => view.choose(NO_FILTER)),
    commands.registerCommand('threatwright.threats.groupBy', () => askGrouping(view)),
    commands.registerCommand('threatwright.threats.more', (node: MoreNode) => view.more(node)),
    onFinding('reveal', ({ row }, how) => reveal(row, how === 'stay')),
    onFinding('fix', ({ row }) => fixFinding(server, row)),
    onFinding('accept', ({ row }) => acceptFinding(server, row)),
    onFinding('showInDiagram', ({ row }) => commands.executeCommand('threatwright.showInDiagram', row.model, row.fingerprint)),
    onFinding('explain', ({ row }) => (row.about.page ? showRule(row.rule) : reveal(row, false))),
    onFinding('copy', (finding) => env.clipboard.writeText(asText(finding))),
  ];
}

/** Shows the place of a finding. `stay`: the focus stays in the list, where the next key is for the finding. */
async function reveal({ model, range: { start, end } }: FindingNode['row'], stay: boolean): Promise<void> {
  const selection = new Range(start.line, start.character, end.line, end.character);
  await commands.executeCommand('vscode.open', Uri.parse(model), { selection, preview: true, preserveFocus: stay });
}

/** For a ticket or a chat: what, where, how bad and the rule. */
function asText({ row }: FindingNode): string {
  const place = `${Uri.parse(row.model).path}:${row.range.start.line + 1}`;
  return [`${severityLabel(row.severity)} (${stateLabel(row.state)}): ${row.message}`, `${row.subjectTitle} · ${row.rule}`, place].join(
    '\n',
  );
}
