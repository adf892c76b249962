import type { CommandStep, StartCommand } from '../model';
import { stepTool, subcommand } from './command-lines/tools';

/** Tools that also serve: only these subcommands build. */
const NEEDS_SUBCOMMAND = new Set([
  'vite',
  'next',
  'nuxt',
  'nuxi',
  'nest',
  'ng',
  'remix',
  'react-router',
  'astro',
  'svelte-kit',
  'react-scripts',
  'vue-cli-service',
  'turbo',
  'lerna',
  'nx',
  'strapi',
  'keystone',
  'medusa',
  'payload',
  'gatsby',
  'docusaurus',
  'parcel',
  'rsbuild',
  'rspack',
  'farm',
]);
const COMPILERS = new Set([
  ...NEEDS_SUBCOMMAND,
  'tsc',
  'ttsc',
  'tspc',
  'webpack',
  'webpack-cli',
  'rollup',
  'esbuild',
  'swc',
  'babel',
  'tsup',
  'ncc',
  'pkgroll',
  'unbuild',
  'tsdown',
  'gulp',
  'grunt',
  'sass',
  'node-sass',
  'lessc',
  'postcss',
  'tailwindcss',
  'browserify',
  'graphql-codegen',
  'coffee',
  'make',
  'tsc-alias',
  'microbundle',
  'rolldown',
  'elm',
  'wasm-pack',
  'asc',
]);
/** Serve by these words (or by none at all). */
const BUILD_WORDS = /^(build|bundle|compile|generate|export|run|prepare|build-.*)$/;
const INSTALLERS = new Set(['npm', 'yarn', 'pnpm', 'bun', 'pip', 'bower']);

/** What a step does that belongs to the build stage; undefined when it runs something. */
export function buildWork(step: CommandStep): 'compile' | 'generate' | 'install' | undefined {
  const tool = stepTool(step);
  const sub = subcommand(step);
  const { argv } = step;
  if (argv.some((word) => /^(--watch|-w|--noEmit|--version)$/.test(word))) return undefined;
  if (INSTALLERS.has(tool)) return managerWork(tool, sub);
  if (tool === 'prisma') return sub === 'generate' ? 'generate' : undefined;
  return compiles(tool, sub, argv) ? 'compile' : undefined;
}

/** What a package manager does of a build. */
function managerWork(tool: string, sub: string | undefined): 'compile' | 'install' | undefined {
  if (sub === undefined) return tool === 'yarn' ? 'install' : undefined;
  if (/^(install|i|ci|add)$/.test(sub)) return 'install';
  return sub === 'build' ? 'compile' : undefined;
}

function compiles(tool: string, sub: string | undefined, argv: readonly string[]): boolean {
  if (tool === 'make' && sub !== undefined && !/build|compile|all|dist/.test(sub)) return false;
  if (tool === 'gulp' || tool === 'grunt')
    return sub === undefined || /build|compile|dist|default|prod|assets|css|js/.test(sub);
  if (tool === 'turbo' || tool === 'lerna' || tool === 'nx')
    return argv.slice(1).some((word) => /^(build|.*:build.*|--target=build)$/.test(word));
  if (!COMPILERS.has(tool)) return false;
  if (!NEEDS_SUBCOMMAND.has(tool)) return tool !== 'webpack' || sub !== 'serve';
  return sub !== undefined && BUILD_WORDS.test(sub);
}

/** Make room for what a build writes, or bring its files to their place. */
const BUILD_HELPERS = new Set([
  'rimraf',
  'del',
  'del-cli',
  'rm',
  'mkdir',
  'mkdirp',
  'make-dir',
  'cp',
  'mv',
  'cpx',
  'cpy',
  'cpr',
  'ncp',
  'copyfiles',
  'shx',
  'tsc-alias',
  'tscpaths',
]);

/**
 * Is a step of a start command part of what the command builds? So are a build step itself and its helpers (`rimraf dist`), what
 * stands with one in a hook (`prestart: npm run lint && npm run build`) or in a script that the command runs before it goes on
 * (`start: npm run build && node dist`), and the same tool once more (`vite build && vite preview`).
 */
export function isPartOfBuild(
  command: Pick<StartCommand, 'steps'>,
  step: CommandStep,
  tool = stepTool(step),
): boolean {
  if (buildWork(step) !== undefined) return true;
  const builds = command.steps.filter((each) => buildWork(each) !== undefined);
  if (builds.length === 0) return false;
  if (step.hook && builds.some(({ hook }) => hook)) return true;
  if (BUILD_HELPERS.has(tool) || builds.some((each) => stepTool(each) === tool)) return true;
  const own = innerScript(step);
  const last = command.steps.at(-1);
  return (
    own !== undefined &&
    last !== undefined &&
    innerScript(last) !== own &&
    builds.some((each) => innerScript(each) === own)
  );
}

/** The script that a step stands in, its hooks included, where the command runs it beside others. */
function innerScript({ via }: CommandStep): string | undefined {
  if (via.length < 2) return undefined;
  const names = [...via.slice(0, -1), via.at(-1)?.replace(/^(?:pre|post)(?=\w)/, '')];
  return names.join(' ');
}
