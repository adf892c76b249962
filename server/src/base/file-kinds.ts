/** The kinds of files the product reads; decided by name alone. */
export type FileKind =
  | 'source'
  | 'package-json'
  | 'json'
  | 'yaml'
  | 'dockerfile'
  | 'dotenv'
  | 'procfile'
  | 'shell'
  | 'toml'
  | 'ignore'
  | 'lockfile'
  | 'text';

const NAMES: Readonly<Record<string, FileKind>> = {
  'package.json': 'package-json',
  'package-lock.json': 'lockfile',
  'npm-shrinkwrap.json': 'lockfile',
  'yarn.lock': 'lockfile',
  'pnpm-lock.yaml': 'lockfile',
  'bun.lock': 'lockfile',
  'bun.lockb': 'lockfile',
  '.gitignore': 'ignore',
  '.dockerignore': 'ignore',
  '.vercelignore': 'ignore',
  '.gcloudignore': 'ignore',
  '.slugignore': 'ignore',
  '.nvmrc': 'text',
  '.node-version': 'text',
  '.tool-versions': 'text',
  '.npmrc': 'text',
  '.yarnrc': 'text',
  '.htaccess': 'text',
  'web.config': 'text',
  'haproxy.cfg': 'text',
  'schema.prisma': 'text',
  caddyfile: 'text',
  jenkinsfile: 'text',
  crontab: 'text',
  '.envrc': 'shell',
  '.babelrc': 'json',
  '.swcrc': 'json',
};

const EXTENSIONS: Readonly<Record<string, FileKind>> = {
  ts: 'source',
  tsx: 'source',
  mts: 'source',
  cts: 'source',
  js: 'source',
  jsx: 'source',
  mjs: 'source',
  cjs: 'source',
  vue: 'source',
  svelte: 'source',
  astro: 'source',
  json: 'json',
  jsonc: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  toml: 'toml',
  sh: 'shell',
  bash: 'shell',
  service: 'text',
  prisma: 'text',
  pem: 'text',
  key: 'text',
};

/**
 * The kind of a file, by its name alone.
 * @param path relative to the root, with `/`
 * @returns undefined for files the product does not read
 */
export function fileKind(path: string): FileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const lower = name.toLowerCase();
  const byName = NAMES[lower];
  if (byName) return byName;
  if (/^(docker|container)file([.-][^/]+)?$/.test(lower)) {
    // `Dockerfile.dockerignore` is the ignore file of that Dockerfile.
    return lower.endsWith('.dockerignore') ? 'ignore' : 'dockerfile';
  }
  if (/\.(dockerfile|containerfile)$/.test(lower)) return 'dockerfile';
  if (/^procfile([.-][\w.-]+)?$/.test(lower)) return 'procfile';
  const extension = /\.([a-z]+)$/.exec(lower)?.[1] ?? '';
  const byExtension = EXTENSIONS[extension];
  if (byExtension) return byExtension;
  if (/^\.env([.\-_].*)?$/.test(lower) || /\.env$/.test(lower) || isExampleName(lower))
    return 'dotenv';
  if (
    /(^|[.-])nginx.*\.conf(\.template)?$/.test(lower) ||
    /(^|\/)nginx\/.*\.conf(\.template)?$/.test(path)
  ) {
    return 'text';
  }
  // What hosts the app inside Apache.
  if (
    /^(httpd|apache)[\w.-]*\.conf$|vhosts?[\w.-]*\.conf$|^000-default\.conf$/.test(lower) ||
    /(^|\/)(apache2?|httpd|sites-(available|enabled))\/([\w.-]+\/)*[\w.-]+\.conf$/i.test(path)
  ) {
    return 'text';
  }
  if (/^id_(rsa|dsa|ecdsa|ed25519)$/.test(lower)) return 'text';
  // The Express generator's entry point has no extension.
  if (/(^|\/)bin\/www$/.test(path)) return 'source';
  return undefined;
}

/** Could this be a script without extension, worth a look at its first line? */
export function mayBeScript(path: string): boolean {
  return /(^|\/)[A-Za-z0-9_-]+$/.test(path) && fileKind(path) === undefined;
}

/** Does the text begin like a POSIX shell or bash script? (`#/bin/bash`, a common slip, counts.) */
export function looksLikeShell(text: string): boolean {
  return /^\uFEFF?#!?\s*\/\S*(?:\/env\s+(?:-\S+\s+)*)?(?:\/)?\b(?:ba|da|a|k|z)?sh\b/.test(
    text.slice(0, 200),
  );
}

/** Does the text begin with a shebang that starts Node (or a runner of it)? */
export function looksLikeNodeScript(text: string): boolean {
  return /^\uFEFF?#!.*\b(?:node|ts-node|tsx|bun|deno|zx)\b/.test(text.slice(0, 200));
}

function isExampleName(lower: string): boolean {
  return (
    /^env[.\-_](example|sample|template|dist|defaults?)([-_][\w-]+)?$/.test(lower) ||
    /\.env[.\-_][\w.-]+$/.test(lower)
  );
}
