import { l10n, QuickPickItemKind, type QuickPickItem, window } from 'vscode';
import { SEVERITIES, STATES } from './filter.ts';
import { groupingLabel, severityLabel, stateLabel } from './labels.ts';
import { GROUPINGS } from './tree.ts';
import type { ThreatsView } from './view.ts';

/** Asks for words while the list follows; Escape puts it back as it was. */
export async function askFilterText(view: ThreatsView): Promise<void> {
  const before = view.filter;
  const input = window.createInputBox();
  input.title = l10n.t('Filter Threats');
  input.placeholder = l10n.t('Words of message, element, rule, principle or swim lane');
  input.value = before.text;
  const count = (): void => {
    input.prompt = l10n.t('{0} of {1}', view.counts.shown, view.counts.all);
  };
  count();
  await new Promise<void>((resolve) => {
    let accepted = false;
    input.onDidChangeValue((text) => {
      view.choose({ ...view.filter, text });
      count();
    });
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!accepted) view.choose(before);
      resolve();
    });
    input.show();
  });
  input.dispose();
}

/** Asks which severities and states are listed. */
export async function askSeveritiesAndStates(view: ThreatsView): Promise<void> {
  const { severities, states } = view.filter;
  const heading = (label: string): QuickPickItem & { value: string } => ({ label, value: '', kind: QuickPickItemKind.Separator });
  const items = [
    heading(l10n.t('Severity')),
    ...SEVERITIES.map((value) => ({ value, label: severityLabel(value), picked: severities.includes(value) })),
    heading(l10n.t('State')),
    ...STATES.map((value) => ({ value, label: stateLabel(value), picked: states.includes(value) })),
  ];
  const title = l10n.t('Threats to List');
  const chosen = await window.showQuickPick<QuickPickItem & { value: string }>(items, { canPickMany: true, title });
  if (chosen === undefined) return;
  const values = new Set(chosen.map(({ value }) => value));
  view.choose({
    ...view.filter,
    severities: SEVERITIES.filter((severity) => values.has(severity)),
    states: STATES.filter((state) => values.has(state)),
  });
}

export async function askGrouping(view: ThreatsView): Promise<void> {
  const items = GROUPINGS.map((value) => ({
    value,
    label: groupingLabel(value),
    description: value === view.grouping ? l10n.t('current') : '',
  }));
  const chosen = await window.showQuickPick(items, { title: l10n.t('Group Threats By') });
  if (chosen !== undefined) view.group(chosen.value);
}
