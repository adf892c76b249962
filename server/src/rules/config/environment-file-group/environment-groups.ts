import { baseName, folderOf, joinPath } from '../../../base/paths';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import { childrenOf } from '../../../base/value-visitor';
import { possibleValues, stringOf } from '../../../base/values';
import { jsonProperties } from '../../../languages/json';
import {
  environmentQuestion,
  isEnvironmentName,
  isEnvironmentWord,
  isTestWord,
} from '../../../project/environment/environment-name';
import type { ProjectFiles } from '../../../project/files/files';
import { isGeneratedPath, isTestPath, isVendoredPath } from '../../../project/files/paths';
import { isExampleEnvPath } from '../../../project/manifests/environment';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { PRODUCTION } from '../../../vocabulary/environments';

/** Files of one folder that hold the same settings for several environments. */
export interface EnvironmentGroup {
  /** Where people look first: production's file, else the first one. */
  readonly path: string;
  readonly span: Span;
  readonly others: readonly string[];
  readonly kind: 'env-files' | 'config-library' | 'build-mode';
}

/**
 * Does a value lead to a file or module that is picked by the environment's name: `./env/${NODE_ENV}.js`,
 * `path.join(dir, env)`, `isProduction ? '.env.production' : '.env'`?
 * @param value an argument of a call that loads, resolved
 * @returns the value that says so
 */
// eslint-disable-next-line complexity -- one case for each kind of value
export function picksFileByEnvironment(value: Value, depth = 0): Value | undefined {
  if (depth > 8) return undefined;
  const again = (inner: Value): Value | undefined => picksFileByEnvironment(inner, depth + 1);
  switch (value.kind) {
    case 'template':
      if (value.parts.some(isName) && value.parts.some(looksLikePath)) return value;
      break;
    case 'call': {
      const { callee, args } = value;
      const isPath = PATH_METHOD.test(lastName(callee) ?? '');
      if (isPath && args.length > 1 && args.some(isName)) return value;
      if (callee.kind === 'member') return first([callee.object, ...args], again);
      break;
    }
    case 'member':
      // What stands in a file that was picked is a setting, no choice of a file.
      if (isLoaded(value.object)) return undefined;
      break;
    case 'either': {
      const question =
        value.operator === '?:' && value.condition && environmentQuestion(value.condition);
      const files = value.options.map(stringOf).filter((text) => text !== undefined);
      // `NODE_ENV === 'test' ? '.env.test' : '.env'` only keeps tests apart.
      if (
        question &&
        !question.testOnly &&
        files.some((file) => /[./]/.test(file) && mentionsEnvironment(file))
      )
        return value;
      break;
    }
    case 'object': {
      const files = value.properties.filter(({ key }) => FILE_OPTION.test(key));
      return first(
        files.map((property) => property.value),
        again,
      );
    }
  }
  return first(childrenOf(value), again);
}

/** What a call answers, or one of several: `_.merge(defaults, require(…))`. */
function isLoaded(value: Value): boolean {
  if (value.kind === 'member') return isLoaded(value.object);
  return value.kind === 'call' || value.kind === 'either';
}

const PATH_METHOD = /^(join|resolve|format|normalize|concat|toLowerCase)$/;
const FILE_OPTION = /^(path|paths|file|files|filename|envFilePath|envFile|configFile)$/;

/** `./config/production`, `.env.staging`: a path whose last part names an environment other than tests. */
export function mentionsEnvironment(path: string): boolean {
  return baseName(path)
    .split(/[._-]/)
    .some((word) => isEnvironmentWord(word) && !isTestWord(word));
}

/** Groups of settings in one object: two or more environments, each with an object or a module of its own. */
export function groupsSettings(table: Value): boolean {
  return possibleValues(table).some((option) => {
    if (option.kind === 'import')
      return /^\.{0,2}\/|^@\/|^~/.test(option.specifier) && option.members.length <= 1;
    if (option.kind === 'call' && lastName(option.callee) === 'require') return true;
    if (option.kind !== 'object') return false;
    const groups = option.properties.filter(
      ({ key, value }) => isEnvironmentWord(key) && value.kind !== 'literal',
    );
    return groups.length > 0 && groups.some(({ key }) => !isTestWord(key));
  });
}

