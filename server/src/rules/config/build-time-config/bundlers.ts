import { baseName } from '../../../base/paths';
import { filesIn } from '../../../project/files/file-index';
import type { ProjectFiles } from '../../../project/files/files';
import type { PackageInfo } from '../../../project/model';

/** How a tool that builds front ends freezes variables, and what it has for those that are to change afterwards. */
export interface Bundler {
  /** Packages of which the app declares one. */
  readonly packages: readonly string[];
  /** Variables that it replaces in code by the values of the build. */
  readonly variables: RegExp;
  /** How code names them: as a member of `process.env`, of `import.meta.env`, or as what a module of the framework's exports. */
  readonly via: 'direct' | 'import-meta' | 'import';
  /** Where what code imports comes from, for `import`. */
  readonly specifier?: RegExp;
  /** Its configuration, in the package's own folder. */
  readonly configuration?: RegExp;
  /** Properties of its configuration that get into what is built; absent: all of it does. */
  readonly definitions?: RegExp;
  /** What to do instead; continues a message. `{them}` stands for the variables. */
  readonly instead: string;
  /** The same of what its configuration reads, where that is something else. */
  readonly insteadOfConfiguration?: string;
}

const AT_RUN_TIME =
  'let the page load {them} when it starts, e.g. from a config.json that the server answers';

/** Every tool that is known. Of those that build on another one (SvelteKit on Vite), the more specific one comes first. */
export const BUNDLERS: readonly Bundler[] = [
  {
    packages: ['next'],
    variables: /^NEXT_PUBLIC_/,
    via: 'direct',
    configuration: /^next\.config\.[cm]?[jt]s$/,
    instead: 'read {them} on the server for each request and hand {them} to the page',
    insteadOfConfiguration: 'read {them} in a route handler or a proxy when a request comes',
  },
  {
    packages: ['@sveltejs/kit'],
    variables: /^[A-Z]/,
    via: 'import',
    specifier: /^\$env\/static\//,
    configuration: /^svelte\.config\.[cm]?[jt]s$/,
    definitions: /^paths$/,
    instead: 'import {them} from $env/dynamic',
    insteadOfConfiguration: 'leave the path to the proxy in front',
  },
  {
    packages: ['nuxt', 'nuxt3'],
    variables: /^VITE_/,
    via: 'import-meta',
    configuration: /^nuxt\.config\.[cm]?[jt]s$/,
    instead: 'leave {them} out of the configuration and set NUXT_… variables where the app runs',
  },
  {
    packages: ['astro'],
    variables: /^(?!(?:MODE|DEV|PROD|SSR|BASE_URL|SITE|ASSETS_PREFIX)$)/,
    via: 'import-meta',
    instead: 'read process.env on the server when a request comes',
  },
  {
    packages: ['astro'],
    variables: /^[A-Z]/,
    via: 'import',
    specifier: /^astro:env\/client$/,
    instead: 'read process.env on the server when a request comes',
  },
  {
    packages: ['gatsby'],
    variables: /^GATSBY_/,
    via: 'direct',
    instead: AT_RUN_TIME,
  },
  {
    packages: ['react-scripts', '@craco/craco', 'react-app-rewired'],
    variables: /^REACT_APP_/,
    via: 'direct',
    instead: AT_RUN_TIME,
  },
  { packages: ['@vue/cli-service'], variables: /^VUE_APP_/, via: 'direct', instead: AT_RUN_TIME },
  {
    packages: ['@rsbuild/core'],
    variables: /^PUBLIC_/,
    via: 'import-meta',
    configuration: /^rsbuild\.config\.[cm]?[jt]s$/,
    definitions: /^define$/,
    instead: AT_RUN_TIME,
  },
  {
    packages: ['vite', 'rolldown-vite'],
    variables: /^VITE_/,
    via: 'import-meta',
    configuration: /^vite\.config[\w.-]*\.[cm]?[jt]s$/,
    definitions: /^define$/,
    instead: AT_RUN_TIME,
  },
  {
    packages: ['webpack', '@rspack/core', '@rspack/cli'],
    // What it replaces, its plugins are told.
    variables: /^(?!)/,
    via: 'direct',
    configuration: /^(webpack|rspack)[\w.-]*\.[cm]?[jt]s$/,
    definitions: /^(?!)/,
    instead: AT_RUN_TIME,
  },
  {
    packages: ['esbuild'],
    variables: /^(?!)/,
    via: 'direct',
    // It has no configuration of its own: scripts call it.
    configuration: /^(esbuild[\w.-]*|build)\.[cm]?[jt]s$/,
    definitions: /^define$/,
    instead: AT_RUN_TIME,
  },
];

/** What hands variables to pages at run time, or builds what people install, each for itself. */
const FREEZES_NOTHING =
  /^(next-runtime-env|next-public-env|next-ws-env|@import-meta-env\/.*|runtime-env-cra|@beam-australia\/react-env|vite-envs|vite-plugin-runtime-env|@runtime-env\/.*|expo|react-native|electron|@tauri-apps\/(api|cli)|@capacitor\/core|plasmo|wxt|@crxjs\/vite-plugin)$/;

const PROGRAMS =
  'next|vite|svelte|nuxt|nuxi|astro|gatsby|react-scripts|craco|vue-cli-service|rsbuild|webpack|rspack';
const RUN = new RegExp(`(^|[\\s/])(${PROGRAMS}|react-app-rewired)(\\s|$)`);
const ESBUILD = /(^|[\s/])((esbuild[\w.-]*|build)\.[cm]?[jt]s|esbuild)(\s|$)/;
const CONFIGURATION = new RegExp(`^(${PROGRAMS})[\\w.-]*\\.[cm]?[jt]s$`);

/** The tools that build a package's front end and freeze variables into it. */
export function bundlersOf(
  { dependencies, scripts, dir }: PackageInfo,
  files: ProjectFiles,
): readonly Bundler[] {
  const names = [...dependencies.keys()];
  if (names.some((name) => FREEZES_NOTHING.test(name))) return [];
  // One may declare a bundler for what it generates.
  const isBuilt =
    [...scripts.values()].some(({ command }) => RUN.test(command)) ||
    filesIn(files, dir).some((path) => CONFIGURATION.test(baseName(path))) ||
    [...scripts.values()].some(({ command }) => ESBUILD.test(command));
  if (!isBuilt) return [];
  return BUNDLERS.filter(({ packages }) => packages.some((name) => dependencies.has(name)));
}
