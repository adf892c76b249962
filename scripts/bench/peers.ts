import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PEER_VERSIONS, peerConfigs, peerManifest } from './peer-configs';

/** Without a network, npm would try for more than a minute. */
const INSTALL =
  'npm install --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000';

/**
 * Installs the peers, unless they are there in the right versions.
 * @returns why it could not be done; undefined when they are there
 */
export function installPeers(folder: string): string | undefined {
  if (Object.entries(PEER_VERSIONS).every(([name, version]) => installed(folder, name) === version))
    return undefined;
  console.log('Installing oxlint, Biome and ESLint for comparison, once …');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), peerManifest());
  const child = spawnSync(INSTALL, { cwd: folder, encoding: 'utf8', shell: true });
  if (child.status === 0) return undefined;
  const lines = child.stderr.trim().split('\n');
  return `The peers could not be installed (offline?), so they are left out: ${lines[0] ?? ''}`;
}

/** Writes their configuration for a folder, outside of it: whatever the folder says of its own, they do the same work. */
export function configurePeers(peers: string, folder: string): void {
  for (const [name, text] of Object.entries(peerConfigs(ignoredPaths(folder))))
    writeFileSync(join(peers, name), text);
}

/** The script that a package's command is. */
export function peerScript(folder: string, name: string, command: string): string {
  const manifest = readManifest(folder, name);
  const bin = manifest?.bin;
  const path = typeof bin === 'string' ? bin : bin?.[command];
  return join(folder, 'node_modules', name, path ?? command);
}

export function isInstalled(folder: string, name: string): boolean {
  return installed(folder, name) === PEER_VERSIONS[name];
}

interface Manifest {
  readonly version: string;
  readonly bin?: string | Readonly<Record<string, string>>;
}

function installed(folder: string, name: string): string | undefined {
  return readManifest(folder, name)?.version;
}

function readManifest(folder: string, name: string): Manifest | undefined {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** What git ignores, which we do not read either; nothing outside of a repository. */
function ignoredPaths(folder: string): readonly string[] {
  const git = spawnSync(
    'git',
    ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'],
    // A repository is not to be touched, not even its index.
    { cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' } },
  );
  return git.status === 0 ? git.stdout.split('\0').filter((path) => path !== '') : [];
}
