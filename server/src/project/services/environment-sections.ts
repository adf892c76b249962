import { baseName } from '../../base/paths';
import { NOT_DEPLOYED, TESTS } from '../../vocabulary/environments';

/** Is a group of settings, or the environment that has them, one of development or tests, as opposed to what is deployed? */
export function isDevelopmentSection(name: string): boolean {
  return NOT_DEPLOYED.is(name);
}

/** Is a group of settings one of tests? */
export function isTestSection(name: string): boolean {
  return TESTS.begins(name);
}

/** Is a file one environment's settings, for development or tests (`config/development.json`, `db.test.js`)? */
export function isDevelopmentSettings(path: string): boolean {
  const stem = settingsStem(path);
  return stem !== undefined && NOT_DEPLOYED.ends(stem);
}

/** Is a file the settings of tests (`config/env/test.js`)? */
export function isTestSettings(path: string): boolean {
  const stem = settingsStem(path);
  return stem !== undefined && TESTS.ends(stem);
}

/** In lower case: a hump ends no word of a file that may be code (`useLocal.ts`). */
function settingsStem(path: string): string | undefined {
  return /^(.+)\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml)$/.exec(baseName(path).toLowerCase())?.[1];
}
