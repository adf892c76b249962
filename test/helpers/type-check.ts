import { join } from 'node:path';
import ts from 'typescript';
import type { Files } from './check';

const SOURCE = /\.[cm]?[jt]sx?$/;
const PROJECT = join(import.meta.dirname, '../..');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  allowJs: true,
  checkJs: true,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
  resolveJsonModule: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
  typeRoots: [join(PROJECT, 'node_modules/@types')],
};

/** Packages that examples import are not installed: everything of them is `any`. */
const AMBIENT = ['/examples/ambient.d.ts', "declare module '*';\n"] as const;

/** Parsed once for all programs: the standard library and the types of Node. */
const libraryFiles = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks several imagined projects in one program, under `strict`.
 * @param projects files by the project's name
 * @returns by project: `path: TS<code> <message>`, without places, sorted; errors of one kind as often as they occur
 */
export function typeErrors(
  projects: Readonly<Record<string, Files>>,
): Readonly<Record<string, readonly string[]>> {
  const texts = new Map<string, string>([AMBIENT]);
  for (const [name, files] of Object.entries(projects)) {
    for (const [path, text] of Object.entries(files)) texts.set(`${folder(name)}${path}`, text);
  }
  const roots = [...texts.keys()].filter((path) => SOURCE.test(path));
  const program = ts.createProgram(roots, OPTIONS, createHost(texts));
  return Object.fromEntries(
    Object.keys(projects).map((name) => [name, errorsBelow(program, folder(name))]),
  );
}

function folder(project: string): string {
  return `/examples/${project}/`;
}

function errorsBelow(program: ts.Program, prefix: string): readonly string[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(prefix))
    .flatMap((file) =>
      [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
        .filter(({ code }) => !isLooseInJavaScript(file, code))
        .map(({ code, messageText }) => {
          const message = ts.flattenDiagnosticMessageText(messageText, ' ');
          return `${file.fileName.slice(prefix.length)}: TS${code} ${message}`;
        }),
    )
    .sort();
}

/** Missing parameter types and the like are no errors in JavaScript, strict or not. */
function isLooseInJavaScript(file: ts.SourceFile, code: number): boolean {
  return /\.[cm]?jsx?$/.test(file.fileName) && code >= 7000 && code < 8000;
}

function createHost(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const onDisk = {
    fileExists: host.fileExists.bind(host),
    readFile: host.readFile.bind(host),
    getSourceFile: host.getSourceFile.bind(host),
  };
  const isImagined = (path: string): boolean => path.startsWith('/examples/');
  const folders = new Set([...texts.keys()].flatMap(foldersAbove));
  return {
    ...host,
    getCurrentDirectory: () => '/examples',
    fileExists: (path) => (isImagined(path) ? texts.has(path) : onDisk.fileExists(path)),
    readFile: (path) => (isImagined(path) ? texts.get(path) : onDisk.readFile(path)),
    directoryExists: (path) =>
      isImagined(`${path}/`) ? folders.has(path) : ts.sys.directoryExists(path),
    realpath: (path) => path,
    getSourceFile: (path, language) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, language);
      if (!libraryFiles.has(path)) libraryFiles.set(path, onDisk.getSourceFile(path, language));
      return libraryFiles.get(path);
    },
  };
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
}

/** What is in `after` more often than in `before`. */
export function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter((error) => {
    const index = left.indexOf(error);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
