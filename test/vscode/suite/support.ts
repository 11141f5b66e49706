import assert from 'node:assert/strict';
import {
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  type Event,
  languages,
  type TextDocument,
  type Tab,
  TabInputWebview,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';

export const extensionId = 'threatwright.threatwright';

/** Opens a file of the test workspace as a person does: in an editor. */
export async function open(name: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0];
  assert(folder, 'the tests run with test/vscode/workspace open');
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, name));
  await window.showTextDocument(document);
  return document;
}

/** Undoes what a test has done to the file and closes everything. */
export async function closeAll(): Promise<void> {
  for (const document of workspace.textDocuments) {
    // Settings that VS Code itself is writing are none of ours.
    if (!document.isDirty || document.languageId !== 'threatmodel') continue;
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}

export async function replace(document: TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before);
  assert(start >= 0, `the text has no ${before}`);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, document.validateRange(rangeOf(document, start, before.length)), after);
  assert(await workspace.applyEdit(edit));
}

export function rangeOf(document: TextDocument, start: number, length: number) {
  return document.lineAt(document.positionAt(start).line).range.with(document.positionAt(start), document.positionAt(start + length));
}

/** The value of `look` as soon as it has one, looked at again at each event; rejects when it never comes. */
export function until<T>(events: readonly Event<unknown>[], look: () => T | undefined, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const listeners: Disposable[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      listeners.forEach((listener) => listener.dispose());
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`It never came: ${what}`));
    }, 20_000);
    const attempt = (): void => {
      const found = look();
      if (found === undefined) return;
      finish();
      resolve(found);
    };
    listeners.push(...events.map((event) => event(attempt)));
    attempt();
  });
}

/** All diagnostics of a document once they are as described. */
export function diagnosticsWhen(
  document: TextDocument,
  what: string,
  test: (all: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  const look = (): readonly Diagnostic[] | undefined => {
    const all = languages.getDiagnostics(document.uri);
    return test(all) ? all : undefined;
  };
  return until([languages.onDidChangeDiagnostics], look, what);
}

export function codeOf({ code }: Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** What the file itself has wrong. Findings have an object with a link as code. */
export function problemsOf(all: readonly Diagnostic[]): readonly Diagnostic[] {
  return all.filter(({ code, severity }) => typeof code !== 'object' && severity === DiagnosticSeverity.Error);
}

export function findingsOf(all: readonly Diagnostic[]): readonly Diagnostic[] {
  return all.filter(({ code }) => typeof code === 'object');
}

export function diagramTabs(): readonly Tab[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('threatwright.diagram'));
}
