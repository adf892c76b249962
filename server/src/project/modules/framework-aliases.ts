import { joinPath } from '../../base/paths';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo } from '../model';

/** A framework that writes the tsconfig with its aliases when it first runs, so that no repository has them. */
interface Aliases {
  readonly packages: readonly string[];
  /** Its own configuration, without extension, where more are stated. */
  readonly config: string;
  /** Folders below the package by the alias in front of them. */
  readonly own: Readonly<Record<string, string>>;
}

const FRAMEWORKS: readonly Aliases[] = [
  {
    packages: ['nuxt', 'nuxt3'],
    config: 'nuxt.config',
    own: { '#shared': 'shared', '#server': 'server' },
  },
  { packages: ['@sveltejs/kit'], config: 'svelte.config', own: { $lib: 'src/lib' } },
];

/**
 * Where an alias that a framework knows leads.
 * @param info the package that imports
 * @param specifier as written, without a bundler's additions
 * @returns the path below the root that is meant, which may lack its extension; undefined where no alias fits
 */
export function frameworkAlias(
  files: ProjectFiles,
  info: PackageInfo | undefined,
  specifier: string,
): string | undefined {
  const framework = FRAMEWORKS.find(({ packages }) =>
    packages.some((name) => info?.dependencies.has(name)),
  );
  if (!info || !framework) return undefined;
  const stated = { ...framework.own, ...statedAliases(files, `${info.dir}/${framework.config}`) };
  // The longest says most.
  const [alias] = Object.keys(stated)
    .filter((name) => specifier === name || specifier.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  const folder = alias === undefined ? undefined : stated[alias];
  return alias === undefined || folder === undefined
    ? undefined
    : joinPath(info.dir, folder, specifier.slice(alias.length));
}

/** `alias: { '#db': fileURLToPath(new URL('./server/database', import.meta.url)) }`: the relative path in each value. */
function statedAliases(files: ProjectFiles, stem: string): Readonly<Record<string, string>> {
  const config = ['.ts', '.js', '.mjs', '.mts'].map((extension) =>
    files.text(`${stem.replace(/^\//, '')}${extension}`),
  );
  const text = config.find((one) => one !== undefined) ?? '';
  const [, table = ''] = /\balias\s*:\s*\{([^{}]*)\}/.exec(text) ?? [];
  return Object.fromEntries(
    table.split('\n').flatMap((line) => {
      const [, name] = /^\s*['"]?([#@~$\w][\w@$#~/.-]*)['"]?\s*:/.exec(line) ?? [];
      const [, path] = /['"](\.{1,2}\/[^'"]*)['"]/.exec(line) ?? [];
      return name === undefined || path === undefined
        ? []
        : [[name.replace(/\/\*?$/, ''), path.replace(/\/\*?$/, '')] as const];
    }),
  );
}
