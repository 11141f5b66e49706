import {
  type CancellationToken,
  type Disposable,
  l10n,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  lm,
  Uri,
  workspace,
} from 'vscode';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { updateModels } from '../threats/rows.ts';
import { findingsText, type FindingsInput } from './findingsText.ts';

interface PageInput {
  readonly id?: unknown;
}

/** What language models of the editor's chat may ask, when somebody has them: only to read. Threatwright itself asks none. */
export function registerChatTools(server: LanguageServer): Disposable[] {
  return [
    tool('threatwright_findings', l10n.t('Reading the findings of the threat models'), async (input: FindingsInput) =>
      findingsText(updateModels([], await server.findings({})), input, (uri) => workspace.asRelativePath(Uri.parse(uri))),
    ),
    tool('threatwright_explain', l10n.t('Reading the reference architecture'), async ({ id }: PageInput) => {
      const [rule, control] = await Promise.all([
        server.page({ kind: 'rule', id: String(id) }),
        server.page({ kind: 'control', id: String(id) }),
      ]);
      return rule.markdown ?? control.markdown ?? `There is no rule and no control ${JSON.stringify(id)}.`;
    }),
  ];
}

function tool<Input extends object>(name: string, invocationMessage: string, answer: (input: Input) => Promise<string>): Disposable {
  return lm.registerTool<Input>(name, {
    prepareInvocation: () => ({ invocationMessage }),
    async invoke({ input }: LanguageModelToolInvocationOptions<Input>, _token: CancellationToken) {
      return new LanguageModelToolResult([new LanguageModelTextPart(await answer(input))]);
    },
  });
}
