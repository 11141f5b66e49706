import { env, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ReportFormat } from '../../../../server/src/protocol/posture.ts';
import { fileName, fromBase64 } from '../diagram/exports.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { modelName } from '../modelFile.ts';

const FILTERS: Readonly<Record<string, string[]>> = { HTML: ['html'], PDF: ['pdf'], Markdown: ['md'], CSV: ['csv'] };
const FORMATS: readonly ReportFormat[] = ['controls.csv', 'html', 'pdf', 'md', 'csv'];

/** Asks where to, and writes a report there; its ending says the format. Without a model: of all of the workspace. */
export async function writeReport(server: LanguageServer, model: Uri | undefined): Promise<void> {
  const folder = model && model.scheme !== 'untitled' ? Uri.joinPath(model, '..') : workspace.workspaceFolders?.[0]?.uri;
  const name = `${model ? fileName(model.path) : 'threat-models'}.report.html`;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { ...FILTERS },
    title: l10n.t('Write Report'),
  });
  if (!target) return;
  const format = FORMATS.find((it) => target.path.toLowerCase().endsWith(`.${it}`));
  if (!format) {
    void window.showWarningMessage(l10n.t('A report ends with .html, .pdf, .md, .csv or .controls.csv.'));
    return;
  }
  if (model) await workspace.openTextDocument(model);
  const params = { uris: model ? [model.toString()] : [], format };
  const title = model ? l10n.t('Writing the report of {0} …', modelName(model.path)) : l10n.t('Writing the report of all models …');
  const progress = { location: ProgressLocation.Notification, title, cancellable: true };
  const report = await window.withProgress(progress, async (_, token) => {
    try {
      return await server.report(params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
  if (report === undefined) return;
  if (report === null) {
    void window.showWarningMessage(l10n.t('A PDF cannot be made here: write HTML and print it.'));
    return;
  }
  await workspace.fs.writeFile(target, fromBase64(report.base64));
  const open = l10n.t('Open');
  const said =
    report.missing.length > 0
      ? l10n.t('The report is written; "?" stands for characters that its font does not have: {0}', report.missing.slice(0, 20).join(' '))
      : l10n.t('The report is written.');
  if ((await window.showInformationMessage(said, open)) === open) await env.openExternal(target);
}
