// Takes the pictures of the README: `node test/vscode/screenshots.mjs <folder> --file=<path> --rule=<id>
// [--beside=<path>] [--vsix=<file>]`.
// Shows the packaged extension, installed as a user would, on a copy of the folder: the squiggles of a file, the quick-fix
// menu at a finding, the file after the first fix (with another file beside it), the Problems panel. Writes images/*.png.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installVsCodeServer } from './install.mjs';
import { installExtension, openWorkbench, runFolders, startServer } from './vscode-server.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const images = join(root, 'images');
const VIEWPORT = { width: 1200, height: 750 };
const STEP_LIMIT_MS = 30_000;

/** Quiet surroundings, so that a picture shows the extension. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'javascript.validate.enable': false,
  'typescript.validate.enable': false,
  'update.showReleaseNotes': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
};

const { source, file, rule, beside, vsix } = readArguments();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tf-')));
try {
  const workspace = join(folder, basename(source));
  cpSync(source, workspace, {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
  const finding = findingIn(workspace);
  const paths = await installVsCodeServer();
  const folders = runFolders(folder);
  mkdirSync(join(folders.data, 'data/Machine'), { recursive: true });
  writeFileSync(join(folders.data, 'data/Machine/settings.json'), JSON.stringify(SETTINGS));
  installExtension(paths, folders, vsix);
  const server = await startServer(paths, folders);
  try {
    await takePictures(paths, server.origin, workspace, finding);
  } finally {
    server.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function readArguments() {
  const names = ['file', 'rule', 'beside', 'vsix'];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [source] = positionals;
  if (!source || !values.file || !values.rule) {
    console.error(
      'Usage: screenshots.mjs <folder> --file=<path> --rule=<id> [--beside=<path>] [--vsix=<file>]',
    );
    process.exit(2);
  }
  const packaged = readdirSync(root).find((name) => name.endsWith('.vsix'));
  const vsix = values.vsix ?? (packaged && join(root, packaged));
  if (!vsix) throw new Error('Run `npm run package` first, or give --vsix.');
  return { ...values, source: resolve(source), vsix: resolve(vsix) };
}

/** Where the command line reports the rule in the file: 1-based line and column. */
function findingIn(workspace) {
  const command = [join(root, 'dist/cli.js'), 'check', workspace, '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout) throw new Error(`The command line reports nothing: ${stderr}`);
  const { findings } = JSON.parse(stdout);
  const finding = findings.find(({ path, ruleId }) => path === file && ruleId === rule);
  if (!finding) throw new Error(`No ${rule} in ${file}.`);
  return finding.range.start;
}

async function takePictures(paths, origin, workspace, { line, column }) {
  const { page, close } = await openWorkbench(paths, origin, {
    open: { folder: workspace },
    payload: [['skipWelcome', 'true']],
    viewport: VIEWPORT,
  });
  page.setDefaultTimeout(STEP_LIMIT_MS);
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    await openFile(page, `${file}:${line}:${column}`, 'Enter');
    await squiggles(page).first().waitFor();
    await untilAnalysed(page);
    await picture(page, 'squiggles');

    await page.keyboard.press('Control+Shift+KeyM');
    await page.locator('.markers-panel .monaco-list-row').first().waitFor();
    await picture(page, 'problems');
    await page.keyboard.press('Control+KeyJ');
    await page.locator('.markers-panel').waitFor({ state: 'hidden' });

    await openFile(page, `${file}:${line}:${column}`, 'Enter');
    await page.keyboard.press('Control+Period');
    await page.locator('.action-widget .monaco-list-row').first().waitFor();
    await picture(page, 'quick-fix');

    const before = await squiggles(page).count();
    await page.keyboard.press('Enter');
    await page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'hidden' });
    await page.locator('.tab.dirty').first().waitFor();
    await squiggles(page)
      .nth(before - 1)
      .waitFor({ state: 'detached' });
    if (beside !== undefined) await openFile(page, beside, 'Control+Enter');
    await picture(page, 'fixed');
  } finally {
    await close();
  }
}

function squiggles(page) {
  return page.locator('.editor-instance .squiggly-warning');
}

async function openFile(page, where, key) {
  await page.keyboard.press('Control+KeyP');
  await page.locator('.quick-input-widget input').fill(where);
  await page.locator('.quick-input-list .monaco-list-row.focused').waitFor();
  await page.keyboard.press(key);
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** The count in the status bar replaces the spinner when the scan has ended. */
async function untilAnalysed(page) {
  const count = page.locator('.statusbar-item[id*="twelveFactor.count"]');
  await count.locator('.codicon-checklist').waitFor();
}

async function picture(page, name) {
  mkdirSync(images, { recursive: true });
  // Pictures must not depend on the caret's blinking or on where the mouse happens to be.
  await page.mouse.move(VIEWPORT.width - 5, VIEWPORT.height / 2);
  const path = join(images, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  console.log(path);
}
