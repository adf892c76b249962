import { globMatcher } from '../../base/globs';
import { baseName, folderOf, isInside, joinPath } from '../../base/paths';
import {
  dockerFlag,
  expandVariables,
  type DockerfileSyntax,
  type DockerInstruction,
  type DockerStage,
} from '../../languages/dockerfile';
import {
  copyPaths,
  runScript,
  stageChain,
  stageDirectory,
  stageVariables,
} from '../../languages/dockerfile-stages';
import { parseShellSyntax } from '../../languages/shell';
import { existsPath, filesBelow } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo } from '../model';
import { nearestPackage } from '../packages/packages';

/** Where a command runs: it decides which files and which package its words mean. */
export interface Place {
  /** The working folder, relative to the root; undefined when it is none of the root's folders. */
  readonly folder: string | undefined;
  readonly package: PackageInfo | undefined;
  /** Paths of the root that a path in the command may name, likeliest first; they need not exist. */
  locate(path: string): readonly string[];
  /** The place after `cd path`. */
  enter(path: string): Place;
}

/** A folder of the root. */
export function folderPlace(packages: readonly PackageInfo[], folder: string): Place {
  return {
    folder,
    package: nearestPackage(packages, folder),
    locate(path) {
      if (path.startsWith('/') || path.startsWith('~')) return [];
      const found = joinPath(folder, path);
      return found === undefined ? [] : [found];
    },
    enter(path) {
      const next = path.startsWith('/') ? undefined : joinPath(folder, path);
      return next === undefined ? this : folderPlace(packages, next);
    },
  };
}

/** Nowhere in the tree: an image built elsewhere. */
export const NOWHERE: Place = {
  folder: undefined,
  package: undefined,
  locate: () => [],
  enter() {
    return this;
  },
};

/** What is needed to look into an image. */
export interface ImageSource {
  readonly files: ProjectFiles;
  readonly packages: readonly PackageInfo[];
  readonly syntax: DockerfileSyntax;
  readonly stage: DockerStage;
  /** Folder of the root that `COPY` takes from. */
  readonly context: string;
}

/**
 * Inside an image: its paths are followed back through COPY and ADD, and through the stages they copy from, to the files of the
 * build context.
 * @param directory absolute path in the image; default: the stage's WORKDIR
 */
