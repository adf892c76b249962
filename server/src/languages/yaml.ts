import { LineCounter, parseAllDocuments, type Document, type ParsedNode } from 'yaml';

/** A parsed YAML stream: one or several documents with comments, anchors and ranges. */
export interface YamlSyntax {
  readonly text: string;
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  /** Set when the text is no YAML (a Helm template, a Jinja file): the file is not analysed and this is why. */
  readonly notYaml: string | undefined;
}

/**
 * Parses a YAML stream; never throws.
 * @param text the file's text
 */
export function parseYamlSyntax(text: string): YamlSyntax {
  if (/^\s*\{\{-?\s|\{\{-?\s*(?:include|if|range|end|define|template|with|toYaml)\b/m.test(text)) {
    return { text, documents: [], notYaml: 'a template, not YAML' };
  }
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, keepSourceTokens: true, uniqueKeys: false, merge: true });
  const documents: Document.Parsed<ParsedNode>[] = Array.isArray(parsed) ? parsed : [];
  const broken = documents.flatMap((document) => document.errors)[0];
  return { text, documents, notYaml: broken ? `invalid YAML: ${broken.message.split('\n')[0] ?? ''}` : undefined };
}
