import { baseName, joinPath } from '../../base/paths';
import { filesIn } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo } from '../model';

/** Frameworks whose build puts what the server imports into its own output. */
const FRAMEWORKS =
  /^(next|nuxt|nuxt3|nitropack|@remix-run\/(dev|node|serve)|@react-router\/dev|@sveltejs\/kit|@solidjs\/start|@tanstack\/start|blitz|wrangler|sst|serverless-esbuild|serverless-webpack|serverless-bundle)$/;

/**
 * Does a bundler inline the server's dependencies, so that it does not matter at run time in which list they are declared?
 * Conservative: a bundler that builds a front end only, or that leaves packages external, does not count.
 */
export function bundlesServer(
  files: ProjectFiles,
  info: Pick<PackageInfo, 'dir' | 'dependencies' | 'scripts'>,
): boolean {
  const scripts = [...info.scripts.values()].map((script) => script.command).join('\n');
  for (const name of info.dependencies.keys()) if (FRAMEWORKS.test(name)) return true;
  if (/\bncc\s+build\b/.test(scripts)) return true;
  // These inline devDependencies and leave dependencies external: the lists cannot be wrong.
  if (/(^|[\s&;])(tsup|tsdown|unbuild|pkgroll)(\s|$)/m.test(scripts)) return true;
  if (/\bbun\s+build\b(?=.*--target[= ](bun|node))(?!.*--packages[= ]external)/.test(scripts))
    return true;
  const esbuild = /\besbuild\b(?=.*--bundle)(?=.*--platform[= ]node)(?!.*--packages[= ]external)/;
  if (scripts.split('\n').some((script) => esbuild.test(script))) return true;
  return configFiles(files, info.dir, scripts).some((path) =>
    bundlesForNode(files.text(path) ?? ''),
  );
}

function configFiles(files: ProjectFiles, dir: string, scripts: string): string[] {
  const beside = filesIn(files, dir).filter((path) =>
    /^(webpack|esbuild|rspack)[\w.-]*\.[cm]?[jt]s$/.test(baseName(path)),
  );
  const named = [
    ...scripts.matchAll(
      /\bnode\s+(?:--?[\w=-]+\s+)*([\w./-]*(?:esbuild|build|bundle)[\w.-]*\.[cm]?js)\b/g,
    ),
  ]
    .flatMap((match) => joinPath(dir, match[1] ?? '') ?? [])
    .filter((path) => files.has(path));
  return [...beside, ...named];
}

function bundlesForNode(text: string): boolean {
  const forNode =
    /\btarget\s*:\s*['"`](async-)?node[\d.]*['"`]/.test(text) ||
    /\bplatform\s*:\s*['"`]node['"`]/.test(text);
  const inlines =
    !/nodeExternals|node-externals|webpack-node-externals|packages\s*:\s*['"`]external['"`]/i.test(
      text,
    );
  return forNode && inlines && (/\bbundle\s*:\s*true/.test(text) || /\btarget\s*:/.test(text));
}
