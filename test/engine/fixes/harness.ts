import ts from 'typescript';
import { applyEdits } from '../../../server/src/engine/edits';
import type { FileChange } from '../../../server/src/engine/finding';
import { parseDockerfileSyntax } from '../../../server/src/languages/dockerfile';
import type { DotenvEntry, DotenvSyntax } from '../../../server/src/languages/dotenv';
import { parseJsonSyntax } from '../../../server/src/languages/json';
import type { SourceSyntax } from '../../../server/src/languages/source/syntax';
import { parseYamlSyntax } from '../../../server/src/languages/yaml';
import type { FileKind, ProjectFiles } from '../../../server/src/project/files';
import type {
  DependencyInfo,
  DependencyKind,
  EnvironmentSupply,
  EnvironmentVariable,
  ModuleInfo,
  PackageInfo,
  ProjectModel,
  Role,
} from '../../../server/src/project/model';

export interface FakeOptions {
  /** Paths that git ignores, existing or not; a trailing `*` matches any rest. */
  readonly ignored?: readonly string[];
  readonly roles?: Readonly<Record<string, readonly Role[]>>;
}

/** A source file with parents set, as the product hands it to fixes. */
export function source(text: string, path = 'src/server.ts'): SourceSyntax {
  const kind = /\.tsx$/.test(path)
    ? ts.ScriptKind.TSX
    : /\.[mc]?ts$/.test(path)
      ? ts.ScriptKind.TS
      : ts.ScriptKind.JSX;
  const sourceFile = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  return { path, text, sourceFile, embedded: false };
}

/** A small model over files in memory: packages, files, environment reads by text. No facts. */
export function fakeProject(
  files: Readonly<Record<string, string>>,
  options: FakeOptions = {},
): ProjectModel {
  const ignored = (path: string): boolean =>
    (options.ignored ?? []).some((one) =>
      one.endsWith('*') ? path.startsWith(one.slice(0, -1)) : one === path,
    );
  const packages = Object.keys(files)
    .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
    .map((path) => packageInfo(path, files[path] ?? '{}'));
  const packageOf = (path: string): PackageInfo | undefined =>
    packages
      .filter((one) => one.dir === '' || path.startsWith(`${one.dir}/`))
      .sort((a, b) => b.dir.length - a.dir.length)[0];
  const sources = Object.keys(files).filter((path) => /\.[mc]?[jt]sx?$/.test(path));
  const modules = new Map<string, ModuleInfo>(
    sources.map((path) => [
      path,
      {
        path,
        package: packageOf(path),
        roles: new Set(options.roles?.[path] ?? ['web']),
        entryPoints: [],
        imports: [],
      },
    ]),
  );
  return {
    files: projectFiles(files, ignored),
    packages,
    entryPoints: [],
    commands: [],
    modules,
    facts: new Map(),
    environment: environmentOf(files),
    packageOf,
    resolveImport: (_from, specifier) => ({
      specifier,
      span: { start: 0, end: 0 },
      path: undefined,
      packageName: specifier,
      builtin: false,
      typeOnly: false,
    }),
    resolve: (value) => value,
    reachable: () => new Set(),
    meanings: () => [],
  };
}

function projectFiles(
  files: Readonly<Record<string, string>>,
  ignored: (path: string) => boolean,
): ProjectFiles {
  const syntaxes = new Map<string, SourceSyntax>();
  const text = (path: string): string | undefined => files[path];
  const parsed = <T>(path: string, parse: (content: string) => T): T | undefined => {
    const content = files[path];
    return content === undefined ? undefined : parse(content);
  };
  return {
    paths: Object.keys(files)
      .filter((path) => !ignored(path))
      .sort(),
    ignoredPaths: Object.keys(files).filter(ignored).sort(),
    has: (path) => path in files,
    isIgnored: (path) => path in files && ignored(path),
    wouldIgnore: ignored,
    kind: fileKind,
    text,
    source: (path) => {
      const known = syntaxes.get(path);
      if (known) return known;
      const content = files[path];
      if (content === undefined) return undefined;
      const syntax = source(content, path);
      syntaxes.set(path, syntax);
      return syntax;
    },
    json: (path) => parsed(path, parseJsonSyntax),
    yaml: (path) => parsed(path, parseYamlSyntax),
    dockerfile: (path) => parsed(path, parseDockerfileSyntax),
    dotenv: (path) => parsed(path, dotenv),
    procfile: () => undefined,
    shell: () => undefined,
    toml: () => undefined,
  };
}

function fileKind(path: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'package.json') return 'package-json';
  if (/\.[mc]?[jt]sx?$/.test(name)) return 'source';
  if (/\.env|^env\./.test(name)) return 'dotenv';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return 'text';
}

