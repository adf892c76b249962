// Runs the VS Code suite in a real VS Code: `node test/vscode/run.mjs [--vsix[=file]] [--dev] [--web] [options]`.
//   --vsix  the packaged extension, installed as a user would (packages it first, unless a file is given)
//   --dev   the project's folder as an extension under development (the default)
//   --web   the same in the web extension host
//   --restricted  the packaged extension in a workspace that nobody trusts (not on the desktop)
//   --only  runs the tests whose name contains the words, or one of several with | between
//   --quiet  nothing else runs on this machine: what it takes must be what is promised
//   --no-build  takes dist/ and the package as they are
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { cache } from './cache.mjs';
import { webviewOf } from './stage.mjs';
import { findDesktop, installOnDesktop, startOnDesktop } from './desktop.mjs';
import { installVsCodeServer } from './install.mjs';
import { checkLooks } from './looks.mjs';
import { checkPages } from './pages.mjs';
import { endGroup } from './processes.mjs';
import { Totals } from './totals.mjs';
import {
  installExtension,
  openWorkbench,
  remoteUri,
  runFolders,
  startServer,
} from './vscode-server.mjs';

const RUN_LIMIT_MS = 10 * 60_000;
/** Begins the lines with which the suite asks for a click. */
const CLICK = '[click] ';
/** Begins selectors of what a webview shows. */
const WEBVIEW = 'webview:';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

