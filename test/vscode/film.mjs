// Makes the pictures of the marketplace page from the packaged extension, installed as a user would, on the sample project, with all of
// VS Code's own extensions: `node test/vscode/film.mjs [--vsix=<file>]`. Writes docs/images: a moving picture from the first finding to
// its fix (first-fix.png), and the same moment in light, dark and high contrast.
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { movingPicture } from './apng.mjs';
import { installVsCodeServer } from './install.mjs';
import { openFile, picture, REASON, setStage, squiggles, untilAnalysed } from './stage.mjs';
import { installExtension, openWorkbench, runFolders, startServer } from './vscode-server.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const images = join(root, 'docs/images');
const VIEWPORT = { width: 960, height: 600 };
const STEP_LIMIT_MS = 60_000;
const THEMES = {
  'theme-dark': 'Default Dark Modern',
  'theme-light': 'Default Light Modern',
  'theme-high-contrast': 'Default High Contrast',
};
const FILE = 'src/server.js';
/** Inside the fixed port of the sample. */
const PLACE = `${FILE}:24:13`;

const { vsix } = readArguments();
const paths = await installVsCodeServer();
for (const [name, theme] of Object.entries(THEMES)) {
  await onStage(theme, async (page) => {
    if (name === 'theme-dark') {
      const frames = await firstFix(page);
      writeFileSync(join(images, 'first-fix.png'), movingPicture(frames));
      console.log(join(images, 'first-fix.png'));
    } else {
      await look(page);
      await picture(page, join(images, `${name}.png`));
      console.log(join(images, `${name}.png`));
    }
  });
}

function readArguments() {
  const { values } = parseArgs({ options: { vsix: { type: 'string' } } });
  const packaged = readdirSync(root).find((each) => each.endsWith('.vsix'));
  const file = values.vsix ?? (packaged && join(root, packaged));
  if (!file) throw new Error('Run `npm run package` first, or give --vsix.');
  return { vsix: resolve(file) };
}

/** Shows a fresh copy of the sample in a fresh VS Code. */
async function onStage(theme, play) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tf-')));
  try {
    const workspace = join(folder, 'shop');
    cpSync(join(root, 'sample'), workspace, { recursive: true });
    const folders = runFolders(folder);
    setStage(folders, theme);
    installExtension(paths, folders, vsix);
    const server = await startServer(paths, folders);
    try {
      const { page, close } = await openWorkbench(paths, server.origin, {
        open: { folder: workspace },
        payload: [['skipWelcome', 'true']],
        viewport: VIEWPORT,
      });
      page.setDefaultTimeout(STEP_LIMIT_MS);
      try {
        await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
        await play(page);
      } finally {
        await close();
      }
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The view of findings beside a file with one, and its reason. */
async function look(page) {
  await page.locator('.activitybar .action-label[aria-label^="Twelve-Factor"]').click();
  // Or the name of the view would stand over it.
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
  await openFile(page, PLACE);
  await squiggles(page).first().waitFor();
  await untilAnalysed(page);
  await page.locator('.statusbar-item', { hasText: 'Analyzing' }).waitFor({ state: 'detached' });
  await page.locator('.pane-body .monaco-list-row', { hasText: 'III. Config' }).waitFor();
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.press('Control+KeyI');
  await page.locator(REASON).first().waitFor();
}

async function firstFix(page) {
  const frames = [];
  const frame = async (ms) => frames.push({ png: await picture(page), ms });
  await look(page);
  await picture(page, join(images, 'theme-dark.png'));
  await page.keyboard.press('Escape');
  await page.locator(REASON).first().waitFor({ state: 'hidden' });
  await frame(2000);
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.press('Control+KeyI');
  await page.locator(REASON).first().waitFor();
  await frame(3500);
  await page.keyboard.press('Escape');
  await page.locator(REASON).first().waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+Period');
  await page.locator('.action-widget .monaco-list-row').first().waitFor();
  await frame(2500);
  const before = await squiggles(page).count();
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'process.env.PORT' }).first().waitFor();
  await squiggles(page)
    .nth(before - 1)
    .waitFor({ state: 'detached' });
  await untilAnalysed(page);
  await frame(3000);
  await openFile(page, '.env.example');
  await page.locator('.view-line', { hasText: 'PORT' }).first().waitFor();
  await untilAnalysed(page);
  await frame(3000);
  return frames;
}
