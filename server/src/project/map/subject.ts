import { baseName, folderOf, isInside } from '../../base/paths';
import type { Span } from '../../base/span';
import { jsonAt, jsonInnerSpan } from '../../languages/json';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo, StartCommand } from '../model';
import type { Evidence } from './kinds';

/** A start command that a manifest other than package.json states for production, for the package whose code it runs. */
export interface Deployment {
  readonly command: StartCommand;
  /** Stated in a folder of the package itself: what a reader of an example gets with it. */
  readonly isOwn: boolean;
}

/** The start of a file, where all of it is meant. */
export const START: Span = { start: 0, end: 0 };

/** Something that a manifest says of a package. */
export type Statement = Omit<Evidence, 'for'>;

/** One package as the rules of the map see it, with the packages around it. */
export interface Subject {
  readonly info: PackageInfo;
  readonly files: ProjectFiles;
  /** The names of the folders that lead to it, the outermost first; empty for the root. */
  readonly folders: readonly string[];
  readonly deployments: readonly Deployment[];
  /** Places in jobs of continuous integration that deploy something and name the package's folder. */
  readonly deployJobs: readonly Statement[];
  /** Packages of the project that declare it as a dependency, with the place where they do. */
  readonly dependents: readonly { readonly info: PackageInfo; readonly span: Span }[];
  /** The package in whose folder this one lies. */
  readonly above: PackageInfo | undefined;
  /** The packages below it. */
  readonly members: readonly PackageInfo[];
  /** Is there nothing else in the project than packages in folders of examples or templates? */
  readonly isCollection: boolean;
}

/** The place of a key's value in the package's own package.json; its start where there is no such key. */
export function atKey(
  { info, files }: Subject,
  ...keys: readonly string[]
): Pick<Evidence, 'path' | 'span'> {
  const syntax = files.json(info.manifestPath);
  for (let length = keys.length; length > 0; length -= 1) {
    const node = jsonAt(syntax, keys.slice(0, length));
    if (node) return { path: info.manifestPath, span: jsonInnerSpan(node) };
  }
  return { path: info.manifestPath, span: START };
}

/** The folders that lead to a package, the outermost first. */
export function foldersOf(dir: string): readonly string[] {
  return dir === '' ? [] : dir.split('/');
}

/** The nearest package above another one. */
export function packageAbove(
  packages: readonly PackageInfo[],
  { dir }: PackageInfo,
): PackageInfo | undefined {
  if (dir === '') return undefined;
  const folder = folderOf(dir);
  return packages
    .filter((other) => other.dir !== dir && isInside(folder, other.dir))
    .reduce<PackageInfo | undefined>(
      (best, other) => (best && best.dir.length >= other.dir.length ? best : other),
      undefined,
    );
}

/** The last folder of a package's path; its name without a scope for the root. */
export function ownName({ info }: Subject): string {
  return info.dir === '' ? (info.name ?? '').replace(/^@[^/]+\//, '') : baseName(info.dir);
}
