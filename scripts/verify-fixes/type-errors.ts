import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Names that are not there; what a fix forgets to import or declares twice shows in JavaScript too. */
const SCOPE_ERRORS = new Set([2304, 2552, 2300, 2451, 2448, 2454, 2588]);
/** Modules and types that are declared, and not installed here. */
const NOT_INSTALLED = new Set([2307, 2792, 7016, 2580, 2591, 2688, 2354]);
/** Node's own types, for repositories whose dependencies are not installed. */
const NODE_TYPES = {
  types: ['node'],
  typeRoots: [fileURLToPath(new URL('../../node_modules/@types', import.meta.url))],
};

/**
 * What the compiler says of a repository under its own configuration files; where it has none, what it says of names in scope.
 * @returns how often each message occurs, by file and message without line numbers, so that two states can be compared
 */
export function typeErrors(folder: string): ReadonlyMap<string, number> {
  const configs = configFiles(folder);
  const counts = new Map<string, number>();
  const programs = configs.length > 0 ? configs.flatMap((path) => configured(path, folder)) : [];
  for (const program of [...programs, scriptProgram(folder)].filter((each) => each !== undefined)) {
    const isScript = program.getCompilerOptions().checkJs === true;
    const isNotInstalled = lacksMetaTypes(program, folder)
      ? (text: string): boolean => text.endsWith("on type 'ImportMeta'.")
      : (): boolean => false;
    for (const file of program.getSourceFiles()) {
      const path = relative(folder, file.fileName);
      if (path.startsWith('..') || path.includes('node_modules') || file.isDeclarationFile)
        continue;
      for (const diagnostic of [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ]) {
        if (NOT_INSTALLED.has(diagnostic.code)) continue;
        if (isScript && diagnostic.code >= 2000 && !SCOPE_ERRORS.has(diagnostic.code)) continue;
        const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
        if (isNotInstalled(text)) continue;
        const key = `${path}: TS${diagnostic.code} ${text}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** Messages that are there more often after than before. */
export function newErrors(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly string[] {
  return [...after].filter(([key, count]) => count > (before.get(key) ?? 0)).map(([key]) => key);
}

/** Does an own file refer to types of a bundler that are not installed, such as those of `import.meta.env`? */
function lacksMetaTypes(program: ts.Program, folder: string): boolean {
  const options = program.getCompilerOptions();
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder) && !fileName.includes('node_modules'))
    .some(({ fileName, typeReferenceDirectives }) =>
      typeReferenceDirectives.some(
        (types) =>
          !ts.resolveTypeReferenceDirective(types.fileName, fileName, options, ts.sys)
            .resolvedTypeReferenceDirective,
      ),
    );
}

function configured(path: string, folder: string): ts.Program | undefined {
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as {
    config?: unknown;
  };
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, dirname(path));
  if (parsed.fileNames.length === 0) return undefined;
  const options = {
    ...parsed.options,
    ...(existsSync(join(folder, 'node_modules')) ? {} : NODE_TYPES),
    noEmit: true,
    composite: false,
    incremental: false,
  };
  return ts.createProgram(parsed.fileNames, options);
}

/** Plain JavaScript: only names are looked at. */
function scriptProgram(folder: string): ts.Program | undefined {
  const files = sourceFiles(folder).filter((path) => /\.[cm]?jsx?$/.test(path));
  if (files.length === 0) return undefined;
  return ts.createProgram(files, {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    noResolve: true,
    ...NODE_TYPES,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    jsx: ts.JsxEmit.Preserve,
  });
}

function configFiles(folder: string): readonly string[] {
  const own = join(folder, 'tsconfig.json');
  if (existsSync(own)) return [own];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
    .flatMap(({ name }) => configFiles(join(folder, name)));
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    const isOwn = entry.isDirectory() && !/^(\.|node_modules$|dist$|build$)/.test(entry.name);
    return isOwn ? sourceFiles(path) : [];
  });
}
