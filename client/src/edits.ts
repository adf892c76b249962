import { Uri, workspace } from 'vscode';
import {
  CreateFile,
  TextDocumentEdit,
  TextEdit,
  type BaseLanguageClient,
  type WorkspaceEdit,
} from 'vscode-languageclient';

/** What became of an edit: `stale` when a file changed after the server computed it; then nothing was applied. */
export type EditOutcome = 'applied' | 'refused' | 'stale';

/** What to tell where an edit was not applied. */
export const REFUSALS: Readonly<Record<Exclude<EditOutcome, 'applied'>, string>> = {
  stale: 'The file changed while the edit was computed. Try again.',
  refused: 'The edit was not applied.',
};

/**
 * Applies an edit of the server. Edits that need confirmation open VS Code's preview, and the outcome is known when the person
 * has decided.
 */
export async function applyEdit(
  client: BaseLanguageClient,
  edit: WorkspaceEdit,
): Promise<EditOutcome> {
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(selected(edit));
  // Nothing may be awaited between this check and applyEdit: documents change at every await.
  if (isStale(edit)) return 'stale';
  const applied = await workspace.applyEdit(converted, { isRefactoring: true });
  return applied ? 'applied' : 'refused';
}

/**
 * VS Code previews what needs confirmation, but deselected, and has nothing to select all of it. So an edit that changes nothing
 * asks for the preview in place of the real ones.
 */
function selected(edit: WorkspaceEdit): WorkspaceEdit {
  const { changeAnnotations = {}, documentChanges = [] } = edit;
  const annotationId = Object.keys(changeAnnotations).find(
    (id) => changeAnnotations[id]?.needsConfirmation,
  );
  const first = documentChanges.find((change) => TextDocumentEdit.is(change));
  if (annotationId === undefined || first === undefined) return edit;
  const start = { line: 0, character: 0 };
  const asking = { range: { start, end: start }, newText: '', annotationId };
  const real = documentChanges.map((change) => {
    if (CreateFile.is(change)) return CreateFile.create(change.uri, change.options);
    return TextDocumentEdit.is(change) ? { ...change, edits: change.edits.map(plain) } : change;
  });
  const { textDocument } = first;
  return { ...edit, documentChanges: [...real, { textDocument, edits: [asking] }] };
}

function plain(edit: TextDocumentEdit['edits'][number]): TextDocumentEdit['edits'][number] {
  return 'newText' in edit ? TextEdit.replace(edit.range, edit.newText) : edit;
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
