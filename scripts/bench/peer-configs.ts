/** What is installed, exactly: numbers of two days are to be comparable. */
export const PEER_VERSIONS: Readonly<Record<string, string>> = {
  '@biomejs/biome': '2.6.8',
  '@typescript-eslint/parser': '8.74.0',
  eslint: '10.15.0',
  'eslint-plugin-n': '18.5.0',
  oxlint: '1.94.0',
  // Of the parser's range; also what the bare parse uses.
  typescript: '6.0.3',
};

const EXTENSIONS = ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'];
/** Nobody lints these, and not every peer leaves them out by itself. */
const NEVER = ['**/node_modules/**', '**/*.min.*'];

/** Ten rules on what ours are about; where a peer lacks one, the next of kin. No type information, as we use none. */
const ESLINT_RULES = {
  'n/no-process-exit': 'error',
  'n/no-process-env': 'error',
  'n/no-extraneous-import': 'error',
  'n/no-extraneous-require': 'error',
  'n/no-deprecated-api': 'error',
  'n/no-path-concat': 'error',
  'n/prefer-node-protocol': 'error',
  'no-console': 'error',
  'no-restricted-imports': ['error', 'cluster', 'node:cluster'],
  // The plugin's rule on these needs type information with this parser.
  'no-restricted-syntax': ['error', 'CallExpression > MemberExpression > Identifier[name=/Sync$/]'],
};

const OXLINT_RULES = {
  'unicorn/no-process-exit': 'error',
  'node/no-process-env': 'error',
  'node/no-sync': 'error',
  'node/no-path-concat': 'error',
  'node/no-exports-assign': 'error',
  'unicorn/prefer-node-protocol': 'error',
  'no-console': 'error',
  'no-restricted-imports': ['error', { paths: ['cluster', 'node:cluster'] }],
  'no-restricted-globals': ['error', '__dirname'],
  'no-restricted-properties': ['error', { object: 'process', property: 'on' }],
};

const BIOME_RULES = {
  preset: 'none',
  style: {
    noProcessEnv: 'error',
    noCommonJs: 'error',
    useNodejsImportProtocol: 'error',
    noRestrictedImports: { level: 'error', options: { paths: { cluster: 'One process.' } } },
    noRestrictedGlobals: 'error',
  },
  suspicious: { noConsole: 'error' },
  correctness: {
    noUndeclaredDependencies: 'error',
    noNodejsModules: 'error',
    noGlobalDirnameFilename: 'error',
  },
  performance: { noAwaitInLoops: 'error' },
};

/**
 * The files that the peers need, by name.
 * @param ignored paths that git ignores, relative to the folder that is measured, folders with a slash at the end
 */
export function peerConfigs(ignored: readonly string[]): Readonly<Record<string, string>> {
  const globs = [...NEVER, ...ignored.map(asGlob)];
  return {
    'eslint.config.mjs': eslintConfig(globs),
    'oxlint.json': json({
      plugins: ['node', 'unicorn', 'import'],
      categories: { correctness: 'off' },
      rules: OXLINT_RULES,
      ignorePatterns: globs,
    }),
    'biome.json': json({
      root: true,
      files: {
        // Beyond it a file would be left out, which nobody else does.
        maxSize: 10_000_000,
        includes: [
          ...EXTENSIONS.map((extension) => `**/*.${extension}`),
          ...globs.map((glob) => `!${glob}`),
        ],
      },
      assist: { enabled: false },
      formatter: { enabled: false },
      linter: { rules: BIOME_RULES },
    }),
  };
}

/** The manifest of the folder that the peers are installed into. */
export function peerManifest(): string {
  return json({ name: 'bench-peers', private: true, dependencies: PEER_VERSIONS });
}

function eslintConfig(globs: readonly string[]): string {
  return `import n from 'eslint-plugin-n';
import parser from '@typescript-eslint/parser';

export default [
  { ignores: ${JSON.stringify(globs)} },
  {
    files: ['**/*.{${EXTENSIONS.join(',')}}'],
    plugins: { n },
    languageOptions: { parser },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules: ${JSON.stringify(ESLINT_RULES)},
  },
];
`;
}

/** Peers disagree about what a pattern is relative to: the folder, or the configuration. Both are below what this begins with. */
function asGlob(path: string): string {
  const escaped = path.replace(/[*?[\]{}()!\\]/g, '\\$&');
  return `**/${escaped.endsWith('/') ? `${escaped}**` : escaped}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
