import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from './usage-error';

/**
 * The folder that was named.
 * @param dir as given, relative to `cwd` or absolute
 * @returns its absolute path
 * @throws UsageError when it is missing, no folder, or cannot be read
 */
export async function existingFolder(dir: string, cwd: string): Promise<string> {
  const folder = resolve(cwd, dir);
  const stats = await stat(folder).catch((error: unknown) => {
    throw new UsageError(
      codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
        ? `There is no folder ${dir}`
        : `The folder ${dir} cannot be read: ${messageOf(error)}`,
    );
  });
  if (!stats.isDirectory()) {
    throw new UsageError(`${dir} is a file; give the folder to analyse`);
  }
  await access(folder, constants.R_OK | constants.X_OK).catch((error: unknown) => {
    throw new UsageError(`The folder ${dir} cannot be read: ${messageOf(error)}`);
  });
  return folder;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
