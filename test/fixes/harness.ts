import { posix } from 'node:path';
import { parse } from 'jsonc-parser';
import ts from 'typescript';
import { fileKind } from '../../server/src/base/file-names';
import type { Span } from '../../server/src/base/span';
import { applyEdits } from '../../server/src/engine/edits/edits';
import type { FileChange } from '../../server/src/engine/finding';
import { parseDotenvSyntax } from '../../server/src/languages/dotenv';
import type { SourceSyntax } from '../../server/src/languages/source/syntax';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { createProjectFiles } from '../../server/src/project/files/project-files';
import type {
  DependencyInfo,
  EnvironmentSupply,
  EnvironmentVariable,
  ModuleInfo,
  PackageInfo,
  ProjectModel,
  ResolvedImport,
  Role,
} from '../../server/src/project/model';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

export interface ProjectOptions {
  /** Paths that exist although git ignores them. */
  readonly ignored?: readonly string[];
  /** Roles of modules, in place of those the model finds. */
  readonly roles?: Readonly<Record<string, readonly Role[]>>;
}

/** A source file with parents set, as the product hands it to fixes. */
export function source(text: string, path = 'src/server.ts'): SourceSyntax {
  const kinds = ts.ScriptKind;
  const kind = path.endsWith('.tsx') ? kinds.TSX : /\.[mc]?ts$/.test(path) ? kinds.TS : kinds.JSX;
  const sourceFile = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  return { path, text, sourceFile, embedded: false };
}

/**
 * A small model over files in memory: real files and packages, environment by text; no facts, no entry points. Enough for what
 * fixes ask, and independent of how the engine finds things out.
 */
export async function project(given: Files, options: ProjectOptions = {}): Promise<ProjectModel> {
  await loadTypeScript();
  const texts: Files = { 'package.json': '{ "name": "app" }\n', ...given };
  const ignored = new Set(options.ignored);
  const syntaxes = new Map<string, SourceSyntax>();
  const files = createProjectFiles(
    {
      paths: Object.keys(texts).filter((path) => !ignored.has(path)),
      ignoredPaths: [...ignored],
      text: (path) => texts[path],
    },
    (path) => {
      if (fileKind(path) !== 'source') return undefined;
      const syntax = syntaxes.get(path) ?? source(texts[path] ?? '', path);
      syntaxes.set(path, syntax);
      return syntax;
    },
  );
  const packages = files.paths
    .filter((path) => fileKind(path) === 'package-json')
    .map((path) => packageInfo(path, texts[path] ?? '{}'));
  const packageOf = (path: string): PackageInfo | undefined =>
    packages
      .filter(({ dir }) => dir === '' || path.startsWith(`${dir}/`))
      .sort((a, b) => b.dir.length - a.dir.length)[0];
  const modules = new Map<string, ModuleInfo>();
  for (const path of files.paths.filter((one) => fileKind(one) === 'source')) {
    const roles = new Set<Role>(options.roles?.[path] ?? ['web']);
    const specifiers = (texts[path] ?? '').matchAll(
      /(?:from|require\(|import)\s*['"]([^'"]+)['"]/g,
    );
    const imports = [...specifiers].map((match) => resolveRelative(texts, path, match[1] ?? ''));
    const known = { entryPoints: [], imports, isLoadedByApp: true };
    modules.set(path, { path, package: packageOf(path), roles, ...known });
  }
  const model: Omit<ProjectModel, 'callSites' | 'requestReach'> = {
    files,
    packages,
    entryPoints: [],
    commands: [],
    started: () => ({ packages: [], entries: [] }),
    kindOf: () => 'app',
    modules,
    facts: new Map(),
    environment: environmentOf(texts),
    packageOf,
    resolveImport: (from, specifier) => resolveRelative(texts, from, specifier),
    resolve: (value) => value,
    reachable: () => new Set(),
    meanings: () => [],
  };
  // Fixes work on text and syntax; a fix that asks for something that is not here is meant to fail its test.
  return model as ProjectModel;
}

function resolveRelative(texts: Files, from: string, specifier: string): ResolvedImport {
  const base = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
  const stem = base?.replace(/\.[cm]?js$/, '');
  const candidates = ['', '.ts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'].map(
    (end) => `${stem ?? ''}${end}`,
  );
  return {
    specifier,
    span: { start: 0, end: 0 },
    path: base === undefined ? undefined : [base, ...candidates].find((path) => path in texts),
    packageName: base === undefined ? specifier : undefined,
    builtin: false,
    typeOnly: false,
  };
}

function environmentOf(texts: Files): Map<string, EnvironmentVariable> {
  type Mutable = { reads: EnvironmentVariable['reads'][number][]; supplies: EnvironmentSupply[] };
  const variables = new Map<string, Mutable>();
  const variable = (name: string): Mutable => {
    const known = variables.get(name) ?? { reads: [], supplies: [] };
    variables.set(name, known);
    return known;
  };
  const read = /process\.env\.(\w+)(?:\s*(\?\?|\|\|)\s*(?:'([^']*)'|"([^"]*)"|(\d+)))?/g;
  for (const [path, text] of Object.entries(texts)) {
    if (fileKind(path) === 'source') {
      for (const match of text.matchAll(read)) {
        const [whole, name = '', operator, single, double, number] = match;
        const span = { start: match.index, end: match.index + whole.length };
        const value = single ?? double ?? (number === undefined ? undefined : Number(number));
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
            ...(value === undefined
              ? {}
              : { fallback: { kind: 'literal', value, direct: true, span } as const }),
          },
        });
      }
    } else if (fileKind(path) === 'dotenv') {
      const kind = /example|sample|template/.test(path) ? 'example' : 'env-file';
      for (const { name, nameSpan, value } of parseDotenvSyntax(text).entries) {
        variable(name).supplies.push({ path, span: nameSpan, kind, value });
      }
    }
  }
  return new Map([...variables].map(([name, one]) => [name, { name, ...one }]));
}

function packageInfo(manifestPath: string, text: string): PackageInfo {
  const manifest = (parse(text) ?? {}) as Record<string, unknown>;
  const dependencies = new Map<string, DependencyInfo>();
  const none = { start: 0, end: 0 };
  for (const kind of [
    'devDependencies',
    'peerDependencies',
    'optionalDependencies',
    'dependencies',
  ] as const) {
    for (const [name, range] of Object.entries((manifest[kind] ?? {}) as Record<string, string>)) {
      dependencies.set(name, { name, range, kind, rangeSpan: none, nameSpan: none });
    }
  }
  return {
    dir: manifestPath === 'package.json' ? '' : posix.dirname(manifestPath),
    manifestPath,
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
    evidence: [],
    manifest,
  };
}

/** The span of a part of a text; `occurrence` counts from 1. */
export function spanIn(text: string, part: string, occurrence = 1): Span {
  let start = -1;
  for (let count = 0; count < occurrence; count += 1) {
    start = text.indexOf(part, start + 1);
    if (start < 0) throw new Error(`no ${part} (${occurrence}) in the text`);
  }
  return { start, end: start + part.length };
}

/** The files after a change, unchanged ones included. */
export function applyChanges(files: Files, changes: readonly FileChange[]): Record<string, string> {
  const result: Record<string, string> = { ...files };
  for (const change of changes) {
    if (change.kind === 'create') {
      if (change.path in files) throw new Error(`creates ${change.path}, which exists`);
      result[change.path] = change.text;
    } else {
      const before = files[change.path];
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
