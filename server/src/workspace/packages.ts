import { baseName, folderOf, isInside } from '../base/paths';
import { record } from '../base/plain-data';
import type { ProjectInput } from '../engine/analyzer';
import { jsonData, parseJsonSyntax } from '../languages/json';
import { packageCalled, type ReportPackage } from '../report/packages';
import type { ProjectModel } from '../project/model';

/** A package with the names that it depends on, for whatever reason. */
interface Named {
  readonly dir: string;
  readonly name: string | undefined;
  readonly dependencies: Iterable<string>;
}

/** The packages of a model for reports, by path. */
export function packagesOf({ packages }: ProjectModel): readonly ReportPackage[] {
  const named = packages.map((info) => ({ ...info, dependencies: info.dependencies.keys() }));
  const uses = usesOf(named);
  return packages
    .map(({ dir, name, kind }) => ({ dir, name, kind, uses: uses(dir) }))
    .sort((a, b) => (a.dir < b.dir ? -1 : a.dir > b.dir ? 1 : 0));
}

/**
 * What an analysis of one package alone needs: the package, those of the root that it depends on, directly or through others, and
 * whatever belongs to no package below the root. Of other packages the manifests stay, as they say what there is.
 * @param wanted the package's name, or its folder relative to the root; of the root itself (`.`) nothing is left out
 * @returns undefined where there is no such package
 */
export function narrowedTo(input: ProjectInput, wanted: string): ProjectInput | undefined {
  const manifests = input.paths.filter((path) => baseName(path) === 'package.json');
  const named = manifests.map((path): Named => {
    const manifest = record(jsonData(parseJsonSyntax(input.text(path) ?? ''))) ?? {};
    const { name } = manifest;
    return {
      dir: folderOf(path),
      name: typeof name === 'string' ? name : undefined,
      dependencies: DEPENDENCIES.flatMap((kind) => Object.keys(record(manifest[kind]) ?? {})),
    };
  });
  const app = packageCalled(named, wanted);
  if (!app) return undefined;
  if (app.dir === '') return input;
  const kept = [app.dir, ...usesOf(named)(app.dir)];
  const dirs = new Set(named.map((one) => one.dir));
  // What lies in a package of its own inside of one that is kept, or around it, stays as well.
  const left = new Set(
    [...dirs].filter(
      (one) => one !== '' && !kept.some((each) => isInside(each, one) || isInside(one, each)),
    ),
  );
  const isKept = (path: string): boolean => {
    if (baseName(path) === 'package.json') return true;
    let folder = folderOf(path);
    while (folder !== '' && !dirs.has(folder)) folder = folderOf(folder);
    return !left.has(folder);
  };
  const paths = input.paths.filter(isKept);
  const known = new Set([...paths, ...input.ignoredPaths]);
  return {
    ...input,
    paths,
    text: (path) => (known.has(path) ? input.text(path) : undefined),
    unreadable: input.unreadable.filter(({ path }) => isKept(path)),
  };
}

const DEPENDENCIES = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
];

/** The folders of the packages that one depends on, directly or through others, sorted. */
function usesOf(packages: readonly Named[]): (dir: string) => readonly string[] {
  const byName = new Map(
    packages.flatMap((one) => (one.name === undefined ? [] : [[one.name, one]])),
  );
  const direct = new Map(
    packages.map(({ dir, dependencies }) => [
      dir,
      [...dependencies].flatMap((name) => byName.get(name)?.dir ?? []),
    ]),
  );
  return (dir) => {
    const found = new Set<string>();
    const follow = (from: string): void => {
      for (const next of direct.get(from) ?? []) {
        if (next === dir || found.has(next)) continue;
        found.add(next);
        follow(next);
      }
    };
    follow(dir);
    return [...found].sort();
  };
}
