import { l10n, QuickPickItemKind, type QuickPickItem, Range, Selection, TextEdit, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { FindingFix, PlainRange } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import type { Row } from './rows.ts';

/** Offers what can be done about a finding and does what is chosen. */
export async function fixFinding(server: LanguageServer, row: Row): Promise<void> {
  const fixes = await fixesOf(server, row);
  if (fixes.length === 0) return tellNothing();
  const chosen = await window.showQuickPick(itemsOf(fixes), { title: row.message, matchOnDescription: true });
  if (chosen?.fix) await applyFix(chosen.fix);
}

/** Writes an acceptance of a finding; the author fills in what is selected then. */
export async function acceptFinding(server: LanguageServer, row: Row): Promise<void> {
  const acceptance = (await fixesOf(server, row)).find(({ kind }) => kind === 'accept');
  if (acceptance === undefined) return tellNothing();
  await applyFix(acceptance);
}

async function fixesOf(server: LanguageServer, { model, fingerprint }: Row): Promise<readonly FindingFix[]> {
  // The server knows the ways out of documents that are open.
  await workspace.openTextDocument(Uri.parse(model));
  return server.fixes({ uri: model, fingerprint });
}

type FixItem = QuickPickItem & { readonly fix?: FindingFix };

/** By kind, in the order of the server, with a line above each kind. */
function itemsOf(fixes: readonly FindingFix[]): FixItem[] {
  const kinds = [...new Set(fixes.map(({ kind }) => kind))];
  return kinds.flatMap((kind): FixItem[] => [
    { label: kindLabel(kind), kind: QuickPickItemKind.Separator },
    ...fixes
      .filter((fix) => fix.kind === kind)
      .map((fix) => ({ label: fix.title, fix, ...(fix.preferred && { description: l10n.t('preferred') }) })),
  ]);
}

function kindLabel(kind: FindingFix['kind']): string {
  switch (kind) {
    case 'fix':
      return l10n.t('Fix');
    case 'plan':
      return l10n.t('Plan');
    case 'not-applicable':
      return l10n.t('Does not apply');
    case 'accept':
      return l10n.t('Accept');
  }
}

/** Applies a fix in an editor of its document, and selects what the author has to fill in. */
async function applyFix({ edit, select }: FindingFix): Promise<void> {
  const [change] = edit.documentChanges;
  if (change === undefined) return;
  const editor = await window.showTextDocument(Uri.parse(change.textDocument.uri), { preview: false });
  if (editor.document.version !== change.textDocument.version) {
    void window.showInformationMessage(l10n.t('The model has changed meanwhile. Try it again.'));
    return;
  }
  const workspaceEdit = new WorkspaceEdit();
  workspaceEdit.set(
    editor.document.uri,
    change.edits.map(({ range, newText }) => TextEdit.replace(rangeOf(range), newText)),
  );
  if (!(await workspace.applyEdit(workspaceEdit))) return;
  const place = select ?? change.edits[0]?.range;
  if (place === undefined) return;
  const { start, end } = rangeOf(place);
  editor.selection = select ? new Selection(start, end) : new Selection(start, start);
  editor.revealRange(new Range(start, end));
}

function rangeOf({ start, end }: PlainRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function tellNothing(): void {
  void window.showInformationMessage(l10n.t('The model says nothing that could be changed for this finding. Its rule explains it.'));
}
