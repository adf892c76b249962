import type { PackageInfo } from '../model';
import { packageNameOf } from '../modules/builtins';

/** What brings packages, by its program: it is there before any package is. */
const MANAGERS = new Set([
  'npm',
  'npx',
  'yarn',
  'yarnpkg',
  'pnpm',
  'pnpx',
  'bun',
  'bunx',
  'corepack',
]);

/**
 * Is a program (or the package of that name) a package manager? The image or the machine brings it, whatever a manifest says of it:
 * without it there was no install that could have left it out.
 */
export function isPackageManager(name: string): boolean {
  return MANAGERS.has(name);
}

/**
 * What a specifier means where a manifest gives a package another name: with `"web": "npm:fastify@^4"`, `web/plugin` is
 * `fastify/plugin`.
 * @returns undefined where the name is the package's own
 */
export function publishedSpecifier(
  specifier: string,
  dependencies: PackageInfo['dependencies'],
): string | undefined {
  const name = packageNameOf(specifier);
  const range = name === undefined ? undefined : dependencies.get(name)?.range;
  if (name === undefined || !range?.startsWith('npm:')) return undefined;
  return packageOfSpec(range.slice('npm:'.length)) + specifier.slice(name.length);
}

/** The package that a spec of an install names: `pnpm@9.11.0` → `pnpm`, `@nestjs/cli@latest` → `@nestjs/cli`. */
export function packageOfSpec(spec: string): string {
  return spec.replace(/(?<=.)@.*/, '');
}
