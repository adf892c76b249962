import * as vscode from 'vscode';
import { ok } from './expect';
import { test, testRestricted, testWithClicks } from './runner';
import { restoreFiles } from './files';
import { until } from './until';
import { withVirtualFolder } from './virtual';
import {
  extension,
  open,
  revertAll,
  text,
  twelveFactor,
  untilFound,
  untilReady,
  uri,
} from './workbench';

/** Where a command is tried. */
interface Situation {
  /** The folder whose files are named, and whether it can be written. */
  readonly folder: string;
  readonly isReadOnly?: boolean;
  /** The file at hand, when it lies in no folder. */
  readonly untitled?: vscode.Uri;
  readonly click: (selector: string) => void;
}

/** What can be seen after a command; what was told is the other way to be content. */
interface Trial {
  readonly given?: readonly unknown[];
  /** What a person would click on. */
  readonly clicks?: readonly string[];
  /** Works by itself, whatever is open: then it tells nothing that is in the way. */
  readonly isQuiet?: true;
  readonly works?: () => boolean | Promise<boolean>;
  /** The sentence that says the outcome, or why it does not work. */
  readonly says?: RegExp;
}

/** What changes the file of the others. */
const CHANGING: ReadonlySet<string> = new Set(
  ['fixAllInFile', 'fixFinding', 'suppressFinding'].map((name) => `twelveFactor.${name}`),
);

/** These leave a configuration file behind: that it is gone reaches the server some time later. */
const LAST: ReadonlySet<string> = new Set(
  ['setRuleSeverity', 'excludeFile', 'createConfigFile', 'acceptFindings'].map(
    (name) => `twelveFactor.${name}`,
  ),
);

const NOT_WRITABLE = /could not do this|not applied|read-only|cannot be/i;
const APPLY = '.bulk-edit-panel .monaco-button:has-text("Discard")';

function plain({ start, end }: vscode.Range): object {
  const at = ({ line, character }: vscode.Position): object => ({ line, character });
  return { start: at(start), end: at(end) };
}

function hasTab(words: string): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ label }) => label.includes(words)),
  );
}

function isOpen(name: string): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.path.endsWith(name));
}

/** Every command of the manifest, in a situation. */
async function trials(
  situation: Situation,
): Promise<Readonly<Record<string, () => Trial | Promise<Trial>>>> {
  const { folder, isReadOnly = false, untitled } = situation;
  const api = await twelveFactor();
  const path = fileOf(folder);
  if (!untitled) await open(path);
  const finding = await untilFound(path, 'hardcoded-port');
  const file = untitled ?? uri(path);
  const reference = { uri: file.toString(), ruleId: 'hardcoded-port', range: plain(finding.range) };
  const node = { kind: 'finding', id: 'one', finding: reference };
  const pick = `.quick-input-list .monaco-list-row:has-text("${folder}")`;
  const writes = (works: NonNullable<Trial['works']>): Trial => ({
    works,
    ...(isReadOnly ? { says: NOT_WRITABLE } : {}),
  });
  const changed = async (): Promise<boolean> => (await text(path)).includes('process.env.PORT');
  const quiet = (...given: unknown[]): Trial => ({ given, isQuiet: true });
  // What is edited in a read-only folder stays edited in its document: fixing the file has taken the finding.
  const elsewhere: Trial | undefined =
    untitled || isReadOnly
      ? { given: [reference, 'the mesh routes it'], says: /no longer there|no folder/ }
      : undefined;
  return {
    analyzeWorkspace: () => ({ says: /\d+ findings? in \d+ files?/ }),
    fixAllInFile: () => (untitled ? { says: /Open a file that/ } : writes(changed)),
    fixAllInWorkspace: () => ({ clicks: [APPLY], says: /was not applied|Nothing here/ }),
    fixAllOfRule: () => ({
      given: ['hardcoded-url'],
      clicks: [APPLY],
      says: /was not applied|Nothing here/,
    }),
    fixFinding: () =>
      elsewhere ?? {
        given: [node],
        clicks: ['.quick-input-list .monaco-list-row:has-text("today\'s value")'],
        works: changed,
      },
    suppressFinding: () =>
      elsewhere ?? {
        given: [node, 'the mesh routes it'],
        works: async () => (await text(path)).includes('the mesh routes it'),
      },
    excludeFile: () =>
      untitled
        ? { given: [untitled], says: /no folder/ }
        : { given: [file], ...writes(() => read(folder, 'src/server')) },
    setRuleSeverity: () =>
      untitled
        ? { given: [node, 'off'], says: /no folder/ }
        : { given: [node, 'off'], ...writes(() => read(folder, '"off"')) },
    acceptFindings: () => ({
      given: ['accept'],
      works: () => isOpen('baseline.json'),
      says: isReadOnly ? NOT_WRITABLE : /nothing that is not accepted/,
    }),
    showRuleDocs: () => ({ given: ['hardcoded-port'], works: () => hasTab('hardcoded-port') }),
    browseRules: () => ({
      given: ['missing-sigterm'],
      clicks: ['.quick-input-list .monaco-list-row:has-text("missing-sigterm-handler")'],
      works: () => hasTab('missing-sigterm-handler'),
    }),
    showScorecard: () => ({ works: () => api.scorecard.shown?.includes('<h1>') === true }),
    groupFindings: () => quiet('factor'),
    filterFindings: () => quiet(['error', 'warning', 'information']),
    showHints: () => quiet(),
    hideHints: () => quiet(),
    showNewFindings: () => ({
      works: () => !isReadOnly,
      says: /git is missing, switched off, or not to be had/,
    }),
    showAllFindings: () => quiet(),
    createConfigFile: () => ({
      clicks: [pick],
      works: () => isOpen('twelve-factor.json'),
      says: NOT_WRITABLE,
    }),
    openWalkthrough: () => quiet(),
    openSample: () => ({
      given: [isReadOnly ? uri(`${folder}/src`) : vscode.Uri.joinPath(uri('app'), '..')],
      says: NOT_WRITABLE,
      works: () => !isReadOnly,
    }),
    reportIssue: () => ({ says: /nothing has been sent/ }),
    restartServer: () => ({ works: () => api.status.state !== 'error' }),
    showOutput: () => quiet(),
  };
}

