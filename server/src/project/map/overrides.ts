import { globMatcher } from '../../base/globs';
import type { PackageKind } from './kinds';

/**
 * Reads what a user says of packages.
 * @param packages kinds by glob of the package's folder, relative to the root; `.` is the root
 * @returns the kind for a package's folder: that of the last glob that matches
 */
export function givenKinds(
  packages: Readonly<Record<string, PackageKind>>,
): (dir: string) => PackageKind | undefined {
  const globs = Object.entries(packages).map(([glob, kind]) => ({
    kind,
    matches: folderMatcher(glob),
  }));
  return (dir) => globs.findLast(({ matches }) => matches(dir))?.kind;
}

/** A test for package folders; `.` and the empty folder are the root. */
export function folderMatcher(glob: string): (dir: string) => boolean {
  const plain = glob.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '');
  if (plain === '' || plain === '.') return (dir) => dir === '';
  const matches = globMatcher(plain, { dot: true });
  return (dir) => dir !== '' && matches(dir);
}
