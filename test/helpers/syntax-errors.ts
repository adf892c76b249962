import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

/**
 * What a parser of the file's own language has against a text.
 * @param path decides the language; texts of other languages have no errors
 */
export function syntaxErrors(path: string, text: string): readonly string[] {
  if (/\.[cm]?[jt]sx?$/.test(path)) return sourceErrors(path, text);
  if (path.endsWith('.json')) {
    const errors: ParseError[] = [];
    parse(text, errors, { allowTrailingComma: false });
    return errors.map(({ error }) => `${path}: ${printParseErrorCode(error)}`);
  }
  if (/\.ya?ml$/.test(path)) {
    const documents = [...parseAllDocuments(text)];
    return documents.flatMap(({ errors }) => errors.map(({ message }) => `${path}: ${message}`));
  }
  return [];
}

function sourceErrors(path: string, text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map(
    ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}
