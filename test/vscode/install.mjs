// Puts a real VS Code (server and web workbench) into the cache, for machines that cannot download the desktop one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from './cache.mjs';
import { installPackage } from './npm-install.mjs';

const NODE_MAJOR = 24;
const CODE_SERVER = '4.139.1';
const INSTALL_LIMIT_MS = 20 * 60_000;

const nodeFolder = join(cache, 'node');
const serverFolder = join(cache, 'server');
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const wanted = JSON.stringify({ nodePackage, node: NODE_MAJOR, codeServer: CODE_SERVER });

/** What the build of VS Code's native modules and the run need: how to see that it is there, and the Debian package. */
const requirements = [
  { debian: 'python3', present: () => runs('python3', ['--version']) },
  { debian: 'make', present: () => runs('make', ['--version']) },
  { debian: 'g++', present: () => runs('g++', ['--version']) },
  { debian: 'pkg-config', present: () => runs('pkg-config', ['--version']) },
  { debian: 'libkrb5-dev', present: () => runs('pkg-config', ['--exists', 'krb5-gssapi']) },
  { debian: 'libsecret-1-dev', present: () => runs('pkg-config', ['--exists', 'libsecret-1']) },
  { debian: 'chromium', present: () => findChromium() !== undefined },
];

/**
 * Installs what is missing, or reuses the complete installation of an earlier run.
 * @returns the absolute paths of Node, VS Code's server and Chromium.
 * @throws Error naming exactly what is missing and cannot be installed from here.
 */
export async function installVsCodeServer() {
  ensureSystemPackages();
  const paths = {
    node: join(
      nodeFolder,
      'node_modules',
      nodePackage,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    ),
    server: join(serverFolder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    chromium: findChromium(),
  };
  if (isComplete() && existsSync(paths.node) && existsSync(paths.server)) return paths;

  rmSync(join(cache, 'complete.json'), { force: true });
  console.log(`Installing VS Code's server into ${serverFolder} (a few minutes, once)`);
  await installPackage(nodeFolder, `${nodePackage}@${NODE_MAJOR}`, {}, INSTALL_LIMIT_MS);
  const environment = {
    // npm runs on the first Node of PATH, and VS Code's modules are built for the Node that builds them.
    PATH: [join(paths.node, '..'), process.env.PATH ?? ''].join(delimiter),
    npm_config_nodedir: join(nodeFolder, 'node_modules', nodePackage),
  };
  await installPackage(serverFolder, `code-server@${CODE_SERVER}`, environment, INSTALL_LIMIT_MS);
  for (const path of [paths.node, paths.server]) {
    if (!existsSync(path)) throw new Error(`The installation ended without ${path}.`);
  }
  writeFileSync(join(cache, 'complete.json'), wanted);
  return paths;
}

/** The Chromium (or Chrome, Edge) to drive: CHROME_PATH, else the first on PATH; undefined when there is none. */
export function findChromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function isComplete() {
  const marker = join(cache, 'complete.json');
  return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}

function ensureSystemPackages() {
  let missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && runs('apt-get', ['--version'])) {
    console.log(`Installing Debian packages: ${missing.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const limits = { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_LIMIT_MS };
    spawnSync('apt-get', ['update'], limits);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing], limits);
    missing = missingPackages();
  }
  if (missing.length === 0) return;
  throw new Error(
    `The VS Code tests need a VS Code: set VSCODE_PATH to its executable, or install these packages ` +
      `(Debian names) and run again: ${missing.join(' ')}`,
  );
}

/** The build tools are only missing while there is something to build. */
function missingPackages() {
  const needed = isComplete()
    ? requirements.filter(({ debian }) => debian === 'chromium')
    : requirements;
  return needed.filter(({ present }) => !present()).map(({ debian }) => debian);
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await installVsCodeServer());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