async function read(folder: string, words: string): Promise<boolean> {
  const file = uri(`${folder}/twelve-factor.json`);
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === file.toString());
  if (open?.getText().includes(words) === true) return true;
  return text(`${folder}/twelve-factor.json`).then(
    (found) => found.includes(words),
    () => false,
  );
}

/** Puts back what a command has changed, so that the next one finds what it works on. */
async function again({ folder, isReadOnly, untitled }: Situation): Promise<void> {
  if (isReadOnly || untitled) return;
  await revertAll();
  await restoreFiles();
  const path = fileOf(folder);
  await open(path);
  await untilFound(path, 'hardcoded-port');
}

function fileOf(folder: string): string {
  return `${folder}/src/server.${folder === 'app' ? 'ts' : 'js'}`;
}

/** Runs each command, and fails with the names of those that neither worked nor said why not. */
async function tryAll(situation: Situation): Promise<void> {
  const api = await untilReady();
  const table = await trials(situation);
  const { contributes } = extension().packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  const silent: string[] = [];
  const names = contributes.commands.map(({ command }) => command);
  const inOrder = [
    ...names.filter((name) => !LAST.has(name)),
    ...names.filter((name) => LAST.has(name)),
  ];
  for (const command of inOrder) {
    const trial = await table[command.replace('twelveFactor.', '')]?.();
    ok(trial, `nobody has said what ${command} does`);
    const told: string[] = [];
    const listener = api.onDidTell((message) => told.push(message));
    for (const selector of trial.clicks ?? []) situation.click(selector);
    const isContent = async (): Promise<boolean> =>
      trial.isQuiet === true
        ? !told.some((message) => /could not|not running/.test(message))
        : told.some((message) => trial.says?.test(message) === true) ||
          (await trial.works?.()) === true;
    // Tabs of pages and of previews come a moment after the command.
    const looked = new vscode.EventEmitter<void>();
    let state: 'runs' | 'has ended' | 'is done' = 'runs';
    const look = async (): Promise<void> => {
      if (state === 'has ended' && (await isContent())) state = 'is done';
      looked.fire();
    };
    const run = async (): Promise<void> => {
      const result: unknown = await vscode.commands.executeCommand(command, ...(trial.given ?? []));
      if (result instanceof vscode.Uri)
        await vscode.workspace.fs.delete(result, { recursive: true, useTrash: false });
      state = 'has ended';
      await look();
    };
    const events = [
      vscode.window.tabGroups.onDidChangeTabs,
      vscode.window.onDidChangeVisibleTextEditors,
      api.scorecard.onDidChange,
      api.onDidTell,
    ].map((event: vscode.Event<unknown>) => event(() => void look()));
    void run().catch((error: unknown) => told.push(String(error)));
    await until(
      `${command} to work or to say why not`,
      [looked.event],
      () => state === 'is done',
      () => `It ${state}. ${told.join(' | ')}`,
    ).catch((error: unknown) => silent.push(String(error)));
    vscode.Disposable.from(listener, looked, ...events).dispose();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    if (CHANGING.has(command)) await again(situation);
  }
  ok(silent.length === 0, silent.join('\n'));
  await vscode.commands.executeCommand('notifications.clearAll');
  await untilReady();
}

testWithClicks('every command works or says why not, in several folders', (click) =>
  tryAll({ folder: 'app', click }),
);

testWithClicks('every command works or says why not, in a virtual folder', (click) =>
  withVirtualFolder(async () => {
    await tryAll({ folder: 'virtual', isReadOnly: true, click });
  }),
);

testWithClicks(
  'every command works or says why not, beside a file without a name',
  async (click) => {
    const content = "require('express')().listen(3000);\n";
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content });
    await vscode.window.showTextDocument(document);
    await tryAll({ folder: 'app', untitled: document.uri, click });
  },
);

testRestricted('every command works or says why not, in a restricted workspace', (click) =>
  tryAll({ folder: 'app', click }),
);

test('the commands of menus say what is missing when they are given nothing', async () => {
  const api = await untilReady();
  for (const command of ['fixFinding', 'suppressFinding', 'excludeFile', 'setRuleSeverity']) {
    const told: string[] = [];
    const listener = api.onDidTell((message) => told.push(message));
    await vscode.commands.executeCommand(`twelveFactor.${command}`);
    listener.dispose();
    ok(told.join().includes('Choose a'), `${command} says: ${told.join()}`);
  }
});
