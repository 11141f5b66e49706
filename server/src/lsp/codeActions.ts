import {
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type CodeActionOptions,
  type Diagnostic,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { AUTHOR_RULE, type Finding } from '../analysis/index.ts';
import { ACTION_KINDS, type Action, type Draft } from '../language/actions/action.ts';
import type { Problem } from '../syntax/index.ts';
import { rangeOf, sameRange, spanOf } from './convert.ts';
import type { OpenDocument } from './documents.ts';
import { safely } from './safe.ts';
import { selectAfter } from './selection.ts';
import type { Session } from './session.ts';
import { toWorkspaceEdit } from './workspaceEdits.ts';

export const CODE_ACTIONS: CodeActionOptions = { codeActionKinds: [...ACTION_KINDS], resolveProvider: true };

/** What an action carries until it is chosen. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly number: number;
  /** Of the finding that it is about. */
  readonly rule?: string;
  readonly fingerprint?: string;
}

/** Answers what can be done at a place. The edits of an action are worked out when it is chosen, if the client can wait. */
export class CodeActions {
  /** By uri: the actions of the version that was last asked about. A newer version makes all of them void. */
  private readonly offered = new Map<string, { readonly version: number; readonly actions: Action[] }>();
  private readonly client: () => ClientCapabilities;

  constructor({ connection, documents, log, client, pages, evidence }: Session) {
    this.client = client;
    connection.onCodeAction(
      safely(log, 'code actions', null as CodeAction[] | null, async ({ textDocument, range, context }, token) => {
        const { actionsAt, evidenceActions, findingsIn } = await import('./late/changing.ts');
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const { snapshot, text, version } = document;
        const span = spanOf(text, range);
        const answer: CodeAction[] = [];
        for (const action of actionsAt(snapshot, span, (kind) => isWanted(kind, context))) {
          answer.push(this.offer(document, action, context.diagnostics));
          // Some cost an analysis: let a cancellation or a newer version in.
          if (answer.length % 8 === 0) await new Promise((resume) => setImmediate(resume));
          if (token.isCancellationRequested || document.version !== version) return null;
        }
        if (isWanted(CodeActionKind.QuickFix, context)) {
          for (const action of evidenceActions(snapshot, evidence(snapshot), span))
            answer.push(this.offer(document, action, context.diagnostics));
        }
        // A client with pages also has the commands that show them.
        if (pages() && isWanted(CodeActionKind.QuickFix, context)) {
          for (const finding of findingsIn(snapshot, span)) answer.push(...explanations(document, finding, context.diagnostics));
        }
        return answer;
      }),
    );
    connection.onCodeActionResolve((action, token) =>
      safely(log, 'a code action', action as CodeAction | ResponseError<never>, (asked: CodeAction) => {
        const data = asked.data as ActionData | undefined;
        const document = data && documents.get(data.uri);
        const offered = data && this.offered.get(data.uri);
        const known =
          offered?.version === data?.version && document?.version === data?.version ? offered?.actions[data?.number ?? -1] : undefined;
        const edits = known?.edits();
        if (!document || !edits) return new ResponseError<never>(LSPErrorCodes.ContentModified, 'The text has changed since.');
        return { ...asked, ...this.done(document.text, edits) };
      })(action, token),
    );
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.offered.delete(uri);
  }

  private offer(document: OpenDocument, action: Action, shown: readonly Diagnostic[]): CodeAction {
    const { uri, version, text } = document;
    let offered = this.offered.get(uri);
    if (offered?.version !== version) this.offered.set(uri, (offered = { version, actions: [] }));
    const { about, kind, preferred, title } = action;
    const number = offered.actions.push(action) - 1;
    const data: ActionData = { uri, version, number, ...(isFinding(about) && { rule: about.rule, fingerprint: about.fingerprint }) };
    const later = this.client().textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false;
    const edits = later ? undefined : action.edits();
    return {
      title,
      kind,
      ...(about && { diagnostics: shown.filter((diagnostic) => isAbout(document, diagnostic, about)) }),
      ...(preferred && { isPreferred: true }),
      ...(later ? { data } : edits && this.done(text, edits)),
    };
  }

  /** What the client does when the action is chosen. */
  private done(text: TextDocument, edits: readonly Draft[]): Pick<CodeAction, 'edit' | 'command'> {
    const command = selectAfter(text, edits, this.client());
    return { edit: toWorkspaceEdit(text, edits, this.client()), ...(command && { command }) };
  }
}

function isFinding(about: Action['about']): about is Finding {
  return about !== undefined && 'fingerprint' in about;
}

function isWanted(kind: string, { only }: CodeActionContext): boolean {
  if (!only) return !kind.startsWith('source.');
  return only.some((asked) => asked === '' || asked === kind || kind.startsWith(`${asked}.`));
}

/** Whether a line of the list of problems shows this; the lesser findings of a thing share one. */
function isAbout({ text }: OpenDocument, diagnostic: Diagnostic, about: Problem | Finding): boolean {
  if (isFinding(about)) return JSON.stringify(diagnostic.data ?? null).includes(`"${about.fingerprint}"`);
  return diagnostic.code === about.code && sameRange(diagnostic.range, rangeOf(text, about.span));
}

/** What a client's own commands can do for the understanding of a finding. */
function explanations(document: OpenDocument, finding: Finding, shown: readonly Diagnostic[]): CodeAction[] {
  const { rule, fingerprint } = finding;
  const title = document.snapshot.catalogue.rules.get(rule)?.title ?? rule;
  const diagnostics = shown.filter((diagnostic) => isAbout(document, diagnostic, finding));
  const action = (text: string, command: string, ...args: string[]): CodeAction => ({
    title: text,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { title: text, command, arguments: args },
  });
  return [
    ...(rule === AUTHOR_RULE ? [] : [action(`Explain "${title}"`, 'threatwright.showRule', rule)]),
    action(`Show "${title}" in the diagram`, 'threatwright.showInDiagram', document.uri, fingerprint),
  ];
}
