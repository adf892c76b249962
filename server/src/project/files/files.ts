import type { Span } from '../../base/span';
import type { FileKind } from '../../base/file-kinds';
import type { DockerfileSyntax } from '../../languages/dockerfile';
import type { DotenvSyntax } from '../../languages/dotenv';
import type { JsonSyntax } from '../../languages/json';
import type { ProcfileSyntax } from '../../languages/procfile';
import type { ShellSyntax } from '../../languages/shell';
import type { SourceSyntax } from '../../languages/source/syntax';
import type { TomlSyntax } from '../../languages/toml';
import type { YamlSyntax } from '../../languages/yaml';

/**
 * The files of a snapshot: texts as they were at that moment, and their syntax, parsed on demand and cached by content.
 * Synchronous and pure: everything was read before the snapshot was made.
 */
export interface ProjectFiles {
  /** Every listed path, sorted, ignored files excluded. */
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** True for a file that exists but git ignores (env and key files are still listed). */
  isIgnored(path: string): boolean;
  /** Would git ignore this path (whether it exists or not)? */
  wouldIgnore(path: string): boolean;
  /** Existing git-ignored files that matter although ignored (`.env`). */
  readonly ignoredPaths: readonly string[];
  kind(path: string): FileKind | undefined;
  text(path: string): string | undefined;
  /**
   * A piece of a text; empty where there is no such file. For those who need no more of it: they are asked again only where an edit
   * touches it.
   */
  piece(path: string, span: Span): string;
  /** Does a word stand anywhere in a text? For those who need no more of it: they are asked again only where that changes. */
  mentions(path: string, word: string): boolean;
  source(path: string): SourceSyntax | undefined;
  json(path: string): JsonSyntax | undefined;
  yaml(path: string): YamlSyntax | undefined;
  /** Has anything asked for the YAML of this file? Most of the YAML of large repositories is data. */
  isReadAsYaml(path: string): boolean;
  dockerfile(path: string): DockerfileSyntax | undefined;
  dotenv(path: string): DotenvSyntax | undefined;
  procfile(path: string): ProcfileSyntax | undefined;
  shell(path: string): ShellSyntax | undefined;
  toml(path: string): TomlSyntax | undefined;
}
