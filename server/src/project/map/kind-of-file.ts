import { baseName } from '../../base/paths';
import { DEPLOYING_FOLDERS, EXAMPLE_PACKAGES, TEST_PACKAGES } from '../../vocabulary/package-names';
import type { ProjectFiles } from '../files/files';
import { isComposePath } from '../manifests/compose';
import type { PackageInfo } from '../model';
import type { PackageKind } from './kinds';

/**
 * What a file belongs to, by its package and the folder in it.
 * @param info the nearest package above it
 */
export function kindOfFile(
  path: string,
  info: PackageInfo | undefined,
  files: ProjectFiles,
): PackageKind {
  if (files.kind(path) === 'source') return info?.kind ?? 'app';
  const inner = path.slice(info && info.dir !== '' ? info.dir.length + 1 : 0).split('/');
  for (const folder of inner.slice(0, -1)) {
    if (EXAMPLE_PACKAGES.is(folder)) return 'example';
    if (TEST_PACKAGES.is(folder)) return 'test';
  }
  if (!info) return 'app';
  if (info.dir !== '') {
    // A folder that deploys the repository may have a package of its own, to test what is in it.
    const deploys = isComposePath(path) && DEPLOYING_FOLDERS.is(baseName(info.dir));
    return deploys ? 'app' : info.kind;
  }
  // The manifests of the root deploy the repository; its package.json is its own, unless it only holds a workspace together.
  return baseName(path) === 'package.json' && info.kind !== 'tool' ? info.kind : 'app';
}
