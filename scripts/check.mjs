// The command line of this working copy: `npm run check -- <folder> [options]` builds it when it is missing or older than its
// sources, then runs it.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli.js');

if (isStale()) build();
const { status } = spawnSync(process.execPath, [cli, 'check', ...process.argv.slice(2)], {
  // npm runs scripts in the project's folder; the person named a folder from where they are.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
process.exitCode = status ?? 2;

function isStale() {
  const built = Math.min(changedAt(cli), changedAt(join(root, 'dist/typescript.js')));
  const sources = ['server/src', 'esbuild.mjs', 'package-lock.json'];
  return sources.some((path) => newest(join(root, path)) > built);
}

/** Milliseconds; 0 for a file that does not exist. */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(path) {
  if (!statSync(path).isDirectory()) return changedAt(path);
  const inside = readdirSync(path).map((name) => newest(join(path, name)));
  // The folder's own time changes when a file is taken away.
  return Math.max(changedAt(path), ...inside);
}

function build() {
  console.error('Building the command line …');
  const result = spawnSync(process.execPath, [join(root, 'esbuild.mjs'), '--cli'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) {
    console.error('The build failed; run `npm ci` first if nothing is installed.');
    process.exit(2);
  }
}
