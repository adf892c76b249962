import type { PackageInfo } from '../model';

/**
 * Is a package a library that is published? Whoever installs it has deploys, it has none: what it finds out about the environment it
 * runs in is its work. A private package of a workspace belongs to the apps that load it.
 */
export function isPublished(info: PackageInfo | undefined): boolean {
  return (
    info?.kind === 'library' && !info.isPrivate && typeof info.manifest['version'] === 'string'
  );
}
