import { FRAMEWORK_FILES, type FrameworkFile } from '../libraries/framework-files';
import type { PackageInfo } from '../model';

const byPackage = new WeakMap<PackageInfo, readonly FrameworkFile[]>();
const ANYWHERE = FRAMEWORK_FILES.filter(({ frameworks }) => frameworks === undefined);

/**
 * What frameworks do with a file, by its place in its package.
 * @param info the package it lies in
 */
export function frameworkFiles(
  path: string,
  info: PackageInfo | undefined,
): readonly FrameworkFile[] {
  const inPackage = info && info.dir !== '' ? path.slice(info.dir.length + 1) : path;
  return conventionsOf(info).filter(({ place }) => place.test(inPackage));
}

/** Those of the frameworks that a package declares; asked for every file. */
function conventionsOf(info: PackageInfo | undefined): readonly FrameworkFile[] {
  if (!info) return ANYWHERE;
  let found = byPackage.get(info);
  if (!found) {
    found = FRAMEWORK_FILES.filter(
      ({ frameworks }) => frameworks?.some((name) => info.dependencies.has(name)) ?? true,
    );
    byPackage.set(info, found);
  }
  return found;
}
