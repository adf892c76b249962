import { baseName, folderOf, joinPath } from '../../base/paths';
import type { Value } from '../../base/value';
import { possibleValues } from '../../base/values';
import { jsonProperties, type JsonNode } from '../../languages/json';
import { canonicalName } from '../facts/canonical';
import type { ImportFact } from '../facts/facts';
import { filesBelow } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { ProjectModel } from '../model';

const CONFIG_NAME =
  /^(.*[._-])?(app-?)?(config|configuration|conf|settings?|secrets?|credentials?|creds|keys|database|db|env|parameters|ormconfig|properties|service-?account[a-z0-9]*)([._-].*)?$/i;
const CONFIG_FOLDER =
  /^\.?(config|configs|configuration|conf|settings|secrets?|credentials?|keys|env|environments?)$/i;
const DATA_EXTENSION = /\.(json5?|ya?ml|toml|ini|conf|cfg|properties|env)$/i;
/** Tools' own configuration and lists that never differ between deploys. */
const NOT_SETTINGS =
  /^(package(-lock)?|tsconfig.*|jsconfig|nest-cli|angular|lerna|nx|turbo|composer|manifest|swagger.*|openapi.*|\w+\.config|locale.*|[a-z]{2}(-[A-Z]{2})?)$/;
const STRONG =
  /(password|passwd|pwd|secret|api_?key|access_?key|private_?key|auth_?token|connection_?string|dsn|mongo_?ur[il]|database_?ur[il]|db_?ur[il])$/i;
const PLACE =
  /(^|_|\b)(host(name)?|port|url|uri|endpoint|database|db|user(name)?|server|broker|smtp|redis|mongo(db)?|domain|origin|bucket)$/i;

/** Is this what a file of settings is called: `config.json`, `settings.yaml`, `.env`, `secrets.prod.json`? */
export function isSettingsName(path: string): boolean {
  const name = baseName(path);
  if (/^\.env(\.|$)/.test(name)) return true;
  const stem = name.replace(/\.[cm]?[jt]sx?$/i, '').replace(DATA_EXTENSION, '');
  return CONFIG_NAME.test(stem) && !NOT_SETTINGS.test(stem);
}

/** Is this a file of data as opposed to code? */
export function isDataFile(path: string): boolean {
  return DATA_EXTENSION.test(path) || /^\.env(\.|$)/.test(baseName(path));
}

const CERTIFICATE = /\.(pem|key|crt|cer|cert|pfx|p12)$/i;
const METADATA = /(metadata|idp|saml)[\w.-]*\.xml$/i;
/** Whose certificates everybody trusts, and what developers make for their own machine. */
const OF_ALL_DEPLOYS =
  /(^|[-_./])(ca|cacerts?|root|roots|global|bundle|apple\w*|google\w*|dev|development|local|localhost|tests?|self-?signed|mkcert|snakeoil|examples?|samples?|demo)([-_./]|$)/i;

/**
 * Is this a file of the project that says who a deploy is, or whom it trusts: a key, a certificate, the metadata of an identity
 * provider?
 * @param path as {@link fixedFile} returns it
 */
export function isIdentityFile(path: string): boolean {
  return (
    !path.startsWith('/') &&
    (CERTIFICATE.test(path) || METADATA.test(path)) &&
    !OF_ALL_DEPLOYS.test(path)
  );
}

