import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { test, testRestricted, testWithClicks } from './runner';
import { until } from './until';
import { setSetting, twelveFactor, untilFound, untilReady, uri } from './workbench';

const PAYMENTS = 'app/src/payments.ts';

/** Waits until the tab shows something. */
async function untilShown(what: string, probe: (html: string) => boolean): Promise<string> {
  const { scorecard } = await twelveFactor();
  return until(
    `${what} in the scorecard`,
    [scorecard.onDidChange],
    () => scorecard.shown !== undefined && probe(scorecard.shown) && scorecard.shown,
    () => scorecard.shown?.slice(0, 2000) ?? 'nothing',
  );
}

/** The tab, with factors and evidence of the apps. */
async function openScorecard(): Promise<string> {
  await untilReady();
  await vscode.commands.executeCommand('twelveFactor.showScorecard');
  const html = await untilShown('an app', (shown) => shown.includes('shop-api'));
  contains(html, 'III. Config');
  contains(html, 'class="against"');
  return html;
}

function linkTo(html: string, path: string): string {
  const found = [...html.matchAll(/href="([^"]+)"/g)].find(([, href]) => href?.includes(path));
  ok(found?.[1], `no link to ${path}`);
  return found[1];
}

test('the scorecard shows each app with its evidence, and leads to the places', async () => {
  await untilFound(PAYMENTS, 'hardcoded-url');
  const html = await openScorecard();
  contains(html, '<svg role="img"');
  contains(html, 'SESSION_SECRET');
  const { scorecard } = await twelveFactor();
  await scorecard.open(linkTo(html, 'app/src/payments.ts#L3'));
  const editor = vscode.window.activeTextEditor;
  equal(editor?.document.uri.toString(), uri(PAYMENTS).toString());
  equal(editor?.selection.start.line, 2);
  // What is asked for from inside of a page may be anything.
  for (const odd of ['file:///etc/passwd#L1', 'command:workbench.action.quit', 7, undefined])
    await scorecard.open(odd);
  equal(vscode.window.activeTextEditor?.document.uri.toString(), uri(PAYMENTS).toString());
  const told: string[] = [];
  const listener = (await twelveFactor()).onDidTell((message) => told.push(message));
  await scorecard.open(`${uri('app').toString()}/src/gone.ts#L1`);
  listener.dispose();
  contains(told.join(), 'could not open this place');
});

test('the scorecard follows what is found', async () => {
  const address = 'src/payments.ts#L3';
  await untilFound(PAYMENTS, 'hardcoded-url');
  contains(await openScorecard(), address);
  try {
    await setSetting('app', 'rules.hardcoded-url', 'off');
    await untilShown('no URL', (html) => !html.includes(address));
  } finally {
    await setSetting('app', 'rules.hardcoded-url', undefined);
  }
  await untilShown('the URL', (html) => html.includes(address));
});

testWithClicks('a click on a place of the scorecard opens the file', async (click) => {
  await untilFound(PAYMENTS, 'hardcoded-url');
  await openScorecard();
  click('webview:a[href$="app/src/payments.ts#L3"]');
  await until(
    'the file in an editor',
    [vscode.window.onDidChangeActiveTextEditor],
    () => vscode.window.activeTextEditor?.document.uri.toString() === uri(PAYMENTS).toString(),
  );
});

testRestricted('the scorecard of a restricted workspace is complete', async () => {
  const html = await openScorecard();
  contains(html, 'src/payments.ts#L3');
});
