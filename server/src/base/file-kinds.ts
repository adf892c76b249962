/** What a file is, as far as the product cares: which parser reads it, and which rules look at it. */
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

/**
 * How comments are written: `slashes` as in JavaScript; `hash` at the start of a line and behind a blank; `hash-lines` at the
 * start of a line only, because elsewhere a `#` is text; `none` where there are none.
 */
export type CommentStyle = 'slashes' | 'hash' | 'hash-lines' | 'none';

/** One row of the table of file kinds. Names, extensions and globs hold in any case. */
export interface FileKindRow {
  readonly kind: FileKind;
  readonly names?: readonly string[];
  /** Behind the last dot. */
  readonly extensions?: readonly string[];
  /** Of names; with a `/`, of how paths end. Of `*` and, as a whole part of a path, `**`; nothing else, so that everybody agrees. */
  readonly globs?: readonly string[];
  readonly comments: CommentStyle;
  /** Files whose names have no dot are of this kind when they begin so; of such documents, editors know the language alone. */
  readonly script?: { readonly firstLine: RegExp; readonly languages: readonly string[] };
  /** What starts the extension: a name in an opened folder itself, or a document of a language. */
  readonly activation?: {
    readonly names?: readonly string[];
    readonly languages?: readonly string[];
  };
  /** Counts although git ignores it: files with secrets do harm wherever they lie. */
  readonly ignoring?: 'does not matter';
  /** Larger ones are not read; absent where the usual limit holds. */
  readonly maxBytes?: number;
}

const MIB = 1024 * 1024;

const SOURCE_LANGUAGES = [
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'vue',
  'svelte',
  'astro',
];

/**
 * Every kind of file that the product reads. The first row that fits a path decides. Who reads, watches, is sent documents, is
 * started, or writes comments asks this table; there is no other list.
 */
export const FILE_KINDS: readonly FileKindRow[] = [
  {
    kind: 'package-json',
    names: ['package.json'],
    comments: 'none',
    activation: { names: ['package.json'] },
  },
  {
    kind: 'lockfile',
    names: [
      'package-lock.json',
      'npm-shrinkwrap.json',
      'yarn.lock',
      'pnpm-lock.yaml',
      'bun.lock',
      'bun.lockb',
    ],
    comments: 'none',
    // They grow with the dependencies.
    maxBytes: 32 * MIB,
  },
  {
    // Before Dockerfiles: `Dockerfile.dockerignore` is the ignore file of one.
    kind: 'ignore',
    names: ['.gitignore', '.dockerignore', '.vercelignore', '.gcloudignore', '.slugignore'],
    extensions: ['dockerignore'],
    comments: 'hash-lines',
  },
  {
    kind: 'dockerfile',
    names: ['Dockerfile', 'Containerfile'],
    extensions: ['dockerfile', 'containerfile'],
    globs: ['Dockerfile.*', 'Dockerfile-*', 'Containerfile.*', 'Containerfile-*'],
    comments: 'hash-lines',
    activation: { names: ['Dockerfile', 'Containerfile'], languages: ['dockerfile'] },
  },
  {
    kind: 'procfile',
    names: ['Procfile'],
    globs: ['Procfile.*', 'Procfile-*'],
    comments: 'hash',
    // VS Code starts an extension for documents of a language that it contributes, as this one does Procfiles.
    activation: { names: ['Procfile'] },
  },
  {
    kind: 'source',
    extensions: ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte', 'astro'],
    // The Express generator's entry point has no extension.
    globs: ['bin/www'],
    comments: 'slashes',
    script: {
      firstLine: /^\uFEFF?#!.*\b(?:node|ts-node|tsx|bun|deno|zx)\b/,
      languages: SOURCE_LANGUAGES,
    },
    activation: { languages: SOURCE_LANGUAGES },
  },
  {
    kind: 'shell',
    names: ['.envrc'],
    extensions: ['sh', 'bash'],
    // What s6-overlay runs once before its services: a path, or a script.
    globs: ['s6-rc.d/*/up'],
    comments: 'hash',
    script: {
      // `#/bin/bash`, a common slip, counts.
      firstLine:
        /^\uFEFF?#!?\s*\/\S*(?:\/env\s+(?:-\S+\s+)*|\/with-contenv\s+(?:\/bin)?)?(?:\/)?\b(?:ba|da|a|k|z)?sh\b/,
      languages: ['shellscript'],
    },
  },
  {
    // JSON whose readers allow comments.
    kind: 'json',
    names: [
      'twelve-factor.json',
      'devcontainer.json',
      '.babelrc',
      '.babelrc.json',
      '.swcrc',
      '.swcrc.json',
      '.eslintrc.json',
    ],
    extensions: ['jsonc'],
    globs: ['tsconfig*.json', 'jsconfig*.json', '.vscode/**/*.json'],
    comments: 'slashes',
    activation: { names: ['twelve-factor.json'] },
  },
  { kind: 'json', extensions: ['json'], comments: 'none' },
  {
    kind: 'yaml',
    extensions: ['yml', 'yaml'],
    comments: 'hash',
    activation: {
      names: ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'],
      languages: ['dockercompose'],
    },
  },
  { kind: 'toml', extensions: ['toml'], comments: 'hash' },
  { kind: 'text', names: ['Jenkinsfile'], extensions: ['prisma'], comments: 'slashes' },
  { kind: 'text', names: ['.nvmrc', '.node-version', 'web.config'], comments: 'none' },
  {
    kind: 'text',
    names: ['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519'],
    extensions: ['pem', 'key'],
    comments: 'none',
    ignoring: 'does not matter',
  },
  {
    // Behind every extension: `.env.js` is code, `.env.json` is JSON.
    kind: 'dotenv',
    extensions: ['env'],
    globs: [
      ...['.env.*', '.env-*', '.env_*', '*.env.*', '*.env-*', '*.env_*'],
      ...['example', 'sample', 'template', 'dist', 'default', 'defaults'].flatMap((word) =>
        ['.', '-', '_'].flatMap((joint) => [
          `env${joint}${word}`,
          `env${joint}${word}-*`,
          `env${joint}${word}_*`,
        ]),
      ),
    ],
    comments: 'hash',
    activation: { names: ['.env', '.env.example'], languages: ['dotenv'] },
    ignoring: 'does not matter',
  },
  {
    kind: 'text',
    names: [
      '.npmrc',
      '.yarnrc',
      '.tool-versions',
      '.htaccess',
      '000-default.conf',
      'Caddyfile',
      'crontab',
      'haproxy.cfg',
      'sonar-project.properties',
    ],
    extensions: ['service'],
    globs: [
      ...['supervisor*.conf', 'supervisor*.ini', 'supervisor*/**/*.conf', 'supervisor*/**/*.ini'],
      ...['nginx*', '*.nginx*', '*-nginx*', 'nginx/**/*'].flatMap((stem) => [
        `${stem}.conf`,
        `${stem}.conf.template`,
      ]),
      // What hosts the app inside Apache.
      ...['httpd*.conf', 'apache*.conf', '*vhost*.conf'],
      ...['apache', 'apache2', 'httpd', 'sites-available', 'sites-enabled'].map(
        (folder) => `${folder}/**/*.conf`,
      ),
    ],
    comments: 'hash-lines',
  },
];

/** Is a glob of the table one of paths, as opposed to names? */
export function isOfPaths(glob: string): boolean {
  return glob.includes('/');
}
