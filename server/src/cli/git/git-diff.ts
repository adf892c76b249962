import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { AT_ONCE } from '../../host-node-disk';
import { trackedIn, type Tracked } from '../../host-node-git';
import { UsageError } from '../usage-error';
import { changedLines, type ChangedLines } from './changed-lines';

/** What differs from the base of a comparison. */
export interface Changes {
  readonly lines: ChangedLines;
  /** Files that git does not know are new as a whole; undefined where that cannot be told. */
  readonly tracked: Tracked | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The lines of a folder that differ from where a ref and HEAD parted, saved but not committed ones included. Runs `git` once, always
 * with these words: no hook, no pager, no external diff, no text conversion, no monitor, no look-up on the network, nothing written.
 * @param folder absolute
 * @param ref a commit, a branch or a tag
 * @throws UsageError where there is no git, no repository, or no such ref
 */
export async function changesSince(
  folder: string,
  ref: string,
  env: Environment,
): Promise<Changes> {
  if (ref === '' || /^-|\s|\0/.test(ref)) throw new UsageError(`${ref} is no ref of git`);
  const { code, out, err } = await runGit(
    [
      ...['-C', folder, '--no-pager', '--no-optional-locks'],
      ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
      ...['-c', 'core.quotePath=false', '-c', 'diff.suppressBlankEmpty=false'],
      ...['diff', '--merge-base', '--relative', '--unified=0', '--inter-hunk-context=0'],
      ...['--no-ext-diff', '--no-textconv', '--no-color', '--no-color-moved', '--find-renames'],
      ...['--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules=all', '--diff-filter=d'],
      ...[ref, '--', '.'],
    ],
    env,
  );
  if (code !== 0) {
    const reason = err.trim().split('\n')[0] ?? '';
    throw new UsageError(`git cannot compare with ${ref}: ${reason.replace(/^fatal: /, '')}`);
  }
  return { lines: changedLines(out), tracked: await trackedIn(folder, AT_ONCE) };
}

interface GitResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function runGit(args: readonly string[], env: Environment): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      // Windows looks for programs in the current folder first, which must not be one that others wrote.
      cwd: dirname(process.execPath),
      env: {
        ...env,
        ...{ GIT_EXTERNAL_DIFF: undefined, GIT_DIFF_OPTS: undefined, LC_ALL: 'C' },
        ...{ GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const parts: { readonly out: Buffer[]; readonly err: Buffer[] } = { out: [], err: [] };
    child.stdout.on('data', (data: Buffer) => parts.out.push(data));
    child.stderr.on('data', (data: Buffer) => parts.err.push(data));
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isAbsent = error.code === 'ENOENT';
      reject(
        new UsageError(
          isAbsent
            ? '--changed needs git, which is not installed here'
            : `git cannot be run: ${error.message}`,
        ),
      );
    });
    child.on('close', (code) =>
      resolve({
        code,
        out: Buffer.concat(parts.out).toString('utf8'),
        err: Buffer.concat(parts.err).toString('utf8'),
      }),
    );
  });
}
