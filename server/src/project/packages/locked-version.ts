import { lockedCommit, lockedVersion } from '../../languages/lockfile';
import type { PackageInfo, ProjectModel } from '../model';

/**
 * The version of a package that the lockfile of an owner holds, for the owner itself or as something another package needs.
 * @param range the range the manifest asks for, where it does
 */
export function lockedVersionOf(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
  range = '',
): string | undefined {
  const { lockfile } = owner;
  const text = lockfile === undefined ? undefined : model.files.text(lockfile);
  return lockfile === undefined || text === undefined
    ? undefined
    : lockedVersion(lockfile, text, name, range);
}

/** The commit that the lockfile of an owner holds for a package installed from git. */
export function lockedCommitOf(
  model: ProjectModel,
  { lockfile }: PackageInfo,
  name: string,
): string | undefined {
  const text = lockfile === undefined ? undefined : model.files.text(lockfile);
  return lockfile === undefined || text === undefined
    ? undefined
    : lockedCommit(lockfile, text, name);
}
