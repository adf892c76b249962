// Takes the pictures of the README: `node test/vscode/screenshots.mjs <folder> --file=<path> --rule=<id> --fixed=<text>
// [--beside=<path>] [--name=<folder name>] [--vsix=<file>]`.
// Shows the packaged extension, installed as a user would, on a copy of the folder: a finding of a file and its reason, the
// Problems panel, the quick-fix menu, the file after the first fix, which puts the text there (with another file of the folder beside it). Writes docs/images/*.png.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installVsCodeServer } from './install.mjs';
import { openFile, picture, REASON, setStage, squiggles, untilAnalysed } from './stage.mjs';
import { installExtension, openWorkbench, runFolders, startServer } from './vscode-server.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const images = join(root, 'docs/images');
const VIEWPORT = { width: 1160, height: 720 };
const STEP_LIMIT_MS = 30_000;

/** Its findings and refactorings would stand between ours. */
const LEFT_OUT = 'typescript-language-features';

const { source, file, rule, fixed, beside, name, vsix } = readArguments();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tf-')));
try {
  const workspace = join(folder, name ?? basename(source));
  cpSync(source, workspace, {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
  const finding = findingIn(workspace);
  const paths = await installVsCodeServer();
  const folders = runFolders(folder);
  setStage(folders, 'Default Dark Modern');
  installExtension(paths, folders, vsix);
  const builtIns = ['--builtin-extensions-dir', builtInExtensions(paths)];
  const server = await startServer(paths, folders, builtIns);
  try {
    await takePictures(paths, server.origin, workspace, finding);
  } finally {
    server.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function readArguments() {
  const names = ['file', 'rule', 'fixed', 'beside', 'name', 'vsix'];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [source] = positionals;
  if (!source || !values.file || !values.rule || !values.fixed) {
    console.error(
      'Usage: screenshots.mjs <folder> --file=<path> --rule=<id> --fixed=<text> [--beside=<path>] [--name=<folder name>] [--vsix=<file>]',
    );
    process.exit(2);
  }
  const packaged = readdirSync(root).find((name) => name.endsWith('.vsix'));
  const vsix = values.vsix ?? (packaged && join(root, packaged));
  if (!vsix) throw new Error('Run `npm run package` first, or give --vsix.');
  return { ...values, source: resolve(source), vsix: resolve(vsix) };
}

/** VS Code's own extensions, but one. */
function builtInExtensions(paths) {
  const all = join(paths.server, '../../extensions');
  const some = join(folder, 'built-in');
  mkdirSync(some);
  for (const extension of readdirSync(all).filter((extension) => extension !== LEFT_OUT)) {
    symlinkSync(join(all, extension), join(some, extension));
  }
  return some;
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
  // Inside the finding: at its start, one that ends there would speak up as well.
  const place = `${file}:${line}:${column + 1}`;
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    await openFile(page, place);
    await squiggles(page).first().waitFor();
    await untilAnalysed(page);
    await page.keyboard.press('Control+KeyK');
    await page.keyboard.press('Control+KeyI');
    await page.locator(REASON).first().waitFor();
    await kept(page, 'finding');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+Shift+KeyM');
    await page.locator('.markers-panel .monaco-list-row').first().waitFor();
    await kept(page, 'problems');
    await page.keyboard.press('Control+KeyJ');
    await page.locator('.markers-panel').waitFor({ state: 'hidden' });

    await openFile(page, place);
    await page.keyboard.press('Control+Period');
    await page.locator('.action-widget .monaco-list-row').first().waitFor();
    await kept(page, 'quick-fix');

    const before = await squiggles(page).count();
    await page.keyboard.press('Enter');
    await page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'hidden' });
    await page.locator('.view-line', { hasText: fixed }).first().waitFor();
    await squiggles(page)
      .nth(before - 1)
      .waitFor({ state: 'detached' });
    if (beside !== undefined) {
      // By hand: the search of quick open does not know a new file at once.
      const entry = page.locator('.explorer-folders-view .monaco-list-row', { hasText: beside });
      await entry.click({ modifiers: ['Alt'] });
      await page.keyboard.press('Control+KeyB');
      await page.locator('.tab', { hasText: beside }).waitFor();
    }
    await untilAnalysed(page);
    await kept(page, 'fixed');
  } finally {
    await close();
  }
}

async function kept(page, name) {
  mkdirSync(images, { recursive: true });
  const path = join(images, `${name}.png`);
  await picture(page, path);
  console.log(path);
}
