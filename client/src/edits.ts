import { Uri, workspace } from 'vscode';
import {
  TextDocumentEdit,
  type BaseLanguageClient,
  type WorkspaceEdit,
} from 'vscode-languageclient';

/** What became of an edit: `stale` when a file changed after the server computed it; then nothing was applied. */
export type EditOutcome = 'applied' | 'refused' | 'stale';

/**
 * Applies an edit of the server. Edits that need confirmation open VS Code's preview, and the outcome is known when the person
 * has decided.
 */
export async function applyEdit(
  client: BaseLanguageClient,
  edit: WorkspaceEdit,
): Promise<EditOutcome> {
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  // Nothing may be awaited between this check and applyEdit: documents change at every await.
  if (isStale(edit)) return 'stale';
  const applied = await workspace.applyEdit(converted, { isRefactoring: true });
  return applied ? 'applied' : 'refused';
}

function isStale(edit: WorkspaceEdit): boolean {
  const versions = new Map(
    workspace.textDocuments.map((document) => [document.uri.toString(), document.version]),
  );
  return (edit.documentChanges ?? []).some((change) => {
    if (!TextDocumentEdit.is(change)) return false;
    const { uri, version } = change.textDocument;
    const open = versions.get(Uri.parse(uri).toString());
    return version !== null && open !== undefined && open !== version;
  });
}
