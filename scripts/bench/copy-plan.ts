import { posix } from 'node:path';
import picomatch from 'picomatch';
import { bareEntry, manifestEntry, type Texts } from './copy-entry';
import { importOf, parseManifest, renameIn, stringified, type Manifest } from './copy-text';

/** The package of a copy that imports its namesake of the copy before. */
export interface Link {
  /** Path of its manifest, which may have to be made. */
  readonly manifest: string;
  /** Name as the folder has it. */
  readonly name: string;
  /** Path of the source file that imports; the import leads to this file of the other copy, too. */
  readonly entry: string;
}

/** What makes copies of copies' parts one monorepo. */
export interface CopyPlan {
  readonly texts: Texts;
  /** Names of all packages of the folder: two copies may not share any. */
  readonly names: readonly string[];
  /** Globs of the folder's own workspaces, relative to it. */
  readonly workspaces: readonly string[];
  readonly link: Link;
}

/** Would make each copy a workspace of its own; its globs go to the manifest above all copies. */
const OWN_WORKSPACE = new Set(['pnpm-workspace.yaml', 'lerna.json']);

/**
 * Finds out how copies of a folder can depend on each other.
 * @param workspaces globs of the folder's workspaces beside those in its manifest, e.g. pnpm's
 * @returns undefined where there is no source file to import anything
 */
export function planCopies(
  texts: Texts,
  folderName: string,
  workspaces: readonly string[],
): CopyPlan | undefined {
  const manifests = [...texts.keys()]
    .filter((path) => posix.basename(path) === 'package.json')
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  const globs = [...ownWorkspaces(parseManifest(texts.get('package.json') ?? '')), ...workspaces];
  const link = findLink(texts, membersFirst(manifests, globs), folderName);
  if (link === undefined) return undefined;
  const parsed = manifests.map((path) => parseManifest(texts.get(path) ?? ''));
  const names = parsed.flatMap(({ name }) => (typeof name === 'string' && name !== '' ? name : []));
  return {
    texts,
    names: [...new Set([...names, link.name])],
    workspaces: globs,
    link,
  };
}

/**
 * The files of a monorepo that holds so many copies.
 * @param copies each but the first depends on the one before, and imports it
 */
export function* copyFiles(plan: CopyPlan, copies: number): Generator<readonly [string, string]> {
  yield ['package.json', rootManifest(plan, copies)];
  for (let copy = 1; copy <= copies; copy += 1) {
    const inCopy = (path: string): string => `packages/copy-${copy}/${path}`;
    for (const [path, text] of plan.texts) {
      if (!OWN_WORKSPACE.has(path)) yield [inCopy(path), copiedText(plan, path, text, copy)];
    }
    const { manifest } = plan.link;
    if (!plan.texts.has(manifest)) yield [inCopy(manifest), copiedText(plan, manifest, '{}', copy)];
  }
}

function copiedText(plan: CopyPlan, path: string, text: string, copy: number): string {
  const { link, names } = plan;
  const renamed = renameIn(path, text, names, `-copy-${copy}`);
  const before = copy === 1 ? undefined : `${link.name}-copy-${copy - 1}`;
  if (path === link.entry) return before === undefined ? renamed : importOf(path, renamed, before);
  if (path === link.manifest) return linkedManifest(renamed, plan, copy, before);
  return path === 'package.json'
    ? stringified(without(parseManifest(renamed), ['workspaces']))
    : renamed;
}

/** Leads to the entry whatever was built before, and depends on the copy before. */
function linkedManifest(
  text: string,
  { link }: CopyPlan,
  copy: number,
  before: string | undefined,
): string {
  const { dependencies, ...rest } = parseManifest(text);
  const folder = posix.dirname(link.manifest);
  return stringified({
    ...without(rest, ['exports', 'module', 'workspaces']),
    name: `${link.name}-copy-${copy}`,
    main: `./${posix.relative(folder, link.entry)}`,
    dependencies: { ...dependencies, ...(before === undefined ? {} : { [before]: '*' }) },
  });
}

function rootManifest({ workspaces }: CopyPlan, copies: number): string {
  const globs = Array.from({ length: copies }, (_, index) => `packages/copy-${index + 1}`);
  return stringified({
    name: 'bench-growth',
    private: true,
    workspaces: globs.flatMap((copy) => [
      copy,
      ...workspaces.map((glob) =>
        glob.startsWith('!') ? `!${posix.join(copy, glob.slice(1))}` : posix.join(copy, glob),
      ),
    ]),
  });
}

function findLink(
  texts: Texts,
  manifests: readonly string[],
  folderName: string,
): Link | undefined {
  for (const manifest of manifests) {
    const parsed = parseManifest(texts.get(manifest) ?? '');
    const entry = manifestEntry(parsed, posix.dirname(manifest), texts);
    if (entry === undefined) continue;
    const { name } = parsed;
    return { manifest, entry, name: typeof name === 'string' && name !== '' ? name : folderName };
  }
  const entry = bareEntry(texts);
  return entry === undefined ? undefined : { manifest: 'package.json', entry, name: folderName };
}

/** A package beside the workspaces (an example, a fixture) would not see the other copies. */
function membersFirst(manifests: readonly string[], globs: readonly string[]): readonly string[] {
  const isMember = picomatch(
    globs.filter((glob) => !glob.startsWith('!')),
    { ignore: globs.flatMap((glob) => (glob.startsWith('!') ? glob.slice(1) : [])) },
  );
  const isLinked = (path: string): boolean =>
    path === 'package.json' || isMember(posix.dirname(path));
  return [...manifests.filter(isLinked), ...manifests.filter((path) => !isLinked(path))];
}

function ownWorkspaces({ workspaces }: Manifest): readonly string[] {
  const globs: unknown =
    typeof workspaces === 'object' && workspaces !== null && 'packages' in workspaces
      ? workspaces.packages
      : workspaces;
  return Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [];
}

function without(manifest: Manifest, keys: readonly (keyof Manifest)[]): Manifest {
  const kept = Object.entries(manifest).filter(([key]) => !keys.some((each) => each === key));
  return Object.fromEntries(kept);
}