/** Does a file of the tree hold settings that differ between deploys: credentials, or places of services? */
export function hasDeploySettings(path: string, files: ProjectFiles): boolean {
  const keys = path.endsWith('.json')
    ? jsonKeys(files.json(path)?.root, 0)
    : [
        ...(files.text(path) ?? '').matchAll(
          /^[ \t]*["']?([\w.-]+)["']?[ \t]*[:=][ \t]*(?!\$\{)[^\s]/gm,
        ),
      ].map(([, key = '']) => key);
  const places = new Set(keys.filter((key) => PLACE.test(key)).map((key) => key.toLowerCase()));
  return keys.some((key) => STRONG.test(key)) || places.size > 1;
}

function jsonKeys(node: JsonNode | undefined, depth: number): readonly string[] {
  if (depth > 4) return [];
  return jsonProperties(node).flatMap(({ key, value }) => {
    if (value.type === 'object') return jsonKeys(value, depth + 1);
    const isSet = value.type !== 'null' && value.value !== '' && value.type !== 'boolean';
    return isSet ? [key] : [];
  });
}

/**
 * The file that a relative import leads to, where git ignores it and it is no output of a build: whoever deploys has to make it.
 * @returns undefined where the import leads somewhere, or to nothing that git ignores
 */
export function ignoredModule(
  fact: ImportFact,
  from: string,
  { files }: Pick<ProjectModel, 'files'>,
): string | undefined {
  if (!/^\.{1,2}\//.test(fact.specifier) || !isSettingsName(fact.specifier)) return undefined;
  const path = joinPath(folderOf(from), fact.specifier);
  if (path === undefined || OUTPUT_PATH.test(path)) return undefined;
  const stem = path.replace(/\.js$/, '');
  const candidates = /\.\w+$/.test(path)
    ? [path, `${stem}.ts`]
    : endings(from).map((end) => path + end);
  if (candidates.some((candidate) => files.has(candidate))) return undefined;
  return candidates.find(
    (candidate) => files.wouldIgnore(candidate) && !isMadeByBuild(candidate, files),
  );
}

/**
 * Does git ignore all code of the folder, whatever it is called, and has none of it? Then a build writes the folder, and what is
 * called a secret or settings in it is about those.
 */
function isMadeByBuild(path: string, files: ProjectModel['files']): boolean {
  const folder = folderOf(path);
  const other = joinPath(folder, 'another-module.ts');
  return (
    !CONFIG_FOLDER.test(baseName(folder)) &&
    other !== undefined &&
    files.wouldIgnore(other) &&
    filesBelow(files, folder).every((one) => files.kind(one) !== 'source')
  );
}

/** What a specifier without one may leave out; in the language of the module that names it first. */
function endings(from: string): readonly string[] {
  const languages = /\.[mc]?tsx?$/.test(from) ? ['.ts', '.js'] : ['.js', '.ts'];
  return [...languages, '.json', '.mjs', '.cjs', ...languages.map((end) => `/index${end}`)];
}
const OUTPUT_PATH = /(^|\/)(dist|build|out|lib|generated|__generated__|node_modules|\.\w+)\//;

/**
 * Where a file lies that a path value names without the environment having a say.
 * @param value resolved
 * @param from the module that names it
 * @returns a path of the project, an absolute path with its `/`, or undefined when it is not certain
 */
export function fixedFile(value: Value, from: string, model: ProjectModel): string | undefined {
  const options = possibleValues(value);
  const [only] = options;
  if (!only || options.length > 1) return undefined;
  const text = pathText(only, from, model);
  if (text === undefined || text.includes('\0')) return undefined;
  if (text.startsWith(ROOT)) return joinPath(text.slice(ROOT.length));
  if (text.startsWith('/')) return text;
  const dir = model.packageOf(from)?.dir ?? '';
  const inPackage = joinPath(dir, text);
  return inPackage !== undefined && model.files.has(inPackage) ? inPackage : joinPath(text);
}
/**
 * Where in the project a path leads that starts at the module itself or at the working folder; `*` stands for what is computed.
 * @param value resolved
 * @returns undefined for absolute paths, and for paths whose beginning is not known
 */
export function treePath(
  value: Value,
  from: string,
  model: Pick<ProjectModel, 'packageOf'>,
): string | undefined {
  const [first] = possibleValues(value);
  const text = first && pathText(first, from, model, '*');
  if (text === undefined || text.startsWith('*') || text.startsWith('/')) return undefined;
  if (text.startsWith(ROOT)) return joinPath(text.slice(ROOT.length));
  return joinPath(model.packageOf(from)?.dir ?? '', text);
}

/** Stands for the project's root in front of a path. */
const ROOT = '<root>/';

// eslint-disable-next-line complexity -- one case for each kind of value
function pathText(
  value: Value,
  from: string,
  model: Pick<ProjectModel, 'packageOf'>,
  unknown?: string,
): string | undefined {
  const each = (values: readonly Value[]): readonly (string | undefined)[] =>
    values.map((part) => pathText(part, from, model, unknown));
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? value.value : unknown;
    case 'global':
      return value.name === '__dirname' ? ROOT + folderOf(value.path ?? from) : unknown;
    case 'member':
      return canonicalName(value) === 'import.meta.dirname'
        ? ROOT + folderOf(value.path ?? from)
        : unknown;
    case 'template': {
      const parts = each(value.parts);
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'call': {
      const name = canonicalName(value.callee) ?? '';
      if (name === 'path.dirname')
        return isOwnFile(value.args[0]) ? ROOT + folderOf(value.path ?? from) : unknown;
      if (name === 'process.cwd') return ROOT + (model.packageOf(from)?.dir ?? '');
      if (!/^path(\/posix|\.posix)?\.(join|resolve|normalize)$/.test(name)) return unknown;
      const parts = each(value.args);
      if (parts.includes(undefined)) return undefined;
      const last = parts.findLastIndex((part) => part?.startsWith(ROOT) === true);
      return parts.slice(Math.max(last, 0)).join('/');
    }
    default:
      return unknown;
  }
}

/** `fileURLToPath(import.meta.url)` */
function isOwnFile(file: Value | undefined): boolean {
  const inner = file?.kind === 'call' ? file.args[0] : file;
  return inner !== undefined && canonicalName(inner) === 'import.meta.url';
}
