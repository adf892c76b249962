import { isInside } from '../../base/paths';
import { EXAMPLE_PACKAGES, TEMPLATE_PACKAGES } from '../../vocabulary/package-names';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo, StartCommand, Started } from '../model';
import { nearestPackage } from '../packages/packages';
import { deployJobs } from './deploy-jobs';
import { KIND_RULES } from './kind-rules';
import type { Evidence, MappedKind, PackageKind } from './kinds';
import { serverLibrary } from './signs';
import { foldersOf, packageAbove, type Deployment, type Subject } from './subject';

/** What the kinds of packages are decided from, besides the packages. */
export interface MapInput {
  readonly files: ProjectFiles;
  readonly packages: readonly PackageInfo[];
  /** Start commands that other manifests than package.json state. */
  readonly stated: readonly StartCommand[];
  started(command: StartCommand): Started;
  /** The kind that the user gave a package, by its folder. */
  given(dir: string): PackageKind | undefined;
}

/** Says what each package is to a deploy, and why. Deterministic. */
export function mapPackages(input: MapInput): ReadonlyMap<PackageInfo, MappedKind> {
  const subjects = subjectsOf(input);
  return new Map(subjects.map((subject) => [subject.info, kindOf(subject, input)]));
}

function kindOf(subject: Subject, { given }: MapInput): MappedKind {
  const evidence: Evidence[] = [];
  let kind = given(subject.info.dir);
  for (const rule of KIND_RULES) {
    if (rule.isLastResort === true && kind !== undefined) continue;
    for (const found of rule.find(subject)) {
      if (!found) continue;
      kind ??= rule.for;
      if (!evidence.some(({ says }) => says === found.says))
        evidence.push({ ...found, for: rule.for });
    }
  }
  return { kind: kind ?? 'tool', evidence };
}

function subjectsOf(input: MapInput): Subject[] {
  const { files, packages } = input;
  const deployments = deploymentsOf(input);
  const jobs = deployJobs(files, packages);
  const byName = new Map(
    packages.flatMap((info) => (info.name === undefined ? [] : [[info.name, info]])),
  );
  const dependents = new Map<PackageInfo, { info: PackageInfo; span: Evidence['span'] }[]>();
  for (const info of packages)
    for (const { name, nameSpan } of info.dependencies.values()) {
      const target = byName.get(name);
      if (!target || target === info) continue;
      const list = dependents.get(target) ?? [];
      dependents.set(target, list);
      list.push({ info, span: nameSpan });
    }
  const subjects = packages.map((info): Subject => ({
    info,
    files,
    folders: foldersOf(info.dir),
    deployments: deployments.get(info) ?? [],
    deployJobs: jobs.get(info.dir) ?? [],
    dependents: dependents.get(info) ?? [],
    above: packageAbove(packages, info),
    members: packages.filter((other) => other !== info && isInside(other.dir, info.dir)),
    isCollection: false,
  }));
  const isCollection = onlyShows(subjects);
  return isCollection ? subjects.map((subject) => ({ ...subject, isCollection })) : subjects;
}

/** A project of nothing but examples or templates has them as its apps. */
function onlyShows(subjects: readonly Subject[]): boolean {
  const members = subjects.filter(({ info }) => info.dir !== '');
  const root = subjects.find(({ info }) => info.dir === '');
  const isShown = ({ folders }: Subject): boolean =>
    folders.some((folder) => EXAMPLE_PACKAGES.is(folder) || TEMPLATE_PACKAGES.is(folder));
  const isBare =
    !root ||
    (!['main', 'exports', 'module', 'bin'].some((key) => root.info.manifest[key] !== undefined) &&
      serverLibrary(root) === undefined);
  return members.length > 0 && members.every(isShown) && isBare;
}

/** What manifests start in production, by the package whose code it is. */
function deploymentsOf({ packages, stated, started }: MapInput): Map<PackageInfo, Deployment[]> {
  const found = new Map<PackageInfo, Deployment[]>();
  for (const command of stated) {
    if (!command.production || command.process === 'release') continue;
    for (const info of started(command).packages) {
      const list = found.get(info) ?? [];
      found.set(info, list);
      const home = nearestPackage(packages, command.path);
      // The root holds what deploys the whole repository; anywhere else it is part of the package that holds it.
      const isOwn =
        home !== undefined && home.dir !== '' && isInside(command.path, shownFolder(info));
      list.push({ command, isOwn });
    }
  }
  return found;
}

/** The folder that a reader gets whole: `examples/remix` of `examples/remix/website`. */
function shownFolder({ dir }: PackageInfo): string {
  const folders = foldersOf(dir);
  const at = folders.findIndex(
    (folder) => EXAMPLE_PACKAGES.is(folder) || TEMPLATE_PACKAGES.is(folder),
  );
  return at < 0 ? dir : folders.slice(0, at + 2).join('/');
}
