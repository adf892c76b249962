import type { RelatedLocation } from '../../../base/span';
import {
  hasDeploySettings,
  isDataFile,
  isSettingsName,
} from '../../../project/environment/config-files';
import type { EnvironmentFact } from '../../../project/facts/facts';
import type { ProjectFiles } from '../../../project/files/files';

const MOUNTED_SECRET =
  /^\/(var\/)?run\/secrets\/|^\/etc\/(ssl|pki|hosts|resolv|os-release|passwd|timezone)/;

/** What there is to say of a file that code reads, as far as it holds settings that differ between deploys. */
export interface SettingsRead {
  readonly message: 'absolute' | 'ignored' | 'tree';
  /** Reads of one key are one fact. */
  readonly key: string;
}

/** @param file relative to the root, or absolute */
export function settingsRead(file: string, files: ProjectFiles): SettingsRead | undefined {
  if (!isDataFile(file)) return undefined;
  if (file.startsWith('/')) {
    const isSettings = isSettingsName(file) || /^\/(etc|opt|usr\/local\/etc|config)\//.test(file);
    return isSettings && !MOUNTED_SECRET.test(file)
      ? { message: 'absolute', key: file }
      : undefined;
  }
  if (!isSettingsName(file)) return undefined;
  if (!files.has(file))
    return files.wouldIgnore(file) ? { message: 'ignored', key: file } : undefined;
  return hasDeploySettings(file, files) ? { message: 'tree', key: file } : undefined;
}

/** Do variables come before what the file says: `process.env.PORT || config.port`, `{ ...file, ...process.env }`? */
export function isOverridden(environment: readonly EnvironmentFact[]): boolean {
  return environment.some(
    ({ name, fallback }) =>
      name === '*' || name === undefined || (fallback !== undefined && fallback.kind !== 'literal'),
  );
}

/** Points at the file with the settings that code reads. */
export function settingsFile(path: string): RelatedLocation {
  return { path, span: { start: 0, end: 0 }, message: 'the settings' };
}
