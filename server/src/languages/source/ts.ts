import type * as TypeScript from 'typescript';

let compiler: typeof TypeScript | undefined;

let load: () => Promise<unknown> = () => import('typescript');

/** Gets the compiler another way than through the module loader: a web worker has none. */
export function loadTypeScriptWith(loader: () => Promise<unknown>): void {
  load = loader;
}

/**
 * Loads the TypeScript parser; called once, by the first analysis (loading costs 200 ms and 90 MB, so never at start-up).
 */
export async function loadTypeScript(): Promise<void> {
  if (compiler) return;
  const loaded = (await load()) as typeof TypeScript & { readonly default?: typeof TypeScript };
  // Bundlers and Node disagree on where a CommonJS module's exports appear under dynamic import.
  compiler = loaded.default?.createSourceFile ? loaded.default : loaded;
}

/**
 * The loaded compiler API.
 * @throws Error before {@link loadTypeScript} has resolved
 */
export function ts(): typeof TypeScript {
  if (!compiler) throw new Error('The TypeScript parser is not loaded yet');
  return compiler;
}
