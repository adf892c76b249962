// Looks at what the packaged extension draws, on a copy of the sample, in light, dark and high contrast: axe-core on the scorecard in its
// webview, the keyboard through its links. `node test/vscode/looks.mjs [--vsix=<file>] [--keep]`, or as a part of run.mjs; with
// --keep it writes pictures of the scorecard with the trees beside it, and of the walkthrough, into docs/images.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keyboardProblems, MOST_SHOWN, violations } from './pages.mjs';
import { installVsCodeServer } from './install.mjs';
import { picture, setStage, untilAnalysed, webviewOf } from './stage.mjs';
import { installExtension, openWorkbench, runFolders, startServer } from './vscode-server.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const images = join(root, 'docs/images');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWPORT = { width: 1160, height: 720 };
const STEP_LIMIT_MS = 60_000;
const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
};

/**
 * Checks the scorecard's webview in every theme.
 * @param paths of VS Code's server
 * @param vsix the packaged extension
 * @param pictures `kept`: pictures are written
 * @returns how many checks passed and failed; what is wrong is printed
 */
export async function checkLooks(paths, vsix, pictures = 'none') {
  let passed = 0;
  let failed = 0;
  const idle = await onStage(paths, vsix, THEMES.light, staysIdle, {
    'notes.txt': 'nothing here\n',
  });
  if (idle) passed += 1;
  else failed += 1;
  console.log(`  ${idle ? '✔' : '✘'} nothing is started in a window without a file that matters`);
  for (const [look, theme] of Object.entries(THEMES)) {
    const keep = async (page, name) => {
      if (pictures !== 'kept') return;
      const file = join(images, `${name}-${look}.png`);
      await picture(page, file);
      console.log(`  ${file}`);
    };
    const found = await onStage(paths, vsix, theme, (page) => lookAt(page, keep));
    if (found.length === 0) passed += 1;
    else failed += 1;
    console.log(`  ${found.length > 0 ? '✘' : '✔'} scorecard in the editor, ${look}`);
    for (const problem of found.slice(0, MOST_SHOWN)) console.log(`      ${problem}`);
  }
  return { passed, failed };
}

/** Shows files, or a fresh copy of the sample, in a fresh VS Code. */
async function onStage(paths, vsix, theme, play, files) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tf-')));
  try {
    const workspace = join(folder, 'shop');
    if (files) {
      mkdirSync(workspace);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);
    } else cpSync(join(root, 'sample'), workspace, { recursive: true });
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
        return await play(page);
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

async function lookAt(page, keep) {
  await page.locator('.activitybar .action-label[aria-label^="Twelve-Factor"]').click();
  await page.locator('.pane-body .monaco-list-row', { hasText: 'III. Config' }).waitFor();
  await untilAnalysed(page);
  await runCommand(page, 'Twelve-Factor: Show Scorecard');
  const card = webviewOf(page);
  await card.locator('h2').first().waitFor();
  await keep(page, 'scorecard');
  const frame = page.frames().find((each) => each.name() === 'active-frame' || isInner(each));
  const found = frame ? await problemsIn(page, card, frame) : ['the webview has no frame'];
  await runCommand(page, 'Twelve-Factor: Get Started');
  await page.locator('.getting-started-step').first().waitFor();
  await keep(page, 'walkthrough');
  return found;
}

/** VS Code lists what it has activated: others, when that is over, and not this one. */
async function staysIdle(page) {
  await runCommand(page, 'Developer: Show Running Extensions');
  const list = page.locator('.runtime-extensions-editor .monaco-list-row');
  await list.first().waitFor();
  await list.filter({ hasText: 'Activation:' }).first().waitFor();
  return (await list.filter({ hasText: 'Twelve-Factor' }).count()) === 0;
}

/** The page itself lies in a frame of the webview's frame. */
function isInner(frame) {
  return frame.parentFrame()?.parentFrame() != null;
}

async function problemsIn(page, card, frame) {
  await frame.evaluate(axe);
  const links = card.locator('a[href]');
  // What the frame shows is reached from the start of its document.
  await card.locator('.skip').focus();
  return [
    ...(await violations(frame)),
    ...(await keyboardProblems(page, frame, await links.count())),
  ];
}

async function runCommand(page, title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { vsix: { type: 'string' }, keep: { type: 'boolean' } },
  });
  const packaged = readdirSync(root).find((each) => each.endsWith('.vsix'));
  const vsix = values.vsix ?? (packaged && join(root, packaged));
  if (!vsix) throw new Error('Run `npm run package` first, or give --vsix.');
  const kept = values.keep ? 'kept' : 'none';
  const { passed, failed } = await checkLooks(await installVsCodeServer(), resolve(vsix), kept);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
