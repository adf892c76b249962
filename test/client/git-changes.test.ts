import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addedLines } from '../../client/src/views/added-lines';
import { GitChanges } from '../../client/src/views/git-changes';

const run = promisify(execFile);

/** VS Code, as far as changes of lines see it; `git` is what its git extension exports. */
const editor = vi.hoisted(() => {
  class Emitter<T> {
    readonly listeners = new Set<(value: T) => void>();
    readonly event = (listener: (value: T) => void): { dispose(): void } => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    };
    fire(value: T): void {
      for (const listener of this.listeners) listener(value);
    }
    dispose(): void {
      this.listeners.clear();
    }
  }
  return { Emitter, git: undefined as object | undefined };
});

vi.mock('vscode', () => ({
  EventEmitter: editor.Emitter,
  Uri: { parse: (uri: string) => uri },
  extensions: {
    getExtension: () => editor.git && { activate: () => Promise.resolve(editor.git) },
  },
}));

const MODIFIED = 5;
const UNTRACKED = 7;

/** A git extension with one repository, whose state a test changes. */
function gitWith(diffs: Readonly<Record<string, string>>, untracked: readonly string[] = []) {
  const changed = new editor.Emitter<void>();
  const enablement = new editor.Emitter<boolean>();
  const none = new editor.Emitter<never>();
  const change = (status: number) => (name: string) => ({
    status,
    uri: { fsPath: name, toString: () => `file:///${name}` },
  });
  const state = {
    workingTreeChanges: [
      ...Object.keys(diffs).map(change(MODIFIED)),
      ...untracked.map(change(UNTRACKED)),
    ],
    indexChanges: [],
    onDidChange: changed.event,
  };
  const diffWithHEAD = (name: string): Promise<string> => Promise.resolve(diffs[name] ?? '');
  const git = {
    enabled: true,
    onDidChangeEnablement: enablement.event,
    getAPI: () => ({
      repositories: [{ state, diffWithHEAD }],
      onDidOpenRepository: none.event,
      onDidCloseRepository: none.event,
    }),
  };
  editor.git = git;
  return { git, state, changed, enablement };
}

function at(name: string, first: number, last = first) {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 1 } };
  return { uri: `file:///${name}`, range };
}

afterEach(() => {
  editor.git = undefined;
});

const DIFF = '@@ -3,3 +3,4 @@ f\n a\n+b\n c\n d\n@@ -20,2 +21,1 @@\n-x\n y\n';

describe('what is new', () => {
  it('stands on a line that differs, or in a file that is new', async () => {
    gitWith({ 'a.ts': DIFF }, ['b.ts']);
    const changes = new GitChanges();
    await changes.start();
    expect(changes.isKnown).toBe(true);
    expect(
      [at('a.ts', 3), at('a.ts', 1, 3), at('b.ts', 90)].map((one) => changes.isNew(one)),
    ).toEqual([true, true, true]);
    expect(
      [at('a.ts', 2), at('a.ts', 4, 9), at('c.ts', 3)].map((one) => changes.isNew(one)),
    ).toEqual([false, false, false]);
  });

  it('follows git', async () => {
    const { state, changed } = gitWith({ 'a.ts': DIFF });
    const changes = new GitChanges();
    await changes.start();
    const heard = new Promise<void>((resolve) => changes.onDidChange(() => resolve()));
    state.workingTreeChanges.length = 0;
    changed.fire();
    await heard;
    expect(changes.isNew(at('a.ts', 3))).toBe(false);
  });

  it('is not known without git, nor where it is switched off', async () => {
    const without = new GitChanges();
    await without.start();
    expect(without.isKnown).toBe(false);
    const { git, enablement } = gitWith({ 'a.ts': DIFF });
    const changes = new GitChanges();
    await changes.start();
    const heard = new Promise<void>((resolve) => changes.onDidChange(() => resolve()));
    git.enabled = false;
    enablement.fire(false);
    await heard;
    expect([changes.isKnown, changes.isNew(at('a.ts', 3))]).toEqual([false, false]);
  });
});

describe('the lines that a diff adds', () => {
  it('are counted in the new text', () => {
    expect(addedLines(DIFF)).toEqual([[3, 3]]);
    expect(addedLines('@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n')).toEqual([[0, 1]]);
    expect(addedLines('@@ -1 +1 @@\n---x\n+++y\n@@ -9 +9 @@\n-a\n+b\n')).toEqual([
      [0, 0],
      [8, 8],
    ]);
    expect(addedLines('')).toEqual([]);
  });

  it('are those of git itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twelve-factor-git-'));
    try {
      const git = (...args: string[]) => run('git', ['-C', folder, ...args]);
      const file = join(folder, 'a.txt');
      const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
      await git('init', '-q');
      await writeFile(file, lines.join('\n'));
      await git('add', '.');
      const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
      await git(...author, 'commit', '-qm', 'a');
      const now = [...lines];
      now[4] = '-- changed';
      now.splice(20, 0, '++ added', '@@ -1 +1 @@');
      now.splice(10, 1);
      await writeFile(file, now.join('\n'));
      const { stdout } = await git('diff', 'HEAD', '--', 'a.txt');
      expect(addedLines(stdout)).toEqual([
        [4, 4],
        [19, 20],
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
