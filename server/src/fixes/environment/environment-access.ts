import { isInside } from '../../base/paths';
import type { ProjectModel } from '../../project/model';
import { importBindings } from '../code/import-bindings';

/** How the code of a file reads an environment variable. */
export interface EnvironmentAccess {
  /** Names have to start with it, or the bundler leaves them out; empty on a server. */
  readonly prefix: string;
  /** The expression that reads a variable; its type is `string | undefined`. */
  read(name: string): string;
}

/**
 * How a file reads the environment: `process.env` on a server, the bundler's form in browser code.
 * @returns undefined where it is not certain (browser code of an unknown bundler, code for both sides)
 */
export function environmentAccess(
  model: ProjectModel,
  path: string,
): EnvironmentAccess | undefined {
  const prefix = environmentPrefix(model, path);
  if (prefix === undefined || !model.files.source(path)) return undefined;
  if (prefix === '') return { prefix, read: processRead(model, path) };
  const root = prefix === 'VITE_' ? 'import.meta.env' : 'process.env';
  return { prefix, read: (name) => `${root}.${name}` };
}

/**
 * What the names of variables start with that a file can read, told without parsing it: nothing on a server.
 * @returns undefined where it cannot read any, as far as is certain
 */
export function environmentPrefix(model: ProjectModel, path: string): string | undefined {
  const roles = model.modules.get(path)?.roles ?? new Set();
  const isClient = CLIENT_DIRECTIVE.test(model.files.text(path) ?? '');
  const isEmbedded = /\.(vue|svelte|astro)$/.test(path);
  const isBrowser = roles.has('browser');
  if (!isClient && !isEmbedded && !isBrowser) return '';
  if (
    !isClient &&
    isBrowser &&
    ['web', 'worker', 'clock', 'serverless'].some((role) => roles.has(role as never))
  )
    return undefined;
  const dependencies = model.packageOf(path)?.dependencies;
  const has = (...names: readonly string[]): boolean =>
    names.some((name) => dependencies?.has(name) === true);
  if (has('next')) return isEmbedded ? undefined : 'NEXT_PUBLIC_';
  if (has('react-scripts')) return 'REACT_APP_';
  // These frameworks sit on Vite but have ways of their own to tell public from private variables.
  if (
    has('nuxt', '@sveltejs/kit', 'astro', '@remix-run/react', '@react-router/dev', '@angular/core')
  )
    return undefined;
  // Jest runs the code as it stands, and knows no `import.meta`.
  if (!has('vite') || (has('jest') && !has('vitest'))) return undefined;
  return isViteApp(model, path) ? 'VITE_' : undefined;
}

const CLIENT_DIRECTIVE = /^\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/.*\n\s*)*['"]use client['"]/;

/** Does Vite give this package its variables? A server may have Vite bundle its pages and hand settings to them itself. */
function isViteApp(model: ProjectModel, path: string): boolean {
  const folder = model.packageOf(path)?.dir ?? '';
  return (
    model.files.has(folder === '' ? 'index.html' : `${folder}/index.html`) ||
    [...model.environment.values()].some(
      ({ name, reads }) =>
        name.startsWith('VITE_') && reads.some((one) => isInside(one.path, folder)),
    )
  );
}

function processRead(model: ProjectModel, path: string): (name: string) => string {
  const syntax = model.files.source(path);
  const binding =
    syntax && importBindings(syntax).find(({ specifier }) => /^(node:)?process$/.test(specifier));
  if (binding?.imported === 'env') return (name) => `${binding.local}.${name}`;
  const root =
    binding && (binding.imported === 'default' || binding.imported === '*')
      ? binding.local
      : 'process';
  if (usesBrackets(model, path)) {
    const quote = /\benv\["/.test(syntax?.text ?? '') ? '"' : "'";
    return (name) => `${root}.env[${quote}${name}${quote}]`;
  }
  return (name) => `${root}.env.${name}`;
}

/** `process.env['X']`: what the file does, else what the compiler demands. */
function usesBrackets(model: ProjectModel, path: string): boolean {
  const text = model.files.text(path) ?? '';
  // Declared ones may be read with a dot whatever the compiler demands of others.
  if (/\bprocess\.env\.(?!NODE_ENV\b|TZ\b)[A-Z]/.test(text)) return false;
  if (/\bprocess\.env\[['"]/.test(text)) return true;
  if (!/\.[mc]?tsx?$/.test(path)) return false;
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const config = model.files.text([...folders.slice(0, depth), 'tsconfig.json'].join('/'));
    if (config !== undefined) return /"noPropertyAccessFromIndexSignature"\s*:\s*true/.test(config);
  }
  return false;
}
