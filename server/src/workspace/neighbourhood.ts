import { fileKind, mayBeScript } from '../base/file-names';
import { FILE_KINDS } from '../base/file-kinds';
import { folderOf, joinPath } from '../base/paths';
import type { ProjectInput } from '../engine/analyzer';
import type { AnalysisSettings } from '../engine/settings';
import type { Host } from '../host';
import { createProjectFiles } from '../project/files/project-files';
import { scanImports } from '../project/facts/collect-modules';
import { isNeverEntered } from './walk';

/** How many modules are read around the open ones, whatever the size of the workspace. */
const MOST_MODULES = 60;
/** What has to be there to be found without listing a folder: every name that the table of file kinds spells out. */
const MANIFESTS = FILE_KINDS.flatMap(({ kind, names = [] }) => (kind === 'lockfile' ? [] : names));
/** And names that its patterns are made for, as most people write them. */
const USUAL = [
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.yml',
  'compose.yaml',
  'tsconfig.json',
  'tsconfig.base.json',
  'jsconfig.json',
  '.env.example',
  'ecosystem.config.js',
];
/** Where a package begins whose manifest does not name the source of what it starts. */
const ENTRIES = [
  'src/main',
  'src/index',
  'src/server',
  'src/app',
  'index',
  'server',
  'app',
  'main',
];
const ENDINGS = ['.ts', '.js', '.tsx', '/index.ts', '/index.js', '.mjs', '.cjs', '.jsx', '.mts'];

/**
 * What lies around open documents, read before anything is listed: the manifests of the folders above, the modules that they import, and
 * what their packages start as far as it leads to them. Enough to say most of what there is to say of them.
 * @param open texts of open documents by path
 */
export async function readNeighbourhood(
  host: Pick<Host, 'read'>,
  root: string,
  open: ReadonlyMap<string, string>,
  settings: AnalysisSettings,
): Promise<ProjectInput> {
  const texts = new Map([...open].filter(([path]) => !isNeverEntered(path)));
  // What a link leads out of the folder to, or cannot be read, is not analysed because it is open.
  await Promise.all(
    [...texts.keys()].map(async (path) => {
      if ((await host.read(root, path)).kind === 'unreadable') texts.delete(path);
    }),
  );
  const missing = new Set<string>();
  const read = async (path: string): Promise<string | undefined> => {
    const known = texts.get(path);
    if (known !== undefined || missing.has(path) || isNeverEntered(path)) return known;
    const result = await host.read(root, path);
    if (result.kind === 'text') texts.set(path, result.text);
    else missing.add(path);
    return texts.get(path);
  };
  const above = new Set([...texts.keys()].flatMap(foldersAbove));
  await Promise.all(
    [...above].flatMap((folder) =>
      [...MANIFESTS, ...USUAL].map((name) => read(folder === '' ? name : `${folder}/${name}`)),
    ),
  );
  const opened = [...texts.keys()].filter((path) => fileKind(path) === 'source');
  const starts = await Promise.all(
    [...above].map(async (folder) => entriesOf(folder, texts, (path) => firstOf(path, read))),
  );
  await follow([...opened, ...starts.flat()], texts, read);
  const files = createProjectFiles(
    { paths: [...texts.keys()], ignoredPaths: [], text: (path) => texts.get(path) },
    () => undefined,
  );
  for (const path of files.paths) if (files.wouldIgnore(path)) texts.delete(path);
  return {
    paths: [...texts.keys()]
      .filter((path) => fileKind(path) !== undefined || mayBeScript(path))
      .sort(),
    ignoredPaths: [],
    text: (path) => texts.get(path),
    unreadable: [],
    settings,
  };
}

type Read = (path: string) => Promise<string | undefined>;

/** From the file's own folder to the root, which is ``. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return [...folders, ''];
}

/** Reads what modules load, in the order in which they are met. */
async function follow(
  modules: readonly string[],
  texts: ReadonlyMap<string, string>,
  read: Read,
): Promise<void> {
  const seen = new Set<string>();
  let level = [...modules];
  while (level.length > 0 && seen.size < MOST_MODULES) {
    const batch = level.filter((path) => !seen.has(path)).slice(0, MOST_MODULES - seen.size);
    for (const path of batch) seen.add(path);
    const next = await Promise.all(
      batch.flatMap((path) =>
        scanImports(texts.get(path) ?? '').flatMap(({ specifier }) => {
          const target = /^\.{1,2}(\/|$)/.test(specifier)
            ? joinPath(folderOf(path), specifier)
            : undefined;
          return target === undefined ? [] : [firstOf(target, read)];
        }),
      ),
    );
    level = [...new Set(next.flatMap((path) => path ?? []))];
  }
}

/** The file that a path without its ending, or with that of what is made of it, stands for. */
async function firstOf(path: string, read: Read): Promise<string | undefined> {
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  const candidates = [
    ...(fileKind(path) === 'source' || /\.json$/.test(path) ? [path] : []),
    ...ENDINGS.map((ending) => bare + ending),
  ];
  for (const candidate of candidates) if ((await read(candidate)) !== undefined) return candidate;
  return undefined;
}

/** The modules that a package starts, or is entered by. */
async function entriesOf(
  folder: string,
  texts: ReadonlyMap<string, string>,
  find: (path: string) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const manifest = texts.get(folder === '' ? 'package.json' : `${folder}/package.json`);
  if (manifest === undefined) return [];
  const named = manifest.split(/[^\w./-]+/).filter((word) => /\.[cm]?[jt]sx?$/.test(word));
  const sources = named.map((path) => path.replace(/^(\.\/)?(dist|build|lib|out)\//, 'src/'));
  const found: string[] = [];
  for (const each of new Set([...named, ...sources, ...ENTRIES])) {
    const path = joinPath(folder, each);
    const module = path === undefined ? undefined : await find(path);
    if (module !== undefined) found.push(module);
  }
  return found;
}
