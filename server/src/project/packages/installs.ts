import { baseName } from '../../base/paths';

/** What an installing command line does. */
export interface InstallCall {
  readonly manager: 'npm' | 'yarn' | 'pnpm' | 'bun';
  /** `locked`: exactly the lockfile. `project`: the project's dependencies, the lockfile may change. */
  readonly scope: 'project' | 'locked' | 'packages' | 'global';
  /** Package specs given on the line. */
  readonly packages: readonly string[];
  readonly flags: readonly string[];
}

/** Reads an install command of a package manager; undefined for any other command line. */
export function readInstall(argv: readonly string[]): InstallCall | undefined {
  const start = argv[0] === 'corepack' || argv[0] === 'sudo' ? 1 : 0;
  const manager = baseName(argv[start] ?? '').replace(/\.(cmd|exe)$/, '');
  if (manager !== 'npm' && manager !== 'yarn' && manager !== 'pnpm' && manager !== 'bun')
    return undefined;
  const rest = argv.slice(start + 1);
  const flags = rest.filter((word) => word.startsWith('-'));
  const words = positionals(rest);
  const [verb, ...packages] = words;
  const isGlobal = flags.some(
    (flag) => flag === '-g' || flag === '--global' || flag === '--location=global',
  );
  const call = (scope: InstallCall['scope'], specs: readonly string[] = []): InstallCall => ({
    manager,
    scope,
    packages: specs,
    flags,
  });
  if (manager === 'yarn') return yarnInstall(words, flags);
  if (manager === 'npm' && /^(ci|clean-install|ic|install-clean|isntall-clean)$/.test(verb ?? ''))
    return call('locked');
  if (!/^(install|i|in|ins|inst|add|isntall)$/.test(verb ?? '')) return undefined;
  if (isGlobal) return call('global', packages);
  if (packages.length > 0) return call('packages', packages);
  // What it does not know, npm passes over: `--frozen-lockfile` is a flag of the others.
  const own = manager === 'npm' ? OF_NPM : OF_OTHERS;
  const frozen = flags.some((flag) => own.test(flag));
  return call(frozen ? 'locked' : 'project');
}

const OF_NPM = /^--package-lock-only(=true)?$/;
const OF_OTHERS = /^--(frozen-lockfile|lockfile-only|immutable)(=true)?$/;

function yarnInstall(
  [verb, ...packages]: readonly string[],
  flags: readonly string[],
): InstallCall | undefined {
  const call = (scope: InstallCall['scope'], specs: readonly string[] = []): InstallCall => ({
    manager: 'yarn',
    scope,
    packages: specs,
    flags,
  });
  if (verb === 'global')
    return packages[0] === 'add' ? call('global', packages.slice(1)) : undefined;
  if (verb === 'add') return call('packages', packages);
  if (verb !== undefined && verb !== 'install') return undefined;
  if (flags.some((flag) => /^(-v|--version|-h|--help)$/.test(flag))) return undefined;
  return call(
    flags.some((flag) => /^--(frozen-lockfile|immutable)$/.test(flag)) ? 'locked' : 'project',
  );
}

const VALUED = new Set([
  '--prefix',
  '-C',
  '--dir',
  '--cwd',
  '--registry',
  '--cache',
  '--userconfig',
  '--loglevel',
  '--omit',
  '--include',
  '--filter',
  '-F',
  '--workspace',
  '-w',
  '--network-timeout',
  '--network-concurrency',
  '--store-dir',
  '--cache-folder',
  '--modules-folder',
  '--mutex',
  '--fetch-timeout',
  '--fetch-retries',
  '--only',
  '--maxsockets',
  '--tag',
]);

function positionals(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (VALUED.has(word)) index++;
    else if (!word.startsWith('-')) result.push(word);
  }
  return result;
}
