import type { Hover, HoverParams } from 'vscode-languageserver';
import type { Rule } from '../engine/rule';
import { toHover } from '../lsp/hover';
import { rangeConverter, rangesTouch } from '../lsp/ranges';
import type { OpenDocuments } from './open-documents';

/** What a person sees when pointing at a place of an open document. */
export async function hover(
  { textDocument, position }: HoverParams,
  open: OpenDocuments,
  rules: ReadonlyMap<string, Rule>,
): Promise<Hover | null> {
  const opened = await open.report(textDocument.uri, 'early');
  if (!opened?.report) return null;
  const text = opened.document.getText();
  const toRange = rangeConverter(text);
  const caret = { start: position, end: position };
  const here = opened.report.findings.filter(({ span }) => rangesTouch(toRange(span), caret));
  return toHover(here, rules, text, toRange) ?? null;
}