const { modes, vsixFile, only, useBuilt, isQuiet } = readArguments();
let passed = 0;
let failed = 0;
try {
  prepareProduct();
  const vscode = await chooseVsCode();
  for (const mode of modes) {
    if (mode === 'restricted' && vscode.desktop) continue;
    console.log(`\n${title(mode)}`);
    const result = await runMode(vscode, mode);
    passed += result.passed;
    failed += result.failed;
  }
  if (vscode.server && only === '') {
    console.log('\nPages that the command line writes');
    const result = await checkPages(vscode.server.chromium);
    passed += result.passed;
    failed += result.failed;
    if (modes.some(isPackaged)) {
      console.log('\nWhat the extension draws');
      const looks = await checkLooks(vscode.server, vsixFile ?? packagedExtension());
      passed += looks.passed;
      failed += looks.failed;
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed += 1;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function readArguments() {
  const options = {
    dev: { type: 'boolean' },
    web: { type: 'boolean' },
    restricted: { type: 'boolean' },
    only: { type: 'string' },
    'no-build': { type: 'boolean' },
    quiet: { type: 'boolean' },
  };
  const args = process.argv.slice(2);
  const vsix = args.find((argument) => /^--vsix(=|$)/.test(argument));
  const { values } = parseArgs({ args: args.filter((argument) => argument !== vsix), options });
  const chosen = ['vsix', 'dev', 'web', 'restricted'].filter((mode) =>
    mode === 'vsix' ? vsix : values[mode],
  );
  return {
    modes: chosen.length > 0 ? chosen : ['dev'],
    vsixFile: vsix?.includes('=') ? resolve(vsix.slice('--vsix='.length)) : undefined,
    only: values.only ?? '',
    useBuilt: values['no-build'] ?? false,
    isQuiet: values.quiet ?? false,
  };
}

function title(mode) {
  const titles = {
    vsix: 'Packaged extension, installed',
    dev: 'Extension under development',
    web: 'Extension under development, web extension host',
    restricted: 'Packaged extension, restricted workspace',
  };
  return titles[mode];
}

function prepareProduct() {
  if (useBuilt) return;
  if (modes.some(isPackaged) && vsixFile === undefined) runScript('package');
  if (!modes.every(isPackaged)) runScript('build');
}

/** Is the extension installed, as a user would? */
function isPackaged(mode) {
  return mode === 'vsix' || mode === 'restricted';
}

function runScript(name) {
  const shell = process.platform === 'win32';
  const result = spawnSync('npm', ['run', '--silent', name], {
    cwd: root,
    stdio: 'inherit',
    shell,
  });
  if (result.status !== 0) throw new Error(`npm run ${name} failed.`);
}

async function chooseVsCode() {
  const desktop = await findDesktop(cache);
  if (desktop !== undefined) return { desktop };
  console.log('No desktop VS Code here: using the VS Code server in a browser.');
  return { server: await installVsCodeServer() };
}

/** One run on a fresh copy of the test workspace, with fresh settings. */
async function runMode(vscode, mode) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tf-')));
  try {
    const workspace = join(folder, 'workspace');
    cpSync(join(here, 'workspaces'), workspace, { recursive: true });
    const run = {
      open: join(workspace, 'test.code-workspace'),
      extension: isPackaged(mode) ? join(here, 'runner-extension') : root,
      suite: await bundleSuite(folder, mode, vscode),
      web: mode === 'web',
      trust: mode === 'restricted' ? 'asked' : 'given',
      vsix: isPackaged(mode) ? (vsixFile ?? packagedExtension()) : undefined,
      picture: join(root, 'test-results', `vscode-${mode}.png`),
    };
    const totals = new Totals();
    const start = vscode.desktop ? runOnDesktop : runOnServer;
    const code = await start(vscode.desktop ?? vscode.server, runFolders(folder), run, totals);
    return totals.result(code);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function bundleSuite(folder, mode, vscode) {
  const outfile = join(folder, 'suite/index.js');
  await build({
    entryPoints: [join(here, 'suite/index.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: mode === 'web' ? 'browser' : 'node',
    target: 'es2022',
    external: ['vscode'],
    sourcemap: 'inline',
    define: {
      TEST_IS_QUIET: String(isQuiet),
      TEST_ONLY: JSON.stringify(only),
      // In a desktop window there is nobody who clicks.
      TEST_CAN_CLICK: String(vscode.desktop === undefined),
    },
    logLevel: 'warning',
  });
  return outfile.replace(/\.js$/, '');
}

function packagedExtension() {
  const files = readdirSync(root).filter((name) => name.endsWith('.vsix'));
  if (files.length !== 1)
    throw new Error(`Expected one packaged extension, found ${files.length}.`);
  return join(root, files[0]);
}

async function runOnServer(paths, folders, run, totals) {
  if (run.vsix) installExtension(paths, folders, run.vsix);
  const server = await startServer(paths, folders, [], run.trust);
  let workbench;
  try {
    let exit;
    const done = new Promise((resolve) => (exit = resolve));
    const limit = setTimeout(() => exit('deadline'), RUN_LIMIT_MS);
    workbench = await openWorkbench(paths, server.origin, {
      open: { workspace: run.open },
      payload: [
        ...(run.web ? [['extensionDevelopmentKind', 'web']] : []),
        ['extensionDevelopmentPath', remoteUri(server.origin, run.extension.replace(/\/$/, ''))],
        ['extensionTestsPath', remoteUri(server.origin, run.suite)],
        ['skipWelcome', 'true'],
      ],
      on: {
        log(type, args) {
          const text = args.map(String).join(' ');
          if (text.startsWith(CLICK)) void click(workbench.page, text.slice(CLICK.length));
          else totals.line(text, type);
        },
        exit,
      },
    });
    const code = await done;
    clearTimeout(limit);
    if (code !== 0) await keepPicture(workbench.page, run.picture);
    return code;
  } finally {
    await workbench?.close();
    server.stop();
  }
}

/** Clicks on the first match, as soon as there is one; the suite waits for what comes of it. */
async function click(page, selector) {
  const isInside = selector.startsWith(WEBVIEW);
  const where = isInside ? webviewOf(page) : page;
  await where
    .locator(isInside ? selector.slice(WEBVIEW.length) : selector)
    .first()
    .click()
    .catch((error) => console.log(`  no click: ${error.message}`));
}

async function keepPicture(page, path) {
  mkdirSync(join(path, '..'), { recursive: true });
  await page.screenshot({ path }).then(
    () => console.log(`  picture: ${path}`),
    (error) => console.log(`  no picture: ${error.message}`),
  );
}

async function runOnDesktop(executable, folders, run, totals) {
  if (run.vsix) installOnDesktop(executable, folders, run.vsix);
  const child = startOnDesktop(executable, folders, run);
  const limit = setTimeout(() => endGroup(child), RUN_LIMIT_MS);
  createInterface({ input: child.stdout }).on('line', (line) => totals.line(line));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code ?? 'deadline'));
  });
  clearTimeout(limit);
  endGroup(child);
  return code;
}
