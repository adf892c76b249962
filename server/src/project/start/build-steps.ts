import type { CommandStep } from '../model';
import { stepTool, subcommand } from './tools';

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
  if (
    argv.includes('--watch') ||
    argv.includes('-w') ||
    argv.includes('--noEmit') ||
    argv.includes('--version')
  )
    return undefined;
  if (INSTALLERS.has(tool)) {
    if (sub === undefined) return tool === 'yarn' ? 'install' : undefined;
    return /^(install|i|ci|add)$/.test(sub) ? 'install' : sub === 'build' ? 'compile' : undefined;
  }
  if (tool === 'prisma') return sub === 'generate' ? 'generate' : undefined;
  if (tool === 'make' && sub !== undefined && !/build|compile|all|dist/.test(sub)) return undefined;
  if (tool === 'gulp' || tool === 'grunt')
    return sub === undefined || /build|compile|dist|default|prod|assets|css|js/.test(sub)
      ? 'compile'
      : undefined;
  if (tool === 'turbo' || tool === 'lerna' || tool === 'nx')
    return argv.slice(1).some((word) => /^(build|.*:build.*|--target=build)$/.test(word))
      ? 'compile'
      : undefined;
  if (!COMPILERS.has(tool)) return undefined;
  if (!NEEDS_SUBCOMMAND.has(tool))
    return tool === 'webpack' && sub === 'serve' ? undefined : 'compile';
  return sub !== undefined && BUILD_WORDS.test(sub) ? 'compile' : undefined;
}
