import type { TextDocuments, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { folderOf } from '../base/paths';
import type { FileChange } from '../engine/finding';
import { toWorkspaceEdit, type Confirmation } from '../lsp/workspace-edit';
import type { WorkspaceRoot } from '../workspace/root';
import type { Workspace } from '../workspace/workspace';
import type { ClientFeatures } from './client-features';

/** Makes workspace edits of changes in the form the client takes. */
export class Edits {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
    private readonly features: () => ClientFeatures,
  ) {}

  /**
   * @param confirmation makes the client show a preview, if it can
   * @returns undefined when the client cannot take the edit, or a document has moved on since it was analysed: offsets of
   * another text would land in the wrong place
   */
  of(
    root: WorkspaceRoot,
    changes: readonly FileChange[],
    confirmation?: Confirmation,
  ): WorkspaceEdit | undefined {
    if (changes.some((change) => this.isStale(root, change))) return undefined;
    const { versionsEdits, createsFiles, confirmsEdits } = this.features();
    return toWorkspaceEdit(
      changes,
      {
        uri: (path) => this.workspace.uriOf(root, path),
        version: (path) => this.documents.get(this.workspace.uriOf(root, path))?.version ?? null,
        text: (path) => root.analyzer.text(path),
        canVersion: versionsEdits,
        canCreate: createsFiles,
      },
      confirmsEdits ? confirmation : undefined,
    );
  }

  private isStale(root: WorkspaceRoot, { kind, path }: FileChange): boolean {
    const document = this.documents.get(this.workspace.uriOf(root, path));
    if (kind === 'create' && isTaken(root, path)) return true;
    if (!document) return false;
    return kind === 'create' || document.getText() !== root.analyzer.text(path);
  }
}

/** Is something there that could not be read, or does a link lead elsewhere? */
function isTaken(root: WorkspaceRoot, path: string): boolean {
  return path !== '' && (root.report(path) !== undefined || isTaken(root, folderOf(path)));
}

/** One edit out of those of several roots; undefined when there is none. */
export function joinEdits(edits: readonly WorkspaceEdit[]): WorkspaceEdit | undefined {
  const [first] = edits;
  if (!first) return undefined;
  if (!first.documentChanges)
    return {
      changes: Object.fromEntries(edits.flatMap(({ changes }) => Object.entries(changes ?? {}))),
    };
  return {
    ...first,
    documentChanges: edits.flatMap(({ documentChanges }) => documentChanges ?? []),
  };
}
