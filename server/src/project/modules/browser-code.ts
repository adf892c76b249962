import type { SourceFacts } from '../facts/facts';
import { isAdminPath, isBrowserPath, isBuildPath, isTestPath } from '../files/paths';
import type { PackageInfo } from '../model';
import { frameworkFiles } from './framework-files';

/** Says of itself that it is sent to browsers: frameworks take it out of what the server runs. */
export function isForBrowsers({ directives }: Pick<SourceFacts, 'directives'>): boolean {
  return directives.includes('use client');
}

/**
 * Will a module have no role but that of code for browsers, as far as a look at the imports can tell? `roles.ts` decides.
 * @param isServed does an entry point or a module that listens reach it?
 */
export function isBrowserOnly(
  path: string,
  facts: SourceFacts,
  info: PackageInfo | undefined,
  isServed: (path: string) => boolean,
): boolean {
  if (isTestPath(path) || isBuildPath(path)) return false;
  if (isForBrowsers(facts)) return true;
  return (
    !isServed(path) &&
    !isServerRoute(path, info) &&
    !isAdminPath(path) &&
    looksLikeBrowser(path, facts, info)
  );
}

/** Pages and routes that a framework finds by their place. */
export function isRoutePath(path: string, info: PackageInfo | undefined): boolean {
  return !isTestPath(path) && frameworkFiles(path, info).some(({ runs }) => runs !== 'start');
}

/** Routes, middleware and the like, which a framework runs for requests on the server though nothing imports them. */
export function isServerRoute(path: string, info: PackageInfo | undefined): boolean {
  return frameworkFiles(path, info).some(({ runs }) => runs === 'request');
}

/** What is handed to functions of these, the server runs; what stands beside it in a file of JSX, browsers do. */
const SERVER_FUNCTIONS = /^@tanstack\/(react-|solid-)?start(\/server)?$/;

/** Does a module of JSX hold functions of the server beside what browsers run? */
export function holdsServerFunctions({
  imports,
  holdsActions,
}: Pick<SourceFacts, 'imports' | 'holdsActions'>): boolean {
  return holdsActions === true || imports.some(({ specifier }) => SERVER_FUNCTIONS.test(specifier));
}

/** Says of itself that only servers run it: frameworks leave out of what browsers get. */
function isForServers(facts: SourceFacts): boolean {
  return (
    facts.directives.includes('use server') ||
    facts.imports.some(({ specifier }) => specifier === 'server-only') ||
    holdsServerFunctions(facts)
  );
}

const BROWSER_PACKAGES =
  /^(react-dom|vue|svelte|@angular\/(core|common|platform-browser)|preact|solid-js|jquery|lit|alpinejs|htmx\.org|react-native|expo|next\/(link|image|router|navigation)|@mui\/.*|antd|styled-components)(\/|$)/;

/** Does a module look like one that browsers run, by its path, what it imports and its package? No entry point of a server reaches it. */
export function looksLikeBrowser(
  path: string,
  facts: SourceFacts,
  info: PackageInfo | undefined,
): boolean {
  if (/\.(vue|svelte)$/.test(path)) return true;
  if (isForServers(facts)) return false;
  if (
    isBrowserPath(path) &&
    !facts.imports.some((fact) => /^(node:|fs$|http$|express$|path$)/.test(fact.specifier))
  )
    return true;
  if (facts.imports.some((fact) => !fact.typeOnly && BROWSER_PACKAGES.test(fact.specifier)))
    return true;
  if (/\.(tsx|jsx)$/.test(path)) return true;
  return (
    info !== undefined &&
    isFrontEndPackage(info) &&
    !facts.imports.some((fact) => fact.specifier.startsWith('node:'))
  );
}

/** A package that depends on a front-end framework and on no server library. */
function isFrontEndPackage(info: PackageInfo): boolean {
  const names = [...info.dependencies.keys()];
  const front = names.some((name) =>
    /^(react-dom|vue|svelte|@angular\/core|preact|solid-js|react-native|expo)$/.test(name),
  );
  const server = names.some((name) =>
    /^(express|fastify|koa|@hapi\/hapi|@nestjs\/core|restify|next|nuxt|@remix-run\/.*|@sveltejs\/kit|hono|astro|apollo-server.*|@apollo\/server|@tanstack\/(react-|solid-)?start|@react-router\/(node|serve|express)|@solidjs\/start|vinxi|nitro|nitropack|h3|elysia|@elysiajs\/node|polka|feathers|@feathersjs\/.*|@adonisjs\/core|@redwoodjs\/.*)$/.test(
      name,
    ),
  );
  return front && !server;
}