function dotenv(text: string): DotenvSyntax {
  const entries: DotenvEntry[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const content = line.replace(/\r$/, '');
    const match = /^(\s*(#\s*)?(?:export\s+)?)([A-Za-z_]\w*)=(.*)$/.exec(content);
    if (match) {
      const [, lead = '', comment, name = '', raw = ''] = match;
      const nameStart = offset + lead.length;
      const valueStart = nameStart + name.length + 1;
      entries.push({
        name,
        nameSpan: { start: nameStart, end: nameStart + name.length },
        value: raw.trim().replace(/^(["'])(.*)\1$/, '$2'),
        valueSpan: { start: valueStart, end: valueStart + raw.length },
        lineSpan: { start: offset, end: offset + content.length },
        commented: comment !== undefined,
      });
    }
    offset += line.length + 1;
  }
  return { text, entries };
}

function environmentOf(files: Readonly<Record<string, string>>): Map<string, EnvironmentVariable> {
  const variables = new Map<
    string,
    { reads: EnvironmentVariable['reads'][number][]; supplies: EnvironmentSupply[] }
  >();
  const variable = (name: string) => {
    const known = variables.get(name) ?? { reads: [], supplies: [] };
    variables.set(name, known);
    return known;
  };
  for (const [path, text] of Object.entries(files)) {
    for (const match of text.matchAll(
      /process\.env\.(\w+)(?:\s*(\?\?|\|\|)\s*(['"]([^'"]*)['"]|\d+))?/g,
    )) {
      const [whole, name = '', operator, literal, string] = match;
      const span = { start: match.index, end: match.index + whole.length };
      variable(name).reads.push({
        path,
        fact: {
          name,
          span,
          fn: 0,
          via: 'direct',
          required: false,
          write: false,
          ...(operator === '??' || operator === '||' ? { operator } : {}),
          ...(literal === undefined
            ? {}
            : {
                fallback: {
                  kind: 'literal',
                  value: string ?? Number(literal),
                  direct: true,
                  span,
                } as const,
              }),
        },
      });
    }
    if (fileKind(path) !== 'dotenv') continue;
    for (const entry of dotenv(text).entries) {
      const kind = /example|sample|template/.test(path) ? 'example' : 'env-file';
      variable(entry.name).supplies.push({ path, span: entry.nameSpan, kind, value: entry.value });
    }
  }
  return new Map([...variables].map(([name, one]) => [name, { name, ...one }]));
}

function packageInfo(path: string, text: string): PackageInfo {
  const manifest = JSON.parse(text.replace(/,(\s*[}\]])/g, '$1')) as Record<string, unknown>;
  const dependencies = new Map<string, DependencyInfo>();
  const kinds: DependencyKind[] = [
    'devDependencies',
    'peerDependencies',
    'optionalDependencies',
    'dependencies',
  ];
  const none = { start: 0, end: 0 };
  for (const kind of kinds) {
    for (const [name, range] of Object.entries((manifest[kind] ?? {}) as Record<string, string>)) {
      dependencies.set(name, { name, range, kind, rangeSpan: none, nameSpan: none });
    }
  }
  return {
    dir: path === 'package.json' ? '' : path.slice(0, -'/package.json'.length),
    manifestPath: path,
    name: manifest['name'] as string | undefined,
    isModule: manifest['type'] === 'module',
    isPrivate: manifest['private'] === true,
    scripts: new Map(),
    dependencies,
    manager: 'npm',
    lockfile: undefined,
    workspaceRoot: undefined,
    outputs: [],
    bundled: false,
    kind: 'app',
    manifest,
  };
}

/** The span of a part of a text; `occurrence` counts from 1. */
export function spanIn(text: string, part: string, occurrence = 1): { start: number; end: number } {
  let start = -1;
  for (let count = 0; count < occurrence; count += 1) {
    start = text.indexOf(part, start + 1);
    if (start < 0) throw new Error(`no ${part} (${occurrence}) in the text`);
  }
  return { start, end: start + part.length };
}

/** The files after a change, unchanged ones included. */
export function applyChanges(
  files: Readonly<Record<string, string>>,
  changes: readonly FileChange[],
): Record<string, string> {
  const result = { ...files };
  for (const change of changes) {
    if (change.kind === 'create') {
      if (change.path in files) throw new Error(`creates ${change.path}, which exists`);
      result[change.path] = change.text;
    } else {
      const before = result[change.path];
      if (before === undefined) throw new Error(`edits ${change.path}, which does not exist`);
      result[change.path] = applyEdits(before, change.edits);
    }
  }
  return result;
}

/** Syntax errors of a text, as messages. */
export function syntaxErrorsOf(text: string, path = 'src/server.ts'): string[] {
  const { sourceFile } = source(text, path);
  const { parseDiagnostics = [] } = sourceFile as ts.SourceFile & {
    parseDiagnostics?: ts.Diagnostic[];
  };
  return parseDiagnostics.map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' '));
}

const libraryFiles = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks files in memory under `strict`, with Node's types.
 * @param files by path; every TypeScript file is a root; add ambient `*.d.ts` files for packages
 * @returns messages, `path: text`
 */
export function typeErrorsOf(
  files: Readonly<Record<string, string>>,
  overrides: ts.CompilerOptions = {},
): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    esModuleInterop: true,
    allowJs: true,
    noEmit: true,
    skipLibCheck: true,
    jsx: ts.JsxEmit.Preserve,
    types: ['node'],
    ...overrides,
  };
  const root = `${process.cwd()}/virtual`;
  const host = ts.createCompilerHost(options);
  const own = (path: string): string | undefined =>
    path.startsWith(`${root}/`) ? files[path.slice(root.length + 1)] : undefined;
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (path, version, ...rest) => {
    const text = own(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version, true);
    if (!libraryFiles.has(path))
      libraryFiles.set(path, getSourceFile.call(host, path, version, ...rest));
    return libraryFiles.get(path);
  };
  host.fileExists = (path) => own(path) !== undefined || fileExists.call(host, path);
  host.readFile = (path) => own(path) ?? readFile.call(host, path);
  const roots = Object.keys(files).filter((path) => /\.[mc]?tsx?$/.test(path));
  const program = ts.createProgram(
    roots.map((path) => `${root}/${path}`),
    options,
    host,
  );
  return ts.getPreEmitDiagnostics(program).map((one) => {
    const message = ts.flattenDiagnosticMessageText(one.messageText, ' ');
    return `${one.file?.fileName.slice(root.length + 1) ?? ''}: ${message}`;
  });
}
