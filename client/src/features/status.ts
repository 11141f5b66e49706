import { type Disposable, l10n, languages, LanguageStatusSeverity, window } from 'vscode';
import type { LanguageServer, ServerState } from './languageServer/languageServer.ts';
import type { Models } from './models.ts';
import { countsLabel } from './threats/labels.ts';

/** In the language status of a threat model: its findings, and how the server is. */
export function registerStatus(server: LanguageServer, models: Models): Disposable[] {
  const findings = languages.createLanguageStatusItem('threatwright.findings', { language: 'threatmodel' });
  findings.name = l10n.t('Threatwright: Findings');
  findings.command = { command: 'threatwright.threats.focus', title: l10n.t('Show Threats') };
  const state = languages.createLanguageStatusItem('threatwright.server', { language: 'threatmodel' });
  state.name = l10n.t('Threatwright: Language Server');
  const log = languages.createLanguageStatusItem('threatwright.log', { language: 'threatmodel' });
  log.name = l10n.t('Threatwright: Log');
  log.text = l10n.t('Log');
  log.command = { command: 'threatwright.showLog', title: l10n.t('Show Log') };

  const showFindings = (): void => {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== 'threatmodel') return;
    const model = models.of(document.uri.toString());
    findings.busy = model === undefined && server.state === 'running';
    findings.text = model === undefined ? l10n.t('Findings') : countsLabel(model.counts) || l10n.t('No open findings');
    findings.severity =
      model !== undefined && model.counts.critical > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    const all = countsLabel(models.total) || l10n.t('none');
    findings.detail = models.all.length > 1 ? l10n.t('all {0} models: {1}', models.all.length, all) : '';
  };
  const showState = (): void => {
    state.text = stateLabel(server.state);
    state.busy = server.state === 'starting';
    const bad = server.state === 'failed' || server.state === 'stopped';
    state.severity = bad ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    state.command = { command: 'threatwright.restartServer', title: l10n.t('Restart') };
    showFindings();
  };
  showState();
  return [
    findings,
    state,
    log,
    models.onChanged(showFindings),
    window.onDidChangeActiveTextEditor(showFindings),
    server.onStateChanged(showState),
  ];
}

function stateLabel(state: ServerState): string {
  switch (state) {
    case 'starting':
      return l10n.t('Language server starts');
    case 'running':
      return l10n.t('Language server runs');
    case 'stopped':
      return l10n.t('Language server does not run');
    case 'failed':
      return l10n.t('Language server did not start');
  }
}
