import { folderOf, joinPath } from '../../base/paths';
import type { Value } from '../../base/value';
import { heldBy } from '../../base/value-visitor';
import { textWithHoles } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { SourceFacts } from '../facts/facts';

/** Plugins and functions that load every module of a folder. */
const LOADERS = new Set([
  '@fastify/autoload',
  'fastify-autoload',
  'require-all',
  'require-dir',
  'include-all',
  'glob',
  'glob.sync',
  'fast-glob',
  'fast-glob.sync',
  'globby',
  'consign()',
  'express-load',
  'routing-controllers.createExpressServer',
  'routing-controllers.useExpressServer',
  'routing-controllers.createKoaServer',
  'fs.readdirSync',
  'fs/promises.readdir',
  'fs.readdir',
]);

/**
 * Folders whose modules a file loads without naming them: fastify autoload, glob and readdir loaders that require what they find.
 * @returns folders relative to the root
 */
export function folderLoads(facts: SourceFacts): readonly string[] {
  let known = loads.get(facts);
  if (!known) loads.set(facts, (known = findLoads(facts)));
  return known;
}

const loads = new WeakMap<SourceFacts, readonly string[]>();

function findLoads(facts: SourceFacts): readonly string[] {
  const { path } = facts;
  const folders = new Set<string>();
  // Listing a folder loads it only where what was found is then required or imported.
  const requiresComputed = facts.calls.some(
    (call) => call.callee.kind === 'global' && call.callee.name === 'require',
  );
  for (const call of facts.calls) {
    if (
      call.callee.kind === 'global' &&
      (call.callee.name === 'require' || call.callee.name === 'import')
    ) {
      const folder = computedRequire(call.args[0], path);
      if (folder !== undefined) folders.add(folder);
    }
    // `fastify.register(autoload, { dir })`: the loader is an argument.
    const values: readonly Value[] = [call.callee, ...call.args];
    const loader = values
      .map(canonicalName)
      .find((each) => each !== undefined && LOADERS.has(each));
    if (loader === undefined) continue;
    if (/readdir|^glob|globby|fast-glob/.test(loader) && !requiresComputed) continue;
    for (const arg of call.args) for (const folder of foldersIn(arg, path, 0)) folders.add(folder);
  }
  return [...folders].sort();
}

/**
 * `require(`./env/${name}`)`, `import(path.join(__dirname, 'env', name))`: any module directly in the folder may be meant.
 * @returns a folder relative to the root
 */
export function computedRequire(argument: Value | undefined, from: string): string | undefined {
  if (!argument) return undefined;
  const text = argument.kind === 'template' ? textWithHoles(argument) : undefined;
  if (text !== undefined && /^\.{1,2}\//.test(text)) {
    const folder = joinPath(
      folderOf(from),
      text.slice(0, text.indexOf('${…}')).replace(/(?<![^/])[^/]+$/, ''),
    );
    return folder === '' ? undefined : folder;
  }
  const [folder] = foldersIn(argument, from, 0);
  if (folder === undefined) return undefined;
  const hole = folder.indexOf('${…}');
  return hole === -1 ? folder : joinPath(folder.slice(0, hole).replace(/(?<![^/])[^/]+$/, ''));
}

/** Folder paths named inside a value: `path.join(__dirname, 'routes')`, `import.meta.dirname`, `{ dir: … }`, globs. */
function foldersIn(value: Value, from: string, depth: number): readonly string[] {
  if (depth > 4) return [];
  switch (value.kind) {
    case 'call': {
      const name = canonicalName(value.callee);
      if (name !== 'path.join' && name !== 'path.resolve') return [];
      const [only] = value.args;
      if (value.args.length === 1 && only) return foldersIn(only, from, depth + 1);
      const folder = joinedFolder(value.args, from);
      return folder === undefined ? [] : [folder];
    }
    case 'template': {
      const folder = joinedFolder(value.parts, from);
      return folder === undefined ? [] : [folder];
    }
    default:
      return heldBy(value).flatMap((held) => foldersIn(held, from, depth + 1));
  }
}

function joinedFolder(parts: readonly Value[], from: string): string | undefined {
  const [first, ...rest] = parts;
  if (!first || rest.length === 0) return undefined;
  const base = isOwnFolder(first)
    ? folderOf(from)
    : first.kind === 'call' && canonicalName(first.callee) === 'process.cwd'
      ? ''
      : undefined;
  if (base === undefined) return undefined;
  const texts = rest.map((part) => textWithHoles(part) ?? '${…}');
  const whole = texts.join('/');
  const hole = whole.search(/[*{]/);
  const joined = hole < 0 ? whole : whole.slice(0, Math.max(0, whole.lastIndexOf('/', hole)));
  const folder = joinPath(base, joined);
  return folder === '' ? undefined : folder;
}

function isOwnFolder(value: Value): boolean {
  if (value.kind === 'global') return value.name === '__dirname';
  const name = canonicalName(value);
  return name === 'import.meta.dirname' || name === 'path.dirname()';
}
