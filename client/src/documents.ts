import { languages, workspace, type TextDocument } from 'vscode';
import { documentGlobs, scriptLanguages } from '../../server/src/base/file-globs';

/** A filter that both VS Code and the protocol understand. */
type SelectedDocuments =
  | { readonly scheme: string; readonly language: string }
  | { readonly scheme: string; readonly pattern: string };

/**
 * The documents the server is told of: what it reads, of files on disk and of the open (perhaps virtual) folders; no diff sides,
 * no output, no notebook cells.
 */
export function documentSelector(): SelectedDocuments[] {
  return workspaceSchemes().flatMap((scheme) => [
    ...documentGlobs().map((pattern) => ({ scheme, pattern })),
    ...scriptLanguages().map((language) => ({ scheme, language })),
  ]);
}

/** Schemes of the files that are analysed, sorted. */
export function workspaceSchemes(): string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(['file', ...folders.map((folder) => folder.uri.scheme)])].sort();
}

/** True for a document that the server is told of. */
export function isSelected(document: TextDocument): boolean {
  return languages.match(documentSelector(), document) > 0;
}
