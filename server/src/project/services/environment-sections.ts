/** Is a group of settings named for development or tests, as opposed to what is deployed? */
export function isDevelopmentSection(name: string): boolean {
  return /^(dev|devel|develop|development|local|localhost|test|tests|testing|e2e|ci|docker-?dev)$/i.test(
    name,
  );
}

/** Is a file one environment's settings, for development or tests (`config/development.json`, `db.test.js`)? */
export function isDevelopmentSettings(path: string): boolean {
  return /(^|[/.-])(dev|devel|development|local|test|tests|testing|e2e|ci)\.([cm]?[jt]sx?|json5?|jsonc|ya?ml|toml)$/i.test(
    path,
  );
}

/** Is a file the settings of tests (`config/env/test.js`)? */
export function isTestSettings(path: string): boolean {
  return /(^|[/.-])(tests?|testing|e2e|ci)\.([cm]?[jt]sx?|json5?|jsonc|ya?ml|toml)$/i.test(path);
}
