import semver from 'semver';
import type { PackageInfo, ProjectModel } from '../model';
import { declaredBinary } from '../packages/binaries';
import { readRunner } from './command-lines/runners';
import { unwrap } from './command-lines/wrappers';

/** A program that a package manager fetches from the registry when it is not installed: `npx prisma@5 migrate deploy`. */
export interface FetchedProgram {
  /** `npx`, `pnpm dlx` … */
  readonly runner: string;
  /** The package or binary, without version. */
  readonly name: string;
  /** As written: `5`, `1.2.3`, `latest`. */
  readonly version: string | undefined;
  /** The program's words, its name without version. */
  readonly argv: readonly string[];
}

/**
 * Reads a command line that may fetch what it runs; wrappers (`cross-env`, `dotenv --`) are seen through.
 * @returns undefined for any other line, and where installing is forbidden (`--no-install`)
 */
export function fetchedProgram(words: readonly string[]): FetchedProgram | undefined {
  let argv = words;
  for (let wrapper = unwrap(argv); wrapper && !wrapper.isText; wrapper = unwrap(argv))
    argv = argv.slice(wrapper.start);
  const call = readRunner(argv);
  if (call?.kind !== 'program' || call.isText || !isFetcher(call.runner)) return undefined;
  const options = argv.slice(0, call.start);
  if (options.some((word) => /^--(no-install|no|offline|workspace|workspaces)$|^-w$/.test(word)))
    return undefined;
  const [written = '', ...rest] = argv.slice(call.start);
  const at = options.findIndex((word) => /^(-p|--package)(=|$)/.test(word));
  const spec = at < 0 ? written : (/=(.*)/.exec(options[at] ?? '')?.[1] ?? options[at + 1] ?? '');
  return {
    runner: call.runner,
    ...nameAndVersion(spec),
    argv: [nameAndVersion(written).name, ...rest],
  };
}

/** Does a wrapper of a start command's step fetch what is not installed? */
export function isFetcher(runner: string): boolean {
  return /^(npx|pnpx|bunx|npm exec|yarn dlx|pnpm dlx)$/.test(runner);
}

/** `@scope/name@1.2` → name and version. */
export function nameAndVersion(spec: string): {
  readonly name: string;
  readonly version: string | undefined;
} {
  const [, name = spec, version] = /^(@?[^@]+)(?:@(.+))?$/.exec(spec) ?? [];
  return { name, version };
}

/** Exactly one version: fetched anew, but always the same. */
export function isExactVersion(version: string | undefined): boolean {
  return version !== undefined && semver.valid(version) !== null;
}

/** Does the manifest (or the workspace around it) provide a program, so that nothing is fetched? */
export function providesProgram(model: ProjectModel, owner: PackageInfo, name: string): boolean {
  return (
    /^(npm|npx|node|corepack|yarn|pnpm|bun)$/.test(name) ||
    owner.dependencies.has(name) ||
    owner.workspaceRoot?.dependencies.has(name) === true ||
    declaredBinary(owner, name) !== undefined ||
    model.packages.some(
      (info) =>
        info.name === name ||
        // Package managers put the programs of all members where the root finds them.
        (info.workspaceRoot === owner && declaredBinary(info, name) !== undefined),
    ) ||
    isBinaryOfLocked(model, owner, name)
  );
}

/** npm's lockfile lists the binaries of everything it installs. */
function isBinaryOfLocked(model: ProjectModel, { lockfile }: PackageInfo, name: string): boolean {
  const text = lockfile?.endsWith('.json') === true ? model.files.text(lockfile) : undefined;
  const key = `"${name}":`;
  return [...(text ?? '').matchAll(/"bin":\s*\{([^}]*)\}/g)].some(([, bin = '']) =>
    bin.includes(key),
  );
}
