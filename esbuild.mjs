// Bundles client, server and command line into dist/: `node esbuild.mjs [--production] [--watch] [--cli|--worker|--npm] [--outdir=…]`.
import { chmod, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { parserOnly, scriptScope } from './scripts/parser-only.mjs';
import { withoutExamples } from './scripts/without-examples.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
// The command line alone: a check needs nothing else. The worker alone: its test needs nothing else.
const cliOnly = process.argv.includes('--cli');
const workerOnly = process.argv.includes('--worker');
// What the npm package ships: command line, server for other editors, library.
const npmOnly = process.argv.includes('--npm');
const outdir =
  process.argv.find((each) => each.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  target: 'es2022',
  legalComments: 'none',
  logLevel: watch ? 'silent' : 'warning',
  // A default import of something without one is undefined at run time, and esbuild alone sees it.
  logOverride: { 'import-is-undefined': 'error' },
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  // Node's `import()` of a CommonJS file first reads all of it in search of names: 250 ms for TypeScript. `require` does not.
  supported: { 'dynamic-import': false },
};
const browser = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  // Libraries ask these before they use them; a worker has no `process`.
  define: { 'process.env': '{}', 'process.platform': '"browser"' },
};

/** Servers and command line share one copy of TypeScript, loaded by the first analysis. */
const sharedTypeScript = {
  name: 'shared-typescript',
  setup({ onResolve }) {
    onResolve({ filter: /^typescript$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './typescript.js', external: true },
    );
  },
};

/** What serves agents is a bundle of its own, loaded by the command that does: it brings the protocol's library along. */
const ownAgents = {
  name: 'own-agents',
  setup({ onResolve }) {
    onResolve({ filter: /\/serve-tools$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './mcp.js', external: true },
    );
  },
};

/** The protocol's library holds forms that people fill in against their schema; ours has no fields. */
const withoutValidator = {
  name: 'without-validator',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]validation[\\/]ajv-provider\.js$/ }, () => ({
      contents:
        'export class AjvJsonSchemaValidator { getValidator() { return (data) => ({ valid: true, data }); } }',
    }));
  },
};

/** Source maps of a development build follow the rules as they are written. */
const shipped = production ? [withoutExamples] : [];

const editorBundles = [
  {
    ...node,
    entryPoints: ['client/src/extension.ts'],
    outfile: join(outdir, 'extension.js'),
    external: ['vscode'],
  },
  {
    ...browser,
    entryPoints: ['client/src/extension.browser.ts'],
    outfile: join(outdir, 'extension.browser.js'),
    format: 'cjs',
    external: ['vscode'],
  },
];
const server = {
  ...node,
  entryPoints: ['server/src/main.node.ts'],
  outfile: join(outdir, 'server.js'),
  plugins: [sharedTypeScript, ...shipped],
};
const library = {
  ...node,
  entryPoints: ['server/src/cli/library.ts'],
  outfile: join(outdir, 'library.js'),
  plugins: [sharedTypeScript, ...shipped],
};
const worker = {
  ...browser,
  entryPoints: ['server/src/main.browser.ts'],
  outfile: join(outdir, 'server.browser.js'),
  format: 'iife',
  plugins: [sharedTypeScript, ...shipped],
};
const typescript = {
  ...node,
  entryPoints: { typescript: 'typescript' },
  outdir,
  sourcemap: false,
  ...scriptScope,
  plugins: [parserOnly],
};
const cliBundles = [
  {
    ...node,
    entryPoints: ['server/src/cli.ts'],
    outfile: join(outdir, 'cli.js'),
    banner: { js: await shebang('server/src/cli.ts') },
    plugins: [sharedTypeScript, ownAgents, ...shipped, executable()],
  },
  {
    ...node,
    entryPoints: ['server/src/cli/mcp/serve-tools.ts'],
    outfile: join(outdir, 'mcp.js'),
    plugins: [withoutValidator],
  },
  typescript,
];
const bundles = cliOnly
  ? cliBundles
  : workerOnly
    ? [worker, typescript]
    : npmOnly
      ? [server, library, ...cliBundles]
      : [...editorBundles, server, worker, ...cliBundles];

if (production) await removeSourceMaps();
try {
  if (watch) await watchAll();
  else await Promise.all(bundles.map((bundle) => build(bundle)));
} catch (error) {
  // esbuild has printed what is wrong with the sources.
  if (!Array.isArray(error?.errors)) throw error;
  process.exitCode = 1;
}

async function watchAll() {
  for (const bundle of bundles) {
    const plugins = [...(bundle.plugins ?? []), problemMatcher()];
    await (await context({ ...bundle, plugins })).watch();
  }
}

/** Prints the lines that the watch task of .vscode/tasks.json looks for. */
function problemMatcher() {
  return {
    name: 'problem-matcher',
    setup({ onStart, onEnd }) {
      onStart(() => console.log('[watch] build started'));
      onEnd(({ errors }) => {
        for (const { text, location } of errors) {
          console.error(`✘ [ERROR] ${text}`);
          if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
        }
        console.log('[watch] build finished');
      });
    },
  };
}

/** The line that makes the command line runnable, unless its source has one itself. */
async function shebang(source) {
  const text = await readFile(`${root}${source}`, 'utf8').catch(() => '');
  return text.startsWith('#!') ? '' : '#!/usr/bin/env node';
}

function executable() {
  return {
    name: 'executable',
    setup({ onEnd, initialOptions }) {
      onEnd(async ({ errors }) => {
        if (errors.length === 0) await chmod(resolve(root, initialOptions.outfile), 0o755);
      });
    },
  };
}

/** Those of an earlier development build; they would describe other code. */
async function removeSourceMaps() {
  const names = bundles.map(({ outfile }) => outfile).filter((outfile) => outfile !== undefined);
  await Promise.all(names.map((name) => rm(join(root, `${name}.map`), { force: true })));
}
