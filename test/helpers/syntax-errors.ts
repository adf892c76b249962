import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { fileKind } from '../../server/src/base/file-names';
import { parseDockerfileSyntax } from '../../server/src/languages/dockerfile';
import { parseProcfileSyntax } from '../../server/src/languages/procfile';
import { parseShellSyntax } from '../../server/src/languages/shell';
import { parseTomlSyntax } from '../../server/src/languages/toml';

/**
 * What a parser of the file's own language has against a text.
 * @param path decides the language; texts of other languages have no errors
 */
export function syntaxErrors(path: string, text: string): readonly string[] {
  // Of components, only a part is code.
  if (/\.[cm]?[jt]sx?$/.test(path)) return sourceErrors(path, text);
  if (path.endsWith('.json')) {
    const errors: ParseError[] = [];
    parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: false });
    return errors.map(({ error }) => `${path}: ${printParseErrorCode(error)}`);
  }
  switch (fileKind(path)) {
    case 'yaml': {
      const documents = [...parseAllDocuments(text)];
      return documents.flatMap(({ errors }) => errors.map(({ message }) => `${path}: ${message}`));
    }
    case 'dockerfile':
      return dockerfileErrors(path, text);
    case 'toml': {
      const { error } = parseTomlSyntax(text);
      return error === undefined ? [] : [`${path}: ${error}`];
    }
    case 'shell':
      return parseShellSyntax(text).errors.map(({ message }) => `${path}: ${message}`);
    case 'procfile': {
      const lines = text.split(/\r?\n/).filter((line) => /^\uFEFF?[^#\s]/.test(line));
      const { entries } = parseProcfileSyntax(text);
      return lines.length === entries.length ? [] : [`${path}: a line that is no process`];
    }
    default:
      return [];
  }
}

/** Instructions must be known, and what looks like an exec form must be one. */
function dockerfileErrors(path: string, text: string): readonly string[] {
  const known =
    /^(FROM|RUN|CMD|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)$/;
  const { stages, globals } = parseDockerfileSyntax(text);
  return [...globals, ...stages.flatMap((stage) => [stage.from, ...stage.instructions])].flatMap(
    ({ keyword, body, form }) => {
      if (!known.test(keyword)) return [`${path}: unknown instruction ${keyword}`];
      const isBroken =
        /^\s*\[/.test(body.text) && form === 'shell' && /^(CMD|ENTRYPOINT)$/.test(keyword);
      return isBroken ? [`${path}: ${keyword} is no JSON array`] : [];
    },
  );
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
