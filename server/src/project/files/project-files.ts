import type { FileKind } from '../../base/file-kinds';
import { fileKind, scriptKind } from '../../base/file-names';
import { parseDockerfileSyntax } from '../../languages/dockerfile';
import { parseDotenvSyntax } from '../../languages/dotenv';
import { gitMatcher, type IgnoreMatcher } from '../../languages/ignore-file';
import { parseJsonSyntax } from '../../languages/json';
import { parseProcfileSyntax } from '../../languages/procfile';
import { parseShellSyntax } from '../../languages/shell';
import type { SourceSyntax } from '../../languages/source/syntax';
import { parseTomlSyntax } from '../../languages/toml';
import { parseYamlSyntax } from '../../languages/yaml';
import type { ProjectFiles } from './files';

/** What a snapshot is made from. */
export interface ProjectFilesInput {
  /** Listed files that git does not ignore. */
  readonly paths: readonly string[];
  /** Existing git-ignored files that still matter. */
  readonly ignoredPaths: readonly string[];
  /** Listed files that git tracks although a pattern ignores them. */
  readonly trackedPaths?: readonly string[];
  text(path: string): string | undefined;
}

/**
 * Syntax by path, kept across snapshots and reused while the text is the same. One cache per root; `createProjectFiles`
 * forgets files that are gone.
 */
export interface SyntaxCache {
  get<T>(language: string, path: string, text: string, parse: (text: string) => T): T;
  /** Has this text been parsed? */
  has(language: string, path: string, text: string): boolean;
  retain(has: (path: string) => boolean): void;
}

/** Makes an empty cache. */
export function createSyntaxCache(): SyntaxCache {
  const entries = new Map<string, Map<string, { text: string; syntax: unknown }>>();
  return {
    get<T>(language: string, path: string, text: string, parse: (text: string) => T): T {
      let languages = entries.get(path);
      if (!languages) {
        languages = new Map<string, { text: string; syntax: unknown }>();
        entries.set(path, languages);
      }
      const known = languages.get(language);
      if (known?.text === text) return known.syntax as T;
      const syntax = parse(text);
      languages.set(language, { text, syntax });
      return syntax;
    },
    has: (language, path, text) => entries.get(path)?.get(language)?.text === text,
    retain(has) {
      for (const path of entries.keys()) if (!has(path)) entries.delete(path);
    },
  };
}

/**
 * Makes the file view of a snapshot. Parsing happens on first use and is cached by content.
 * @param input the files and their texts; must not change while the snapshot is used
 * @param source parses (or finds) the syntax of a source file; undefined where there is none
 * @param cache of the same root's earlier snapshots, so that unchanged files are not parsed again
 */
export function createProjectFiles(
  input: ProjectFilesInput,
  source: (path: string) => SourceSyntax | undefined,
  cache: SyntaxCache = createSyntaxCache(),
): ProjectFiles {
  const paths = [...input.paths].sort(compare);
  const ignoredPaths = [...input.ignoredPaths].sort(compare);
  const listed = new Set(paths);
  const ignored = new Set(ignoredPaths);
  const tracked = new Set(input.trackedPaths);
  const has = (path: string): boolean => listed.has(path) || ignored.has(path);
  cache.retain(has);

  const parsed = <T>(language: string, path: string, parse: (text: string) => T): T | undefined => {
    if (!has(path)) return undefined;
    const text = input.text(path);
    return text === undefined ? undefined : cache.get(language, path, text, parse);
  };
  const kindByName = (path: string): FileKind | undefined =>
    cache.get('name', path, '', () => fileKind(path));
  const gitignore = (folder: string): IgnoreMatcher | undefined =>
    parsed('gitignore', folder === '' ? '.gitignore' : `${folder}/.gitignore`, gitMatcher);

  return {
    paths,
    ignoredPaths,
    has,
    isIgnored: (path) => ignored.has(path),
    wouldIgnore: (path) => !tracked.has(path) && wouldIgnore(path, gitignore),
    kind: (path) => kindByName(path) ?? parsed('kind', path, (text) => scriptKind(path, text)),
    text: (path) => (has(path) ? input.text(path) : undefined),
    piece: (path, { start, end }) => (has(path) ? (input.text(path)?.slice(start, end) ?? '') : ''),
    // To look for the characters first takes a tenth of the time.
    mentions: (path, word) =>
      has(path) &&
      input.text(path)?.includes(word) === true &&
      new RegExp(`\\b${word}\\b`).test(input.text(path) ?? ''),
    // What code requires may be data.
    source: (path) => (has(path) && kindByName(path) !== 'json' ? source(path) : undefined),
    json: (path) => parsed('json', path, parseJsonSyntax),
    yaml: (path) => parsed('yaml', path, parseYamlSyntax),
    isReadAsYaml: (path) => has(path) && cache.has('yaml', path, input.text(path) ?? ''),
    dockerfile: (path) => parsed('dockerfile', path, parseDockerfileSyntax),
    dotenv: (path) => parsed('dotenv', path, parseDotenvSyntax),
    procfile: (path) => parsed('procfile', path, parseProcfileSyntax),
    shell: (path) => parsed('shell', path, parseShellSyntax),
    toml: (path) => parsed('toml', path, parseTomlSyntax),
  };
}

/** Git's order: each folder on the way down decides for itself; within one, the deepest .gitignore that has a word wins. */
function wouldIgnore(
  path: string,
  gitignore: (folder: string) => IgnoreMatcher | undefined,
): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  for (let length = 1; length <= parts.length; length += 1) {
    const isFolder = length < parts.length || path.endsWith('/');
    for (let folder = length - 1; folder >= 0; folder -= 1) {
      const matcher = gitignore(parts.slice(0, folder).join('/'));
      const decision = matcher?.decide(
        parts.slice(folder, length).join('/') + (isFolder ? '/' : ''),
      );
      // The folder above was let in, by a deeper file; what this file says about that folder no longer counts.
      const above = parts.slice(folder, length - 1).join('/');
      const inherited = decision === true && above !== '' && matcher?.decide(`${above}/`) === true;
      if (decision === true && !inherited) return true;
      if (decision === false) break;
    }
  }
  return false;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
