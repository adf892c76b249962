// Builds for production and packages the extension: `npm run package [-- --pre-release]`. Fails on any warning and above the size budget.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUDGET_BYTES = 3_000_000;

const root = fileURLToPath(new URL('..', import.meta.url));

run([join(root, 'esbuild.mjs'), '--production']);
for (const name of packages()) rmSync(join(root, name));
const output = run([
  join(root, 'node_modules/@vscode/vsce/vsce'),
  ...['package', '--no-dependencies', '--readme-path', 'MARKETPLACE.md'],
  ...(process.argv.includes('--pre-release') ? ['--pre-release'] : []),
]);
process.stdout.write(output);

const [name] = packages();
if (name === undefined) fail('vsce wrote no package.');
if (/\bwarning\b/i.test(output)) fail('vsce warned, see above.');
const { size } = statSync(join(root, name));
const sizes = `${name}: ${size} bytes, budget ${BUDGET_BYTES}`;
if (size > BUDGET_BYTES) fail(sizes);
console.log(sizes);

function packages() {
  return readdirSync(root).filter((file) => file.endsWith('.vsix'));
}

/** Runs a script with this Node; returns all it printed. */
function run(args) {
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const printed = `${result.stdout}${result.stderr}`;
  if (result.status !== 0) fail(printed);
  return printed;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
