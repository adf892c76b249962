// Runs VS Code's own server and shows its workbench in a headless Chromium.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { endGroup, spawnGroup } from './processes.mjs';

const START_LIMIT_MS = 60_000;
/** The workbench is large, and the machine may be busy. */
const OPEN_LIMIT_MS = 120_000;
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Everything VS Code writes in one run, below one folder. */
export function runFolders(folder) {
  return { data: join(folder, 'data'), extensions: join(folder, 'extensions') };
}

/**
 * Installs a packaged extension as a user would.
 * @throws Error with VS Code's own words when it refuses.
 */
export function installExtension(paths, folders, vsix) {
  const result = spawnSync(
    paths.node,
    [paths.server, '--install-extension', vsix, '--force', ...commonArguments(folders)],
    { encoding: 'utf8', timeout: START_LIMIT_MS },
  );
  if (result.status !== 0) {
    throw new Error(`VS Code did not install ${vsix}:\n${result.stdout}${result.stderr}`);
  }
}

/**
 * Starts the server on a free port of the loopback interface.
 * @param extra more arguments of the server
 * @param trust `asked`: folders are not trusted until somebody says so
 * @returns its origin (`127.0.0.1:port`) and a function that ends it with all its children.
 */
export async function startServer(paths, folders, extra = [], trust = 'given') {
  const server = spawnGroup(
    paths.node,
    [
      paths.server,
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
      ...['--telemetry-level', 'off', '--enable-smoke-test-driver'],
      ...(trust === 'given' ? ['--disable-workspace-trust'] : []),
      ...commonArguments(folders),
      ...extra,
    ],
    ['ignore', 'pipe', 'pipe'],
  );
  const stop = () => endGroup(server);
  try {
    return { origin: `127.0.0.1:${await listeningPort(server)}`, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * Opens the workbench.
 * @param options.open `{ folder }` or `{ workspace }`: an absolute path
 * @param options.payload pairs of VS Code's environment, such as `extensionTestsPath`
 * @param options.on `log(type, args)` for the extension host's console, `exit(code)` for the suite's result
 */
export async function openWorkbench(paths, origin, { open, payload, viewport, on = {} }) {
  const browser = await chromium.launch({ executablePath: paths.chromium, args: CHROMIUM_FLAGS });
  const close = () => browser.close();
  try {
    const page = await browser.newPage({ viewport: viewport ?? { width: 1280, height: 800 } });
    await page.exposeFunction('codeAutomationLog', (type, args) => on.log?.(type, args));
    await page.exposeFunction('codeAutomationExit', (code) => on.exit?.(code));
    page.on('crash', () => on.exit?.(70));
    const query = new URLSearchParams({ ...open, payload: JSON.stringify(payload) });
    await page.goto(`http://${origin}/?${query}`, { timeout: OPEN_LIMIT_MS });
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The URI under which the workbench at this origin sees a file of this machine. */
export function remoteUri(origin, path) {
  return `vscode-remote://${origin}${path}`;
}

function commonArguments(folders) {
  return [
    '--accept-server-license-terms',
    ...['--server-data-dir', folders.data, '--extensions-dir', folders.extensions],
  ];
}

function listeningPort(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why) => reject(new Error(`VS Code's server ${why}:\n${output}`));
    const limit = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    server.once('exit', (code) => fail(`ended with ${code}`));
    server.once('error', reject);
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const port = /listening on (\d+)/.exec(output)?.[1];
        if (!port) return;
        clearTimeout(limit);
        resolve(Number(port));
      });
    }
  });
}
