import { folderOf } from '../../base/paths';
import type { ImportFact } from '../facts/facts';
import type { PackageInfo, ProjectModel } from '../model';
import { packageNameOf } from '../modules/builtins';

/**
 * The packages whose manifests may declare what a module imports: the nearest one that declares anything, then the workspace
 * root, or the package that its code is built and started from. A package.json that only sets `type` is no package of its own.
 */
export function declaringPackages(model: ProjectModel, path: string): readonly PackageInfo[] {
  let nearest = model.packageOf(path);
  while (nearest && nearest.dir !== '' && isMarker(nearest))
    nearest = model.packageOf(nearest.dir.includes('/') ? `${folderOf(nearest.dir)}/x` : 'x');
  if (!nearest) return [];
  if (nearest.workspaceRoot && nearest.workspaceRoot !== nearest)
    return [nearest, nearest.workspaceRoot];
  const around = startsNothing(nearest) ? model.packageOf(`${folderOf(nearest.dir)}/x`) : undefined;
  return around ? [nearest, around] : [nearest];
}

/** A list of dependencies only: the app of a monorepo that the manifest above it builds and starts (Nest's projects). */
function startsNothing(info: PackageInfo): boolean {
  return (
    info.dir !== '' &&
    ![...info.scripts.keys()].some((name) => /^(start|serve|dev|build)/.test(name))
  );
}

function isMarker(info: PackageInfo): boolean {
  return info.name === undefined && info.dependencies.size === 0;
}

/** Does one of the packages declare the name, in any dependency field? */
export function declares(packages: readonly PackageInfo[], name: string): boolean {
  return packages.some((info) => info.dependencies.has(name) || info.name === name);
}

/** The DefinitelyTyped package of a package: `@scope/name` → `@types/scope__name`. */
export function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

/**
 * The npm package an import needs although none of the packages declares it.
 * @returns undefined for everything that needs no declaration: built-ins, aliases, files, the workspace's own packages, optional
 *   imports inside try/catch
 */
export function undeclaredName(
  fact: ImportFact,
  path: string,
  packages: readonly PackageInfo[],
  model: ProjectModel,
): string | undefined {
  if (fact.kind === 'resolve' || fact.guard === 'try' || fact.specifier.includes(':'))
    return undefined;
  const resolved = model.resolveImport(path, fact.specifier);
  const name = resolved.packageName;
  if (resolved.builtin || name === undefined || resolved.path !== undefined) return undefined;
  if (packageNameOf(name) === undefined || declares(packages, name)) return undefined;
  return name;
}
