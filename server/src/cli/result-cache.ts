import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ProjectInput } from '../engine/analyzer';
import type { FixDetail, ResultStore, StoredResult } from '../workspace/result-store';

/** How many results are kept in one place: those that were used last. */
export const MOST_RESULTS = 100;

/** Half-written files of runs that were killed are left alone for this long, milliseconds. */
const TEMPORARY_FOR = 3_600_000;

interface CacheFile {
  readonly key: string;
  readonly result: StoredResult;
}

/**
 * Keeps results in a folder, one file each, named by a hash of all that the result depends on. Files are written under another name
 * first, so that parallel runs never see half of one, and for the user alone: messages may quote the code. Whatever goes wrong, a
 * result is worked out again.
 * @param location the folder; made when there is something to keep
 * @param identity says which program with which rules would answer: another one must not be given this one's results
 * @param detail of what is kept; results of one detail are none of another
 */
export function createResultCache(
  location: string,
  identity: string,
  detail: FixDetail = 'names',
): ResultStore {
  const keys = new WeakMap<ProjectInput, string>();
  const keyOf = (input: ProjectInput): string => {
    const known = keys.get(input) ?? resultKey(input, `${identity}\n${detail}`);
    keys.set(input, known);
    return known;
  };
  return {
    detail,
    find(input) {
      const key = keyOf(input);
      const file = join(location, `${key}.json`);
      try {
        const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (!isCacheFile(stored) || stored.key !== key) return undefined;
        markUsed(file);
        return stored.result;
      } catch {
        return undefined;
      }
    },
    keep(input, result) {
      const key = keyOf(input);
      const temporary = join(location, `${key}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        makeFolder(location);
        const file: CacheFile = { key, result };
        writeFileSync(temporary, JSON.stringify(file), { mode: 0o600, flag: 'wx' });
        renameSync(temporary, join(location, `${key}.json`));
        removeOldest(location);
      } catch {
        remove(temporary);
      }
    },
  };
}

/** The same program wrote it, or the key would be another: lists are as far as doubt goes. */
function isCacheFile(value: unknown): value is CacheFile {
  const { key, result } = (value ?? {}) as Partial<CacheFile>;
  return (
    typeof key === 'string' &&
    [
      ...[result?.findings, result?.notAnalysed, result?.suppressed],
      ...[result?.gone, result?.packages],
    ].every((list) => Array.isArray(list))
  );
}

/** A hash of all that a result depends on; the places of files on the disk are none of it. */
export function resultKey(input: ProjectInput, identity: string): string {
  const hash = createHash('sha256');
  // With its length in front, no text can be taken for two.
  const add = (text: string): void => void hash.update(`${text.length}:`).update(text);
  add(identity);
  add(JSON.stringify([input.settings, input.unreadable, input.trackedPaths ?? []]));
  for (const paths of [input.paths, input.ignoredPaths]) {
    add(String(paths.length));
    for (const path of paths) {
      add(path);
      const text = input.text(path);
      add(text === undefined ? 'unread' : 'text');
      add(text ?? '');
    }
  }
  return hash.digest('hex');
}

/**
 * Where results are kept unless the command line says otherwise: the cache folder of the user, as the system names it.
 * @returns undefined where the user has none
 */
export function defaultCacheLocation(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | undefined {
  const home = env['HOME'];
  const inHome = (...parts: readonly string[]): string | undefined =>
    home ? join(home, ...parts) : undefined;
  const base =
    platform === 'win32'
      ? env['LOCALAPPDATA']
      : platform === 'darwin'
        ? inHome('Library', 'Caches')
        : env['XDG_CACHE_HOME'] || inHome('.cache');
  return base ? join(base, 'twelve-factor') : undefined;
}

/**
 * A new folder is ignored by git, whole: results are not committed by mistake, and where the folder lies in the one that is checked,
 * they are not among the files that the next result depends on.
 */
function makeFolder(location: string): void {
  const made = mkdirSync(location, { recursive: true, mode: 0o700 });
  if (made !== undefined) writeFileSync(join(location, '.gitignore'), '*\n');
}

/** Which results go first is decided by when they were used. */
function markUsed(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // A cache that cannot be written (a read-only disk) is still good to read.
  }
}

function removeOldest(location: string): void {
  const files = readdirSync(location).flatMap((name) => {
    const file = join(location, name);
    // Another run may have removed it meanwhile.
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() ? [{ file, name, usedAt: stats.mtimeMs }] : [];
  });
  const results = files
    .filter(({ name }) => /^[0-9a-f]{64}\.json$/.test(name))
    .sort((a, b) => b.usedAt - a.usedAt);
  const abandoned = files.filter(
    ({ name, usedAt }) =>
      /^[0-9a-f]{64}\.[0-9a-f]{12}\.tmp$/.test(name) && usedAt < Date.now() - TEMPORARY_FOR,
  );
  for (const { file } of [...results.slice(MOST_RESULTS), ...abandoned]) remove(file);
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Of another user, or below something that is no folder: nothing that can be helped.
  }
}
