import type { ChangeAnnotation, ClientCapabilities, TextEdit, WorkspaceEdit } from 'vscode-languageserver';

/** Edits of one file. */
export interface FileEdits {
  readonly uri: string;
  /** The version that they are for; `null` for a file that is not open. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
  /** What the author does not see: looked at in a preview before it is done, where the client has one. */
  readonly elsewhere: boolean;
}

/** One change of several files, in the best form that the client knows. `label` says in words what it does. */
export function toWorkspaceEdit(files: readonly FileEdits[], { workspace }: ClientCapabilities, label: string): WorkspaceEdit {
  const can = workspace?.workspaceEdit;
  if (!can?.documentChanges) return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, [...edits]])) };
  const annotated = can.changeAnnotationSupport !== undefined;
  const documentChanges = files.map(({ uri, version, edits, elsewhere }) => ({
    textDocument: { uri, version },
    edits: annotated ? edits.map((edit) => ({ ...edit, annotationId: elsewhere ? 'elsewhere' : 'here' })) : [...edits],
  }));
  if (!annotated) return { documentChanges };
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  if (files.some(({ elsewhere }) => !elsewhere)) changeAnnotations['here'] = { label };
  if (files.some(({ elsewhere }) => elsewhere)) {
    changeAnnotations['elsewhere'] = { label: `${label} in other models`, needsConfirmation: true };
  }
  return { documentChanges, changeAnnotations };
}