export function imagePlace(
  source: ImageSource,
  directory = stageDirectory(source.syntax, source.stage),
): Place {
  const { files, packages } = source;
  const locate = (path: string): readonly string[] => {
    const absolute = absolutePath(path, directory);
    const inContext = locateInStage(source, source.stage, absolute, 0);
    // What the instructions do not tell (a mount, an image built elsewhere) lies where the working directory has it.
    const guess = isInside(absolute, directory)
      ? absolute.slice(directory.length).replace(/^\//, '')
      : undefined;
    const all = [...inContext, ...(guess === undefined ? [] : [guess])];
    const paths = all.flatMap((candidate) => joinPath(source.context, candidate) ?? []);
    // An image that is given the whole tree in some other way mostly keeps its folders.
    const ends = absolute.split('/').map((_, index, parts) => parts.slice(index).join('/'));
    paths.push(
      ...ends.filter((end) => packages.some((info) => info.dir !== '' && isInside(end, info.dir))),
    );
    // A copied file has nothing below it.
    return [...new Set(paths)].filter((path) => !hasFileAbove(files, path));
  };
  const manifest = locate('package.json').find((path) => files.has(path));
  const folder = manifest === undefined ? (locate('.')[0] ?? source.context) : folderOf(manifest);
  return {
    folder,
    package: nearestPackage(packages, folder),
    locate,
    enter: (path) => imagePlace(source, absolutePath(path, directory)),
  };
}

/**
 * The folder a Dockerfile is built in: what compose says, else the folder above it that has most of what it copies, the
 * Dockerfile's own first.
 * @param known contexts that other manifests name for this file
 */
export function buildContext(
  files: ProjectFiles,
  path: string,
  syntax: DockerfileSyntax,
  known: readonly string[],
): string {
  const [first] = known;
  if (first !== undefined) return first;
  const sources = syntax.stages
    .flatMap((stage) => stage.instructions)
    .filter(
      (one) =>
        (one.keyword === 'COPY' || one.keyword === 'ADD') && dockerFlag(one, 'from') === undefined,
    )
    .flatMap((one) => copyPaths(one)?.sources.map((word) => word.text) ?? [])
    .filter((source) => /^[\w./*@-]+$/.test(source) && !/^(\.?\/?)+$/.test(source));
  let best = folderOf(path);
  let bestScore = -1;
  for (
    let folder: string | undefined = folderOf(path);
    folder !== undefined;
    folder = folder === '' ? undefined : folderOf(folder)
  ) {
    const score = sources.filter((source) => existsIn(files, folder, source)).length;
    const hasManifest = files.has(joinPath(folder, 'package.json') ?? '') ? 0.5 : 0;
    if (score + hasManifest > bestScore) {
      best = folder;
      bestScore = score + hasManifest;
    }
  }
  return best;
}

function hasFileAbove(files: ProjectFiles, path: string): boolean {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder))
    if (files.has(folder)) return true;
  return false;
}

function existsIn(files: ProjectFiles, folder: string, source: string): boolean {
  const path = joinPath(folder, source);
  if (path === undefined) return false;
  if (/[*?[]/.test(path)) {
    const matches = globMatcher(path, { dot: true });
    const still = path
      .slice(0, path.search(/[*?[]/))
      .replace(/(?<![^/])[^/]+$/, '')
      .replace(/\/$/, '');
    return filesBelow(files, still).some((candidate) => matches(candidate));
  }
  return existsPath(files, path);
}

function locateInStage(
  source: ImageSource,
  stage: DockerStage,
  absolute: string,
  depth: number,
): string[] {
  if (depth > 6) return [];
  return stageChain(source.syntax, stage).flatMap((one) =>
    [...one.instructions].reverse().flatMap((instruction) => {
      const { keyword } = instruction;
      if (keyword === 'COPY' || keyword === 'ADD')
        return throughCopy(source, one, instruction, absolute, depth);
      return keyword === 'RUN' ? throughDeploy(source, instruction, absolute) : [];
    }),
  );
}

/** `pnpm --filter=./apps/web --prod deploy /prod/web` puts a package of the workspace into a folder of its own. */
function throughDeploy(
  { packages, context }: ImageSource,
  instruction: DockerInstruction,
  absolute: string,
): string[] {
  const { text } = runScript(instruction);
  if (!/\bpnpm\b.*\bdeploy\b/.test(text)) return [];
  return parseShellSyntax(text).commands.flatMap(({ words: [program, ...rest] }) => {
    const args = rest.map((word) => word.text);
    const folder = args.at(-1) ?? '';
    if (program?.text !== 'pnpm' || !args.includes('deploy') || !folder.startsWith('/')) return [];
    if (!isInside(absolute, folder)) return [];
    const selected = args.flatMap((word, index) =>
      word.startsWith('--filter=')
        ? word.slice('--filter='.length)
        : /^(--filter|-F)$/.test(word)
          ? (args[index + 1] ?? [])
          : [],
    );
    const below = absolute.slice(folder.length).replace(/^\//, '');
    return selected.flatMap((selector) => {
      const own = packages.find(({ name }) => name === selector);
      const dir = own
        ? own.dir.slice(context === '' ? 0 : context.length + 1)
        : /^\.?\//.test(selector)
          ? joinPath(selector.replace(/^\.?\/+/, ''))
          : undefined;
      return dir === undefined ? [] : (joinPath(dir, below) ?? []);
    });
  });
}

function throughCopy(
  source: ImageSource,
  stage: DockerStage,
  copy: DockerInstruction,
  absolute: string,
  depth: number,
): string[] {
  const paths = copyPaths(copy);
  if (!paths) return [];
  const { syntax } = source;
  const variables = stageVariables(syntax, stage, copy.span.start);
  const expand = (text: string): string => expandVariables(text, (name) => variables.get(name));
  const written = expand(paths.destination.text);
  const destination = absolutePath(written, stageDirectory(syntax, stage, copy.span.start));
  if (!isInside(absolute, destination) && destination !== '/') return [];
  const rest = absolute.slice(destination === '/' ? 1 : destination.length).replace(/^\//, '');
  const from = dockerFlag(copy, 'from');
  const origin =
    from === undefined
      ? undefined
      : syntax.stages.find((one) => one.name === from || String(one.index) === from);
  if (from !== undefined && !origin) return [];
  const candidates = paths.sources.flatMap((word) => sourcePaths(expand(word.text), rest));
  if (!origin) return candidates;
  return candidates.flatMap((candidate) =>
    locateInStage(source, origin, absolutePath(candidate, '/'), depth + 1),
  );
}

/** What `rest` (below the destination) may have been before: the source folder's content, or the source file itself. */
function sourcePaths(written: string, rest: string): string[] {
  const source = written.replace(/^(\.?\/)+(?=.)/, '').replace(/(?<!\/)\/+$/, '') || '.';
  const name = baseName(source);
  if (/[*?[]/.test(name)) {
    const [first = ''] = rest.split('/');
    return globMatcher(name, { dot: true })(first)
      ? [joinPath(folderOf(source), rest) ?? rest]
      : [];
  }
  if (rest === '') return [source];
  const below = `${source}/${rest}`;
  // Only a file keeps its name below the destination; a folder gives its content.
  return rest === name && /\.[\w]+$/.test(name) ? [source, below] : [below];
}

function absolutePath(path: string, directory: string): string {
  const joined = path.startsWith('/') ? path : `${directory}/${path}`;
  return `/${joinPath(joined) ?? ''}`.replace(/(?<=.)\/$/, '');
}
