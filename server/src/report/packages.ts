import { isInside } from '../base/paths';
import type { Finding } from '../engine/finding';
import type { PackageKind } from '../project/map/kinds';

/** A package of the analysed folder, as reports name it. */
export interface ReportPackage {
  /** Relative to the folder, empty for the folder itself. */
  readonly dir: string;
  readonly name: string | undefined;
  readonly kind: PackageKind;
  /** Folders of the packages that it depends on, directly or through others, sorted. */
  readonly uses: readonly string[];
}

/** The package that a file belongs to: the innermost whose folder it lies in. */
export function packageAt(
  packages: readonly ReportPackage[],
  path: string,
): ReportPackage | undefined {
  let best: ReportPackage | undefined;
  for (const one of packages)
    if (isInside(path, one.dir) && (!best || one.dir.length >= best.dir.length)) best = one;
  return best;
}

/** Findings by package, those of the folder itself first. */
export function groupByPackage(
  findings: readonly Finding[],
  packages: readonly ReportPackage[],
): readonly { readonly at: ReportPackage | undefined; readonly findings: readonly Finding[] }[] {
  const groups = new Map<string, { at: ReportPackage | undefined; findings: Finding[] }>();
  for (const finding of findings) {
    const at = packageAt(packages, finding.path);
    const group = groups.get(at?.dir ?? '') ?? { at, findings: [] };
    group.findings.push(finding);
    groups.set(at?.dir ?? '', group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The package with this folder (`.` is the root), else with this name. */
export function packageCalled<T extends Pick<ReportPackage, 'dir' | 'name'>>(
  packages: readonly T[],
  wanted: string,
): T | undefined {
  const dir = wanted.replace(/^\.\/?/, '').replace(/(?<!\/)\/+$/, '');
  return packages.find((one) => one.dir === dir) ?? packages.find(({ name }) => name === wanted);
}

/** The path of a package as people write it: `.` is the folder itself. */
export function packagePath(one: ReportPackage | undefined): string {
  return one === undefined || one.dir === '' ? '.' : one.dir;
}

/** Is a file of an app: in its package, or in one that it depends on? */
export function isOfApp(
  app: ReportPackage,
  packages: readonly ReportPackage[],
): (path: string) => boolean {
  const own = new Set([app.dir, ...app.uses]);
  return (path) => {
    const dir = packageAt(packages, path)?.dir;
    return dir !== undefined && own.has(dir);
  };
}
