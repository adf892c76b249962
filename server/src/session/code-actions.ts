import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { suppressionEdit } from '../engine/suppressions/suppression-edit';
import { toCodeActions } from '../lsp/code-actions';
import { rangeConverter } from '../lsp/ranges';
import { SHOW_DOCUMENTATION } from '../protocol';
import type { ClientFeatures } from './client-features';
import { OPEN_DOCUMENTATION } from './documentation';
import type { Edits } from './edits';
import type { DiagnosticsSource } from './file-diagnostics';
import type { OpenDocuments } from './open-documents';

const DOCUMENTATION_COMMANDS: Readonly<
  Record<ClientFeatures['documentation'], string | undefined>
> = { client: SHOW_DOCUMENTATION, server: OPEN_DOCUMENTATION, nobody: undefined };

/** The code actions at a place of an open document. */
export async function codeActions(
  { textDocument, range, context }: CodeActionParams,
  open: OpenDocuments,
  edits: Edits,
  source: DiagnosticsSource,
  { documentation }: Pick<ClientFeatures, 'documentation'>,
): Promise<CodeAction[]> {
  const opened = await open.report(textDocument.uri, 'settled');
  if (!opened?.report) return [];
  const { root, path, document, report } = opened;
  const text = document.getText();
  const files = root.analyzer.model?.files;
  const kind = files?.kind(path);
  return toCodeActions({
    report,
    range,
    context,
    toRange: rangeConverter(text),
    places: source.places(root),
    edit: (changes) => edits.of(root, changes),
    documentation: DOCUMENTATION_COMMANDS[documentation],
    suppress: ({ span, ruleId }, scope) =>
      suppressionEdit(
        path,
        kind,
        text,
        span,
        ruleId,
        scope,
        kind === 'source' ? files?.source(path) : undefined,
      ),
  });
}