/** The groups of tracked env and config files that nothing in the code has to load by name. */
export function environmentGroups(model: ProjectModel): readonly EnvironmentGroup[] {
  const { files } = model;
  const groups = new Map<string, { kind: EnvironmentGroup['kind']; paths: string[] }>();
  for (const path of files.paths) {
    if (isTestPath(path) || isGeneratedPath(path) || isVendoredPath(path)) continue;
    if (!mentionsEnvironment(stem(path))) continue;
    const kind = groupKind(path, model);
    if (!kind) continue;
    const key = `${kind}:${folderOf(path)}`;
    const group = groups.get(key) ?? { kind, paths: [] };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ kind, paths }) => {
    const path = paths.find((one) => PRODUCTION.isIn(baseName(one))) ?? paths[0];
    return path === undefined
      ? []
      : [
          {
            path,
            span: firstLine(files, path),
            others: paths.filter((other) => other !== path),
            kind,
          },
        ];
  });
}

function groupKind(path: string, model: ProjectModel): EnvironmentGroup['kind'] | undefined {
  const { files } = model;
  if (files.kind(path) === 'dotenv') {
    const entries = files.dotenv(path)?.entries ?? [];
    const hasValues = entries.some((entry) => !entry.commented && entry.value !== '');
    return hasValues && !isExampleEnvPath(path) && !/\.local\b/i.test(baseName(path))
      ? 'env-files'
      : undefined;
  }
  const folder = baseName(folderOf(path));
  const info = model.packageOf(path);
  if (folder === 'config' && info && readsByConvention(path, info) && hasSettings(path, files))
    return 'config-library';
  if (folder === 'environments' && /^environments?\.[\w-]+\.ts$/.test(baseName(path)))
    return differsFromDefault(path, files) ? 'build-mode' : undefined;
  return undefined;
}

/** Libraries that pick `config/<environment>.json` by themselves. */
function readsByConvention(path: string, info: PackageInfo): boolean {
  const isDeclared = ['config', '@feathersjs/configuration', 'node-config-ts'].some(
    (name) => info.dependencies.get(name)?.kind === 'dependencies',
  );
  return (
    isDeclared &&
    folderOf(path) === joinPath(info.dir, 'config') &&
    /\.(json5?|ya?ml|toml|[cm]?[jt]s|hjson|properties)$/.test(path)
  );
}

function hasSettings(path: string, files: ProjectFiles): boolean {
  const text = files.text(path);
  if (text === undefined) return true;
  return files.kind(path) === 'json' || path.endsWith('.json')
    ? jsonProperties(files.json(path)?.root).length > 0
    : /[:=]/.test(text);
}

/** Does a build mode set anything besides its own name? */
function differsFromDefault(path: string, files: ProjectFiles): boolean {
  const text = (files.text(path) ?? '').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
  return /\b(?!production\b)\w+\s*:\s*['"`\d{[]/.test(text);
}

function stem(path: string): string {
  return baseName(path).replace(/\.(json5?|ya?ml|toml|[cm]?[jt]s|hjson|properties)$/, '');
}

function firstLine(files: ProjectFiles, path: string): Span {
  const text = files.text(path) ?? '';
  const entry = files.kind(path) === 'dotenv' ? files.dotenv(path)?.entries[0] : undefined;
  return entry?.lineSpan ?? { start: 0, end: text.split(/\r?\n/, 1)[0]?.length ?? 0 };
}

function isName(value: Value): boolean {
  if (isEnvironmentName(value)) return true;
  // A loop over the names.
  const words = possibleValues(value).map(stringOf);
  if (words.filter((word) => word !== undefined && isEnvironmentWord(word)).length > 1) return true;
  return (
    value.kind === 'call' &&
    value.callee.kind === 'member' &&
    isName(value.callee.object) &&
    /^to(Lower|Upper)Case$|^trim$/.test(value.callee.name ?? '')
  );
}

function looksLikePath(value: Value): boolean {
  const text = stringOf(value);
  if (text !== undefined) return /[./]/.test(text);
  return value.kind === 'global' && /^__(dirname|filename)$/.test(value.name);
}

function first<T>(items: readonly T[], find: (item: T) => Value | undefined): Value | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
