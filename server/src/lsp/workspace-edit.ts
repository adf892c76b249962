import type {
  ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileChange, TextEdit as Change } from '../engine/finding';
import { rangeConverter } from './ranges';

/** What the edits are made against, and what the client can take. */
export interface EditTarget {
  uri(path: string): string;
  /** The version of an open document, null for a closed file. */
  version(path: string): number | null;
  /** The text that the changes' offsets refer to. */
  text(path: string): string | undefined;
  /** Does the client create files within a workspace edit? */
  readonly canCreate: boolean;
  /** Does the client take versioned `documentChanges`? */
  readonly canVersion: boolean;
}

/** Asks the user to look before anything is changed. */
export interface Confirmation {
  readonly label: string;
  readonly description?: string;
  /** Those that are not sure; all of them when absent. */
  readonly only?: ReadonlySet<Change>;
}

const CONFIRM = 'twelve-factor.confirm';

/**
 * Changes of the engine as a workspace edit: versioned, so that a document that has moved on gets no edit.
 * @param confirmation makes the client show a preview first
 * @returns undefined when a changed file's text is not known, or a file would have to be created and the client cannot
 */
export function toWorkspaceEdit(
  changes: readonly FileChange[],
  target: EditTarget,
  confirmation?: Confirmation,
): WorkspaceEdit | undefined {
  const annotation = confirmation && target.canVersion ? CONFIRM : undefined;
  const documentChanges: (TextDocumentEdit | CreateFile)[] = [];
  const plain: Record<string, TextEdit[]> = {};
  for (const change of changes) {
    const uri = target.uri(change.path);
    if (change.kind === 'create') {
      if (!target.canCreate || !target.canVersion) return undefined;
      documentChanges.push({
        kind: 'create',
        uri,
        options: { ignoreIfExists: true },
        ...annotated(annotation),
      });
      const start = { line: 0, character: 0 };
      documentChanges.push({
        textDocument: { uri, version: null },
        edits: [{ range: { start, end: start }, newText: change.text, ...annotated(annotation) }],
      });
      continue;
    }
    const text = target.text(change.path);
    if (text === undefined) return undefined;
    const toRange = rangeConverter(text);
    const isSure = (edit: Change): boolean => confirmation?.only?.has(edit) === false;
    const edits = change.edits.map((edit) => ({
      range: toRange(edit.span),
      newText: edit.newText,
      ...annotated(isSure(edit) ? undefined : annotation),
    }));
    if (target.canVersion)
      documentChanges.push({ textDocument: { uri, version: target.version(change.path) }, edits });
    else plain[uri] = edits;
  }
  if (!target.canVersion) return { changes: plain };
  if (!annotation || !confirmation) return { documentChanges };
  const { label, description } = confirmation;
  const changeAnnotations: Record<string, ChangeAnnotation> = {
    [CONFIRM]: {
      label,
      ...(description === undefined ? {} : { description }),
      needsConfirmation: true,
    },
  };
  return { documentChanges, changeAnnotations };
}

function annotated(annotationId: string | undefined): { annotationId?: string } {
  return annotationId === undefined ? {} : { annotationId };
}
