import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/**
 * Forbids imports by pattern, with the reason.
 * @param {...{ group: string[], message: string }} patterns
 */
function noImports(...patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] };
}

const noIo = {
  group: ['node:*', 'fs', 'fs/*', 'path', 'os', 'url', 'child_process', 'vscode'],
  message: 'This layer is pure: input and output live behind Host.',
};
const noProtocol = {
  group: ['vscode-languageserver', 'vscode-languageserver/*', 'vscode-languageclient', '**/lsp/*'],
  message: 'The engine knows nothing of the Language Server Protocol.',
};
const noDoors = {
  group: [
    '**/server',
    '**/session/*',
    '**/cli',
    '**/cli/*',
    '**/workspace/*',
    '**/host-node',
    '**/host-client',
    '**/host-by-scheme',
    '**/main.*',
  ],
  message: 'Nothing below writes, or reaches, above.',
};
const lazyTypeScript = {
  regex: '^typescript$',
  message: 'Get the compiler from languages/source/ts (it is loaded lazily); import types only.',
  allowTypeImports: true,
};
const findingsOnly = {
  group: [
    ...['vocabulary', 'languages', 'rules'].map((name) => `**/${name}/**`),
    '**/project/*',
    '!**/project/map',
  ],
  message: 'What is shown of findings, findings say; of the project, its map.',
};
const noClient = { group: ['**/client/**'], message: 'The server does not know its client.' };

/** From the ground up: each imports from those before it only, types included. None does input or output. */
const LAYERS = ['base', 'vocabulary', 'languages', 'project', 'engine', 'fixes', 'rules'];

/**
 * What the files of a layer may not import.
 * @param {string} name of the layer
 * @param {number} index of it, from the ground up
 */
function layer(name, index) {
  const above = [...LAYERS.slice(index + 1), 'report'].map((other) => ({
    group: [`**/${other}`, `**/${other}/**`],
    message: `${name}/ knows nothing of ${other}/, not even types.`,
  }));
  return {
    files: [`server/src/${name}/**/*.ts`],
    rules: noImports(noIo, noProtocol, noDoors, noClient, lazyTypeScript, ...above),
  };
}

export default defineConfig(
  globalIgnores([
    'node_modules/',
    'dist/',
    'coverage/',
    '.vscode-test/',
    '.tmp/',
    'test/vscode/workspaces/',
    'test/fixtures/',
  ]),
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers are what messages are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Handler tables take methods by reference on purpose where they do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // `return complain(…)` reads well where both return nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // What files and names hold, others wrote: no pattern may take longer than in proportion to a text.
    files: ['**/*.ts', '**/*.mts', '**/*.mjs'],
    ignores: ['test/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
    },
  },
  {
    files: ['server/src/**/*.ts'],
    rules: noImports(noClient, lazyTypeScript),
  },
  ...LAYERS.map(layer),
  {
    files: ['server/src/lsp/**/*.ts'],
    rules: noImports(noIo, noDoors, noClient, lazyTypeScript, findingsOnly, {
      group: ['vscode-languageserver', 'vscode-languageserver/*'],
      message: 'Only types: the shapes are plain data, the connection belongs to server.ts.',
      allowTypeImports: true,
    }),
  },
  {
    files: ['server/src/report/**/*.ts'],
    rules: noImports(noIo, noProtocol, noDoors, noClient, lazyTypeScript, findingsOnly),
  },
  {
    files: ['client/src/**/*.ts'],
    rules: noImports({
      group: [
        '**/server/src/*',
        '!**/server/src/protocol',
        '!**/server/src/base',
        '**/server/src/base/*',
        '!**/server/src/base/file-globs',
      ],
      message: 'Of the server, the client knows the protocol and the globs of files that are read.',
    }),
  },
  {
    // What is longer is split by what it answers, or says why it is one: an exhaustive switch, a flat list of facts.
    files: ['server/src/**/*.ts', 'client/src/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      complexity: ['error', 20],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Data: what rules show of themselves, and lists of words.
    files: ['server/src/rules/**/*-examples.ts', 'server/src/vocabulary/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Not split yet.
    files: [
      'server/src/project/processes/roles.ts',
      'server/src/project/requests/request-handlers.ts',
      'server/src/project/state/state-kinds.ts',
      'server/src/project/facts/collect-writes.ts',
      'server/src/rules/config/hardcoded-url/find.ts',
    ],
    rules: { complexity: 'off' },
  },
  {
    // Not split yet.
    files: ['server/src/project/build-model.ts', 'server/src/project/facts/collect-writes.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'Wait for an event, or until(predicate, deadline).' },
        { name: 'setInterval', message: 'Wait for an event, or until(predicate, deadline).' },
      ],
      'no-restricted-imports': [
        'error',
        {
          name: 'node:timers/promises',
          message: 'Wait for an event, or until(predicate, deadline).',
        },
      ],
      // A test says what must be there by using it.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['scripts/**/*.ts', 'server/src/cli.ts', 'test/vscode/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Standard output may be the wire: what is printed goes to the connection instead.
    files: ['server/src/main.node.ts'],
    rules: { 'no-console': 'off' },
  },
);
