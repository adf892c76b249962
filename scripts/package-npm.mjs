// Stages and packs the npm package: `npm run package:npm`. Its manifest is its own, since the root's serves the extension. With
// `--out=<folder>` the package goes there. Fails above the size budget.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const BUDGET_BYTES = 2_000_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(
  process.argv.find((each) => each.startsWith('--out='))?.slice('--out='.length) ?? root,
);
const stage = join(out, '.tmp', 'npm');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(stage, { recursive: true, force: true });
mkdirSync(join(stage, 'dist'), { recursive: true });
run('node', [
  join(root, 'esbuild.mjs'),
  '--production',
  '--npm',
  `--outdir=${join(stage, 'dist')}`,
]);
chmodSync(join(stage, 'dist/cli.js'), 0o755);
for (const path of ['LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'docs/rules'])
  cpSync(join(root, path), join(stage, path), { recursive: true });
for (const name of ['twelve-factor', 'twelve-factor-map', 'twelve-factor-report'])
  cpSync(join(root, `syntaxes/${name}.schema.json`), join(stage, `schemas/${name}.schema.json`));
cpSync(join(root, 'docs/npm/README.md'), join(stage, 'README.md'));
writeFileSync(join(stage, 'index.d.ts'), declarations());
writeFileSync(
  join(stage, 'index.mjs'),
  "import library from './dist/library.js';\nexport const { analyse, rules, version } = library;\n",
);
writeFileSync(join(stage, 'package.json'), `${JSON.stringify(ownManifest(), undefined, 2)}\n`);

const packed = JSON.parse(
  run('npm', ['pack', '--json', '--ignore-scripts', `--pack-destination=${out}`], stage),
);
const [{ filename, size }] = Array.isArray(packed) ? packed : Object.values(packed);
const sizes = `${filename}: ${size} bytes, budget ${BUDGET_BYTES}`;
if (statSync(join(out, filename)).size > BUDGET_BYTES) fail(sizes);
console.log(sizes);

/** What is said of the package; nothing to install, nothing that runs when it is installed. */
function ownManifest() {
  const { version, description, license, repository, bugs, homepage } = manifest;
  return {
    name: 'twelve-factor',
    version,
    description,
    keywords: ['twelve-factor', '12factor', 'lint', 'static-analysis', 'sarif', 'language-server'],
    license,
    repository,
    bugs,
    homepage,
    bin: { 'twelve-factor': 'dist/cli.js' },
    main: './dist/library.js',
    types: './index.d.ts',
    exports: {
      '.': { types: './index.d.ts', import: './index.mjs', require: './dist/library.js' },
      './schemas/*': './schemas/*',
      './package.json': './package.json',
    },
    files: ['dist', 'docs', 'schemas', 'index.mjs', 'index.d.ts', 'CHANGELOG.md', 'SECURITY.md'],
    engines: { node: '>=20' },
    publishConfig: { access: 'public', provenance: true },
  };
}

/** The types of the library; its source states all that it exports. */
function declarations() {
  const fileName = join(root, 'server/src/cli/library.ts');
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), {
    fileName,
    compilerOptions: { isolatedDeclarations: true, declaration: true },
  });
  for (const { messageText } of diagnostics) fail(String(messageText));
  if (/\bfrom\s*['"]/.test(outputText)) fail('The types of the library import others.');
  return outputText;
}

/** Runs a program; returns what it prints. */
function run(program, args, cwd = root) {
  const shell = process.platform === 'win32';
  const name = program === 'node' ? process.execPath : program;
  const result = spawnSync(name, args, {
    cwd,
    encoding: 'utf8',
    shell: shell && program === 'npm',
  });
  if (result.status !== 0) fail(`${result.stdout}${result.stderr}`);
  return result.stdout;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
