/** Node's built-in modules, without `node:`. Kept as data because the engine also runs in browsers. */
const BUILTIN_MODULES: ReadonlySet<string> = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs ' +
    'http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream ' +
    'string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib test sqlite sea'
  ).split(' '),
);

/** True for built-ins with or without `node:`, and their submodules (`fs/promises`). */
export function isBuiltin(specifier: string): boolean {
  if (specifier.startsWith('node:')) return true;
  const root = specifier.split('/')[0] ?? specifier;
  return BUILTIN_MODULES.has(root) && (root === specifier || BUILTIN_SUBMODULES.has(specifier));
}

const BUILTIN_SUBMODULES = new Set([
  'assert/strict',
  'dns/promises',
  'fs/promises',
  'inspector/promises',
  'path/posix',
  'path/win32',
  'readline/promises',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'timers/promises',
  'util/types',
]);

/**
 * The package that a bare specifier names: `@scope/name/deep` → `@scope/name`.
 * @returns undefined for relative, absolute and otherwise non-package specifiers
 */
export function packageNameOf(specifier: string): string | undefined {
  const [, name] =
    /^((?:@[a-z0-9~*_-][\w.~*-]*\/)?[a-z0-9~_-][\w.~-]*)(?:\/|$)/i.exec(specifier) ?? [];
  return name;
}
