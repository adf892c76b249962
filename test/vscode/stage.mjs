// What pictures of the extension have in common: a quiet VS Code, and hands for it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Quiet surroundings, so that a picture shows the extension. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.hover.above': false,
  'editor.matchBrackets': 'never',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.scrollBeyondLastLine': false,
  'editor.selectionHighlight': false,
  'editor.stickyScroll.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'update.showReleaseNotes': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
};

/** The link of our own hover. */
export const REASON = '.monaco-hover a[data-href*="12factor.net/"]';

/** Writes the settings of a server that has not started yet. */
export function setStage(folders, theme) {
  const settings = { ...SETTINGS, 'workbench.colorTheme': theme };
  mkdirSync(join(folders.data, 'data/Machine'), { recursive: true });
  writeFileSync(join(folders.data, 'data/Machine/settings.json'), JSON.stringify(settings));
}

/** @param where a path, maybe with line and column */
export async function openFile(page, where) {
  await page.keyboard.press('Control+KeyP');
  await page.locator('.quick-input-widget input').fill(where);
  const found = basename(where.split(':')[0]);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: found }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

export function squiggles(page) {
  return page.locator('.editor-instance .squiggly-warning');
}

/** The count in the status bar replaces the spinner when the scan has ended. */
export async function untilAnalysed(page) {
  const count = page.locator('.statusbar-item[id*="twelveFactor.count"]');
  await count.locator('.codicon-checklist').waitFor();
}

/** A picture that depends neither on the caret's blinking nor on where the mouse happens to be. */
export async function picture(page, path) {
  const { width, height } = page.viewportSize();
  await page.mouse.move(width - 5, height / 2);
  return page.screenshot({ ...(path ? { path } : {}), animations: 'disabled', caret: 'hide' });
}

/** What the visible webview shows: VS Code puts a page into a frame of a frame. */
export function webviewOf(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
