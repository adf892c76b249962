import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { SHOW_READERS } from '../../protocol';
import { rangeConverter } from '../../lsp/ranges';
import { isExampleEnvPath } from '../../project/manifests/environment';
import type { ClientFeatures } from '../client-features';
import type { DiagnosticsSource } from '../file-diagnostics';
import type { OpenDocuments } from '../open-documents';
import { explained } from './lookup';

/** How many places read each variable of an example file. Where the client can show places, a click shows them. */
export async function codeLenses(
  { textDocument: { uri } }: CodeLensParams,
  open: OpenDocuments,
  source: DiagnosticsSource,
  { showsReaders }: Pick<ClientFeatures, 'showsReaders'>,
): Promise<CodeLens[] | null> {
  const at = explained(await open.report(uri, 'settled'));
  if (!at || at.model.files.kind(at.path) !== 'dotenv' || !isExampleEnvPath(at.path)) return null;
  const { model, path, root, document } = at;
  const toRange = rangeConverter(document.getText());
  const places = source.places(root);
  return (model.files.dotenv(path)?.entries ?? []).map(({ name, nameSpan }) => {
    const range = toRange(nameSpan);
    const readers = (model.environment.get(name)?.reads ?? []).map((read) => ({
      uri: places.uri(read.path),
      range: places.range(read.path, read.fact.span),
    }));
    const title = `${readers.length === 0 ? 'no' : readers.length} reader${readers.length === 1 ? '' : 's'}`;
    const isShown = showsReaders && readers.length > 0;
    const command = isShown
      ? { title, command: SHOW_READERS, arguments: [uri, range.start, readers] }
      : { title, command: '' };
    return { range, command };
  });
}
