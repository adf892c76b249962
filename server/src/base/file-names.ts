import { FILE_KINDS, isOfPaths, type FileKind, type FileKindRow } from './file-kinds';

/** The table in the form in which tens of thousands of paths are looked up; all in lower case. Rows by their index. */
interface Lookup {
  readonly byName: ReadonlyMap<string, number>;
  readonly byExtension: ReadonlyMap<string, number>;
  readonly byGlob: readonly GlobEntry[];
}

interface GlobEntry {
  readonly index: number;
  /** Of globs without `/`, for names. */
  readonly name: RegExp | undefined;
  /** Of globs with `/`, for paths. */
  readonly path: RegExp | undefined;
}

const lookup = createLookup();

/**
 * The row of the table of file kinds that a path belongs to, by its name alone.
 * @param path relative to the root, with `/`
 * @returns undefined for files the product does not read
 */
export function fileRow(path: string): FileKindRow | undefined {
  const lower = path.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const none = FILE_KINDS.length;
  const known = Math.min(
    lookup.byName.get(name) ?? none,
    dot < 0 ? none : (lookup.byExtension.get(name.slice(dot + 1)) ?? none),
  );
  for (const glob of lookup.byGlob) {
    if (glob.index >= known) break;
    if (glob.name?.test(name) === true || glob.path?.test(lower) === true)
      return FILE_KINDS[glob.index];
  }
  return FILE_KINDS[known];
}

/**
 * The kind of a file, by its name alone.
 * @param path relative to the root, with `/`
 * @returns undefined for files the product does not read
 */
export function fileKind(path: string): FileKind | undefined {
  return fileRow(path)?.kind;
}

/** Could this be a script without extension, worth a look at its first line? */
export function mayBeScript(path: string): boolean {
  return /(^|\/)[A-Za-z0-9_-]+$/.test(path) && fileKind(path) === undefined;
}

/**
 * The kind of a file without extension, by its first line.
 * @returns undefined for what is no script, and for files that have a kind by their name
 */
export function scriptKind(path: string, text: string): FileKind | undefined {
  if (!mayBeScript(path)) return undefined;
  const start = text.slice(0, 200);
  return FILE_KINDS.find(({ script }) => script?.firstLine.test(start))?.kind;
}

/** The row of scripts of a kind, which no name leads to. */
export function scriptRow(kind: FileKind | undefined): FileKindRow | undefined {
  return FILE_KINDS.find((row) => row.kind === kind && row.script !== undefined);
}

function createLookup(): Lookup {
  const byName = new Map<string, number>();
  const byExtension = new Map<string, number>();
  const byGlob: GlobEntry[] = [];
  for (const [index, { names = [], extensions = [], globs = [] }] of FILE_KINDS.entries()) {
    for (const name of names) setFirst(byName, name.toLowerCase(), index);
    for (const extension of extensions) setFirst(byExtension, extension, index);
    const name = patternOf('^', globs.filter(isOfNames));
    const path = patternOf('(?:^|/)', globs.filter(isOfPaths));
    if (name || path) byGlob.push({ index, name, path });
  }
  return { byName, byExtension, byGlob };
}

function isOfNames(glob: string): boolean {
  return !isOfPaths(glob);
}

function setFirst(indices: Map<string, number>, key: string, index: number): void {
  if (!indices.has(key)) indices.set(key, index);
}

/**
 * A pattern for the few things that globs of the table may say, several times as fast as what a library makes of all they could.
 * @param start what stands before a glob
 */
function patternOf(start: string, globs: readonly string[]): RegExp | undefined {
  if (globs.length === 0) return undefined;
  const sources = globs.map((glob) =>
    glob
      .toLowerCase()
      .replace(/[.+^$()|[\]\\]/g, '\\$&')
      .replace(/\*\*\/|\*/g, (wildcard) => (wildcard === '*' ? '[^/]*' : '(?:.*/)?')),
  );
  return new RegExp(`${start}(?:${sources.join('|')})$`);
}
