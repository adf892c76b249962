// How a web worker gets at a second script: the compiler, which ships once for desktop, command line and web.

/** What is needed of a worker's global scope. */
export interface WorkerScope {
  readonly location: { readonly href: string };
  importScripts(url: string): void;
  /** Where a CommonJS script puts what it exports. */
  module?: { exports: unknown };
}

/**
 * Where the compiler lies.
 * @param options the client's initialization options; `typescriptUrl` names the script, because a worker that was started from a
 * blob does not know where it came from
 * @param location of the worker's own script
 */
export function typeScriptUrl(options: unknown, location: string): string {
  if (typeof options === 'object' && options !== null && 'typescriptUrl' in options) {
    const { typescriptUrl } = options;
    if (typeof typescriptUrl === 'string') return typescriptUrl;
  }
  return new URL('typescript.js', location).href;
}

/**
 * Runs a CommonJS script in the worker.
 * @returns what it exports
 * @throws Error naming the script when it cannot be loaded
 */
export function importCommonJs(scope: WorkerScope, url: string): unknown {
  const module = { exports: {} as unknown };
  scope.module = module;
  try {
    scope.importScripts(url);
  } catch (error) {
    throw new Error(`${url} could not be loaded`, { cause: error });
  } finally {
    delete scope.module;
  }
  return module.exports;
}
