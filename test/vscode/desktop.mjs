// Finds a desktop VS Code and runs a suite in it, through @vscode/test-electron.
import { fork, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  downloadAndUnzipVSCode,
  resolveCliPathFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { spawnGroup } from './processes.mjs';

const self = fileURLToPath(import.meta.url);
const NO_DATA_LIMIT_MS = 8_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * The desktop VS Code to use: `VSCODE_PATH`, else a downloaded one.
 * @throws Error when `VSCODE_PATH` names no file, or there is no display for it
 * @returns its executable, or undefined where there is none, it cannot be downloaded, or nothing can show its window.
 */
export async function findDesktop(cache) {
  if (process.env.VSCODE_PATH) {
    if (canShowWindows()) return executableOf(process.env.VSCODE_PATH);
    throw new Error('VSCODE_PATH needs a display: set DISPLAY, or install the package xvfb.');
  }
  if (!canShowWindows()) return undefined;
  return new Promise((resolve) => {
    // In a process of its own: a download that hangs or retries must not outlive its limit.
    const child = fork(self, ['--download', cache], { stdio: 'inherit' });
    const limit = setTimeout(() => child.kill('SIGKILL'), DOWNLOAD_LIMIT_MS);
    let executable;
    child.on('message', (message) => (executable = message));
    child.on('exit', () => {
      clearTimeout(limit);
      resolve(executable);
    });
  });
}

/** People name the program, its launcher in `bin`, a link to one of them, or the bundle of macOS. */
function executableOf(path) {
  if (!existsSync(path)) throw new Error(`VSCODE_PATH: there is no ${path}.`);
  const real = realpathSync(path);
  if (real.endsWith('.app')) return join(real, 'Contents/MacOS/Electron');
  const folder = dirname(real);
  return basename(folder) === 'bin' ? join(folder, '..', basename(real)) : real;
}

/** Installs a packaged extension as a user would. */
export function installOnDesktop(executable, folders, vsix) {
  const result = spawnSync(
    resolveCliPathFromVSCodeExecutablePath(executable),
    [...folderArguments(folders), '--install-extension', vsix, '--force'],
    { encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (result.status !== 0) {
    throw new Error(
      `VS Code did not install ${vsix}: ${result.error ?? `${result.stdout}${result.stderr}`}`,
    );
  }
}

/**
 * Runs a suite in a window of its own, in a child process so that a deadline can end it with all it started.
 * @param run `{ open, extension, suite, web }`: workspace path, extension folder, suite module, web extension host or not
 * @returns the child process; its standard output carries the suite's lines, its exit code the result.
 */
export function startOnDesktop(executable, folders, run) {
  const options = {
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: run.suite,
    launchArgs: [
      run.open,
      ...folderArguments(folders),
      ...(run.web ? ['--extensionDevelopmentKind=web'] : []),
    ],
  };
  const args = [self, '--run', JSON.stringify(options)];
  const stdio = ['ignore', 'pipe', 'inherit'];
  return needsVirtualDisplay()
    ? spawnGroup('xvfb-run', ['-a', process.execPath, ...args], stdio)
    : spawnGroup(process.execPath, args, stdio);
}

function folderArguments(folders) {
  return ['--user-data-dir', folders.data, '--extensions-dir', folders.extensions];
}

function needsVirtualDisplay() {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

function canShowWindows() {
  return (
    !needsVirtualDisplay() || spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0
  );
}

if (process.argv[1] === self) {
  const [, , action, argument] = process.argv;
  try {
    if (action === '--download') {
      process.send(
        await downloadAndUnzipVSCode({ cachePath: argument, timeout: NO_DATA_LIMIT_MS }),
      );
    } else {
      process.exitCode = await runTests(JSON.parse(argument));
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
