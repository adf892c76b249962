import type { ProjectFiles } from '../files/files';
import type { PackageInfo, StartCommand } from '../model';
import { commandsFromImages } from '../start/from/images';
import { commandsFromPlatforms } from '../start/from/platforms';
import { commandsFromScripts, demoteDevelopmentStarts } from '../start/from/scripts';
import { commandsFromShell } from '../start/from/shell';
import type { Project } from '../start/scope';

/**
 * Every process that the project's manifests start, as it is really started: package scripts, Dockerfiles, compose files,
 * Kubernetes objects, Procfiles, pm2, app.json, platform manifests, systemd units, supervisord, s6-overlay, start scripts. Development and other scripts are listed with
 * `production: false`. The order is that of the manifests: by kind, then by path, then as written.
 * @param packages as `findPackages` lists them, with their kinds
 * @param stated what `statedCommands` found
 */
export function startCommands(
  files: ProjectFiles,
  packages: readonly PackageInfo[],
  stated = statedCommands(files, packages),
): StartCommand[] {
  const project: Project = { files, packages };
  const known = demoteDevelopmentStarts([...commandsFromScripts(project), ...stated]);
  return [...known, ...commandsFromShell(project, known)];
}

/** The processes that other manifests than package.json start: what they start does not depend on what packages are. */
export function statedCommands(
  files: ProjectFiles,
  packages: readonly PackageInfo[],
): StartCommand[] {
  const project: Project = { files, packages };
  return [...commandsFromPlatforms(project), ...commandsFromImages(project)];
}
