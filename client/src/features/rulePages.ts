import { commands, type Diagnostic, type Disposable, l10n, languages, Uri, window, workspace } from 'vscode';
import type { PageParams } from '../../../server/src/protocol/messages.ts';
import type { LanguageServer } from './languageServer/languageServer.ts';

const scheme = 'threatwright';

/** Pages of rules and controls as read-only Markdown documents, and the command that shows one. */
export function registerRulePages(server: LanguageServer): Disposable[] {
  return [
    workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => pageText(server, uri) }),
    commands.registerCommand('threatwright.showRule', async (id?: unknown) => {
      const rule = typeof id === 'string' ? id : await ruleAtCursor();
      if (rule !== undefined) await showRule(rule);
    }),
  ];
}

/** Shows the page of a rule as rendered Markdown, beside nothing else: in the active column. */
export async function showRule(id: string): Promise<void> {
  await commands.executeCommand('markdown.showPreview', pageUri({ kind: 'rule', id }));
}

function pageUri({ kind, id }: PageParams): Uri {
  return Uri.from({ scheme, path: kind === 'index' ? `/${id}.md` : `/${kind}s/${id}.md` });
}

/** Links between the pages are relative, so their paths are those of the documentation. */
function paramsOf(path: string): PageParams {
  const [, kind, id = ''] = /^\/(rule|control)s\/([^/]+)\.md$/.exec(path) ?? [];
  return kind === 'rule' || kind === 'control' ? { kind, id } : { kind: 'index', id: path.replace(/^\/|\.md$/g, '') };
}

async function pageText(server: LanguageServer, uri: Uri): Promise<string> {
  const { markdown } = await server.page(paramsOf(uri.path));
  return markdown ?? `There is no page \`${uri.path}\` in the catalogue.`;
}

/** The rule of the finding at the cursor; a choice when there are several, or of all in the file when there is none. */
async function ruleAtCursor(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const all = languages.getDiagnostics(editor.document.uri);
  const here = all.filter((diagnostic) => diagnostic.range.intersection(editor.selection) !== undefined);
  const rules = rulesOf(here).length > 0 ? rulesOf(here) : rulesOf(all);
  if (rules.length === 0) {
    void window.showInformationMessage(l10n.t('There are no findings in this file.'));
    return undefined;
  }
  return rules.length === 1 ? rules[0] : window.showQuickPick(rules, { placeHolder: l10n.t('The rule to show') });
}

function rulesOf(diagnostics: readonly Diagnostic[]): string[] {
  const codes = diagnostics.map(({ code }) => (typeof code === 'object' ? code.value : undefined));
  return [...new Set(codes.filter((code) => typeof code === 'string'))];
}
