import { type Diagnostic, Uri } from 'vscode';
import { type Middleware, vsdiag } from 'vscode-languageclient';

/**
 * The server links a finding to the page of its rule. VS Code would open that page as plain text, so the link becomes
 * the command that shows it rendered.
 */
export const ruleLinks: Middleware = {
  async provideDiagnostics(document, previousResultId, token, next) {
    const report = await next(document, previousResultId, token);
    if (report?.kind === vsdiag.DocumentDiagnosticReportKind.full) report.items.forEach(linkToCommand);
    return report;
  },
};

function linkToCommand(diagnostic: Diagnostic): void {
  const { code } = diagnostic;
  if (typeof code !== 'object' || code.target.scheme !== 'threatwright') return;
  const rule = encodeURIComponent(JSON.stringify([code.value]));
  diagnostic.code = { value: code.value, target: Uri.parse(`command:threatwright.showRule?${rule}`) };
}
