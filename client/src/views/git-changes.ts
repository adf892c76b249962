import { EventEmitter, extensions, Uri, type Disposable, type Event } from 'vscode';
import type { ListedFinding } from '../../../server/src/protocol';
import { addedLines, type LineRange } from './added-lines';

/** What VS Code's own git extension exports, as far as it is used here. */
interface GitExports {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: Event<boolean>;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: Event<Repository>;
  readonly onDidCloseRepository: Event<Repository>;
}

interface Repository {
  readonly state: {
    readonly workingTreeChanges: readonly Change[];
    readonly indexChanges: readonly Change[];
    /** Where the settings keep them apart; since VS Code 1.87. */
    readonly untrackedChanges?: readonly Change[];
    readonly onDidChange: Event<void>;
  };
  diffWithHEAD(path: string): Promise<string>;
}

interface Change {
  readonly uri: Uri;
  readonly status: number;
}

/** Numbers of the git extension: files of which there is nothing in the last commit. */
const NEW_FILE: ReadonlySet<number> = new Set([1, 7, 9]);

/** Which lines differ from the last commit, as far as VS Code's git extension says so; it is asked when somebody looks. */
export class GitChanges implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly #subscriptions: { dispose(): void }[] = [this.#changed];
  #git: GitExports | undefined;
  #started: Promise<void> | undefined;
  /** By URI; the whole file where it is new. */
  #lines: ReadonlyMap<string, readonly LineRange[] | 'whole'> = new Map();
  #round = 0;

  /** Begins to follow git, where it is there. Does not reject. */
  start(): Promise<void> {
    return (this.#started ??= this.#follow().catch(() => undefined));
  }

  /** Can anything be told? Not where git is missing or switched off, nor in restricted and virtual workspaces. */
  get isKnown(): boolean {
    return this.#git?.enabled === true && this.#git.getAPI(1).repositories.length > 0;
  }

  /** Does a finding touch a line that differs from the last commit? */
  isNew({ uri, range }: Pick<ListedFinding, 'uri' | 'range'>): boolean {
    if (this.#lines.size === 0) return false;
    // Client and server may write the same address in two ways.
    const lines = this.#lines.get(Uri.parse(uri).toString());
    if (lines === undefined || lines === 'whole') return lines === 'whole';
    return lines.some(([first, last]) => first <= range.end.line && range.start.line <= last);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #follow(): Promise<void> {
    const git = await extensions.getExtension<GitExports>('vscode.git')?.activate();
    if (!git) return;
    this.#git = git;
    this.#subscriptions.push(git.onDidChangeEnablement(() => void this.#attach(git)));
    await this.#attach(git);
  }

  async #attach(git: GitExports): Promise<void> {
    if (git.enabled) {
      const api = git.getAPI(1);
      const watch = ({ state }: Repository): void => {
        this.#subscriptions.push(state.onDidChange(() => void this.#read(api)));
      };
      api.repositories.forEach(watch);
      this.#subscriptions.push(
        api.onDidOpenRepository((repository) => {
          watch(repository);
          void this.#read(api);
        }),
        api.onDidCloseRepository(() => void this.#read(api)),
      );
      await this.#read(api);
    } else {
      this.#set(new Map());
    }
  }

  async #read({ repositories }: GitApi): Promise<void> {
    const round = ++this.#round;
    const lines = new Map<string, readonly LineRange[] | 'whole'>();
    for (const repository of repositories) {
      const { workingTreeChanges, indexChanges, untrackedChanges = [] } = repository.state;
      for (const { uri, status } of [...workingTreeChanges, ...indexChanges, ...untrackedChanges]) {
        const key = uri.toString();
        if (lines.get(key) === 'whole') continue;
        if (NEW_FILE.has(status)) lines.set(key, 'whole');
        else if (!lines.has(key)) {
          const diff = await repository.diffWithHEAD(uri.fsPath).catch(() => '');
          lines.set(key, addedLines(diff));
        }
      }
    }
    // One that began later knows better.
    if (round === this.#round) this.#set(lines);
  }

  #set(lines: ReadonlyMap<string, readonly LineRange[] | 'whole'>): void {
    const shown = (map: typeof lines): string => JSON.stringify([...map]);
    if (shown(lines) === shown(this.#lines)) return;
    this.#lines = lines;
    this.#changed.fire();
  }
}
