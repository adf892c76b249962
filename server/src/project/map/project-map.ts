import type { ProjectModel } from '../model';
import type { Evidence, PackageKind } from './kinds';
import { processesOf, type AppProcess } from './processes';

/** What a project is to a deploy: its packages, what each is and why, and the processes of its apps. */
export interface ProjectMap {
  readonly packages: readonly MappedPackage[];
}

/** One package of the map. */
export interface MappedPackage {
  /** Relative to the root; empty for the root itself. */
  readonly path: string;
  readonly name: string | undefined;
  readonly kind: PackageKind;
  readonly evidence: readonly Evidence[];
  readonly processes: readonly AppProcess[];
}

/** Draws the map of a project, its packages by path. */
export function projectMap(model: ProjectModel): ProjectMap {
  const packages = model.packages.map((info) => ({
    path: info.dir,
    name: info.name,
    kind: info.kind,
    evidence: info.evidence,
    processes: processesOf(info, model),
  }));
  return { packages: packages.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };
}
