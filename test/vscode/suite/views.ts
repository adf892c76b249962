import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { test, testWithClicks } from './runner';
import { all, named, outline, tree, untilTree, type Shown } from './trees';
import { read, setSetting, text, untilFound, untilGone, untilSaved, uri, write } from './workbench';

const PAYMENTS = 'app/src/payments.ts';

/** The first finding of a rule. */
function finding(roots: readonly Shown[], rule: string): Shown | undefined {
  return all(roots).find(
    ({ node, item }) =>
      item.contextValue?.startsWith('finding') === true &&
      JSON.stringify(node).includes(`"ruleId":"${rule}"`),
  );
}

async function run(command: string, ...given: unknown[]): Promise<void> {
  await vscode.commands.executeCommand(`twelveFactor.${command}`, ...given);
}

test('the view lists findings by factor, with counts', async () => {
  await untilFound(PAYMENTS, 'hardcoded-url');
  const roots = await untilTree('findings', 'findings', (shown) => shown.length > 3 && shown);
  const labels = roots.map(({ label }) => label);
  equal(
    labels,
    [...labels].sort((a, b) => place(a) - place(b)),
    'Factors out of order',
  );
  const config = named(roots, 'III. Config');
  equal(config.item.description, String(config.children.length));
  const url = finding(config.children, 'hardcoded-url');
  ok(url, outline(roots));
  equal(url.item.description, 'app/src/payments.ts:3');
  equal(url.item.command?.command, 'vscode.open');
  await vscode.commands.executeCommand('twelveFactor.findings.focus');
});

test('the view groups findings by app and process, rule or file', async () => {
  try {
    await run('groupFindings', 'app');
    const apps = await untilTree('findings', 'apps', (shown) =>
      shown.some(({ label }) => label === 'shop-api') ? shown : undefined,
    );
    const api = named(apps, 'shop-api');
    contains(String(api.item.description), '· app');
    contains(outline(api.children), 'web');
    await run('groupFindings', 'rule');
    const rules = await untilTree('findings', 'rules', (shown) =>
      shown.some(({ label }) => label === 'hardcoded-url') ? shown : undefined,
    );
    equal(named(rules, 'hardcoded-url').item.contextValue, 'rule');
    await run('groupFindings', 'file');
    await untilTree('findings', 'files', (shown) =>
      shown.some(({ label }) => label === 'app/src/payments.ts'),
    );
  } finally {
    await run('groupFindings', 'factor');
  }
});

test('the view shows the severities that are wanted, and hints on request', async () => {
  try {
    await run('filterFindings', ['information']);
    await untilTree('findings', 'information alone', (shown) =>
      all(shown).every(({ node }) => !JSON.stringify(node).includes('"severity":"warning"')),
    );
    await run('filterFindings', ['error', 'warning', 'information']);
    const before = (await tree('findings')).length;
    ok(before > 0, 'nothing is shown');
    await setSetting('app', 'rules.hardcoded-url', 'hint');
    await untilTree('findings', 'no hint', (shown) => !finding(shown, 'hardcoded-url'));
    await run('showHints');
    await untilTree('findings', 'a hint', (shown) => finding(shown, 'hardcoded-url'));
    await run('hideHints');
    await untilTree('findings', 'no hint', (shown) => !finding(shown, 'hardcoded-url'));
  } finally {
    await setSetting('app', 'rules.hardcoded-url', undefined);
    await run('filterFindings', ['error', 'warning', 'information']);
  }
});

testWithClicks('a finding of a closed file is fixed from the view', async (click) => {
  const url = await untilTree('findings', 'the URL', (shown) => finding(shown, 'hardcoded-url'));
  contains(url.item.contextValue ?? '', 'fixable');
  // Of several fixes, a person picks one.
  const fixed = run('fixFinding', url.node);
  click('.quick-input-list .monaco-list-row:has-text("today\'s value")');
  await fixed;
  contains(await text(PAYMENTS), 'process.env');
  await untilTree('findings', 'no URL', (shown) => !finding(shown, 'hardcoded-url'));
});

// In front of those that leave a configuration file behind: that it is gone reaches the server some time later.
test('a rule is set from the view, in the folder of the finding', async () => {
  const url = await untilTree('findings', 'the URL', (shown) => finding(shown, 'hardcoded-url'));
  await run('setRuleSeverity', url.node, 'off');
  await untilSaved('app/twelve-factor.json', '"hardcoded-url": "off"');
  await untilTree('findings', 'no URL', (shown) => !finding(shown, 'hardcoded-url'));
});

test('a finding is suppressed from the view, with a reason where there has to be one', async () => {
  await write('app/twelve-factor.json', '{ "requireSuppressionReason": "warning" }');
  const url = await untilTree('findings', 'a finding that needs a reason', (shown) => {
    const found = finding(shown, 'hardcoded-url');
    return found && JSON.stringify(found.node).includes('"needsReason":true') ? found : undefined;
  });
  await run('suppressFinding', url.node, '  ');
  ok(!(await text(PAYMENTS)).includes('twelve-factor'), 'a comment without the reason');
  await run('suppressFinding', url.node, 'the mesh routes it');
  contains(await text(PAYMENTS), 'hardcoded-url -- the mesh routes it');
  await untilGone(PAYMENTS, 'hardcoded-url');
});

test('what was not analysed is listed in the view with the reason, and can be left out', async () => {
  await write('app/docker-compose.yml', 'services:\n  web:\n   image: [\n');
  const gap = await untilTree('findings', 'a gap', (shown) =>
    all(shown).find(({ item }) => item.contextValue === 'gap'),
  );
  equal(gap.label, 'app/docker-compose.yml');
  ok(String(gap.item.description).length > 5, 'no reason');
  await run('excludeFile', gap.node);
  await untilSaved('app/twelve-factor.json', 'docker-compose.yml');
  await untilTree('findings', 'no gap', (shown) =>
    all(shown).every(({ item }) => item.contextValue !== 'gap'),
  );
});

test('the view of the map shows apps with their processes, ports and variables', async () => {
  const roots = await untilTree('map', 'apps', (shown) =>
    all(shown).some(({ label }) => label === 'shop-api') ? shown : undefined,
  );
  equal(
    roots.map(({ label }) => label),
    ['app', 'worker'],
  );
  const api = named(roots, 'shop-api');
  const process = api.children.find(({ item }) => item.contextValue === 'process');
  ok(process, outline(roots));
  equal(process.item.description, 'web');
  contains(outline(process.children), '3000');
  const secret = named(process.children, 'SESSION_SECRET');
  equal(secret.item.description, 'src/server.ts:12');
  const [target] = secret.item.command?.arguments as [vscode.Uri];
  equal(target.toString(), uri('app/src/server.ts').toString());
  contains(outline(api.children), 'Why an app');
});

test('the view of the map follows manifests', async () => {
  const procfile = await read('app/Procfile');
  await write('app/Procfile', `${procfile}jobs: node dist/jobs.js\n`);
  await write('app/src/jobs.ts', 'setInterval(() => undefined, 1000);\n');
  await untilTree('map', 'a second process', (shown) =>
    all(shown).some(({ label }) => label === 'jobs'),
  );
});

/** A factor's place, by its numeral. */
function place(label: string): number {
  const numerals = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
  return numerals.indexOf(label.split('.')[0] ?? '');
}
