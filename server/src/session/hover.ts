import type { Hover, HoverParams } from 'vscode-languageserver';
import type { Rule } from '../engine/rule';
import { toHover } from '../lsp/hover';
import { rangeConverter, rangesTouch } from '../lsp/ranges';
import { variableMarkdown } from '../lsp/variable-card';
import { placeAt } from '../project/environment/places/places';
import { schemaUseAt } from '../project/environment/places/schema-uses';
import { describe } from './environment/describe';
import { explained } from './environment/lookup';
import type { DiagnosticsSource } from './file-diagnostics';
import type { OpenDocuments, OpenReport } from './open-documents';

/** What a person sees when pointing at a place of an open document: the variable there, and what findings have to say. */
export async function hover(
  { textDocument, position }: HoverParams,
  open: OpenDocuments,
  rules: ReadonlyMap<string, Rule>,
  source: DiagnosticsSource,
): Promise<Hover | null> {
  const opened = await open.report(textDocument.uri, 'early');
  if (!opened?.report) return null;
  const text = opened.document.getText();
  const toRange = rangeConverter(text);
  const caret = { start: position, end: position };
  const here = opened.report.findings.filter(({ span }) => rangesTouch(toRange(span), caret));
  const found = toHover(here, rules, text, toRange);
  const variable = variableHover(opened, opened.document.offsetAt(position), rules, source);
  if (!found || !variable) return found ?? variable ?? null;
  const value = [variable, found].map(({ contents }) => contents.value).join('\n\n---\n\n');
  return { contents: { kind: 'markdown', value }, range: variable.range };
}

type MarkdownHover = Hover & { readonly contents: { readonly value: string } };

function variableHover(
  opened: OpenReport,
  offset: number,
  rules: ReadonlyMap<string, Rule>,
  source: DiagnosticsSource,
): (MarkdownHover & Required<Pick<Hover, 'range'>>) | undefined {
  const at = explained(opened);
  const place =
    at && (placeAt(at.path, offset, at.model) ?? schemaUseAt(at.path, offset, at.model));
  const card = place && describe(place.name, at.path, at.root, [...rules.values()]);
  if (!card) return undefined;
  return {
    contents: { kind: 'markdown', value: variableMarkdown(card, source.places(at.root)) },
    range: rangeConverter(at.document.getText())(place.span),
  };
}
