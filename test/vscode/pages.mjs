// Holds the pages that the command line writes against the rules of axe-core, in the Chromium of the VS Code suite, and goes through
// them with the keyboard: `node test/vscode/pages.mjs`, or as a part of run.mjs. The list of rules and everything else in the editor are
// VS Code's own widgets, which VS Code answers for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS } from './vscode-server.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const workspaces = fileURLToPath(new URL('workspaces', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** So many of what is wrong are printed. */
export const MOST_SHOWN = 10;

const PAGES = {
  scorecard: ['report', workspaces],
  findings: ['check', workspaces, '--format', 'html', '--hints', '--no-cache'],
};
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
};

/**
 * Checks every page in every look.
 * @param executablePath a Chromium
 * @returns how many checks passed and failed; what is wrong is printed
 */
export async function checkPages(executablePath) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tf-pages-')));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const problems = [];
  let checks = 0;
  try {
    for (const [name, args] of Object.entries(PAGES)) {
      const file = join(folder, `${name}.html`);
      written(args, file);
      for (const [look, media] of Object.entries(LOOKS)) {
        checks += 1;
        const page = await browser.newPage({ viewport: { width: 1160, height: 720 } });
        await page.emulateMedia(media);
        await page.goto(pathToFileURL(file).href);
        // Not as a script of the page, which allows none.
        await page.evaluate(axe);
        const stops = await page.locator('a[href], [tabindex="0"]').count();
        await page.keyboard.press('Tab');
        const found = [...(await violations(page)), ...(await keyboardProblems(page, page, stops))];
        if (found.length > 0) problems.push(`${name}, ${look}`);
        console.log(`  ${found.length > 0 ? '✘' : '✔'} ${name}, ${look}`);
        for (const problem of found.slice(0, MOST_SHOWN)) console.log(`      ${problem}`);
        await page.close();
      }
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { passed: checks - problems.length, failed: problems.length };
}

function written(args, file) {
  const command = [join(root, 'dist/cli.js'), ...args, '--output', file];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  // Findings are no failure here.
  if (status !== 0 && status !== 1) throw new Error(`No page: ${stderr}`);
}

/**
 * What axe-core says of a page.
 * @param frame a page or a frame of one, where axe-core has been loaded
 */
export async function violations(frame) {
  const results = await frame.evaluate(() => globalThis.axe.run());
  if (results.passes.length < 10) return ['axe-core has checked next to nothing'];
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 120)}`),
  );
}

/**
 * The first stop leads past what repeats; every link is a stop, in the order of the text, and can be seen.
 * @param page gets the keys; its focus is on the first stop
 * @param frame the page, or the frame of it that is gone through
 * @param links how many stops there are
 */
export async function keyboardProblems(page, frame, links) {
  const problems = [];
  for (let stop = 0; stop < links; stop += 1) {
    if (stop > 0) await page.keyboard.press('Tab');
    const focused = await frame.evaluate(() => {
      const element = globalThis.document.activeElement;
      const all = [...globalThis.document.querySelectorAll('a[href], [tabindex="0"]')];
      const { width, height, left, top } = element.getBoundingClientRect();
      return {
        place: all.indexOf(element),
        isSkip: element.classList.contains('skip'),
        isSeen: width > 0 && height > 0 && left >= 0 && top >= 0,
        outline: globalThis.getComputedStyle(element).outlineStyle,
      };
    });
    if (stop === 0 && !focused.isSkip) problems.push('the first stop does not lead to the content');
    if (focused.place !== stop) problems.push(`stop ${stop} is link ${focused.place}`);
    if (!focused.isSeen || focused.outline === 'none') problems.push(`stop ${stop} cannot be seen`);
  }
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { installVsCodeServer } = await import('./install.mjs');
  const { passed, failed } = await checkPages((await installVsCodeServer()).chromium);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
