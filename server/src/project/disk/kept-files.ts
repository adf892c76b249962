import type { Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { argumentAt, possibleValues } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallMeaning, ProjectModel } from '../model';
import type { ReachStep } from '../requests/request-reach';
import { diskPlace } from './disk-places';
import { fileText, isLogFile, isStandardStream } from './file-text';
import { isDeletedAgain, writesUpload } from './upload-writes';

/** A file that a request leaves on the local disk. */
export interface KeptFile {
  readonly way: readonly ReachStep[];
  /**
   * - `records`: a JSON file that is read again: the app's database
   * - `cache`: could be made again
   * - `chosen`: in a folder that the environment names
   * - `data`: anything else
   */
  readonly kind: 'records' | 'cache' | 'chosen' | 'data';
}

const CACHE = /(^|[/\\._-])\.?cach(e|ed|ing)([/\\._-]|$)|[a-z]Cache([/\\.]|$)/;

/**
 * Does a write leave something behind that later requests, or people, count on? Not for logs, uploads (see `local-upload`),
 * temporary files, and files that the same function takes away again.
 */
export function keptFile(found: CallMeaning, model: ProjectModel): KeptFile | undefined {
  const { meaning, call, args, path, callee } = found;
  if (meaning.kind !== 'file-write' || call.context.includes('development')) return undefined;
  // What moves about on the disk has been there before.
  if (/\.(rename|move)(Sync)?$/.test(callee)) return undefined;
  const way = model.requestReach.way(path, call.fn);
  const file = argumentAt(args, meaning.path);
  if (!way || !file || file.kind === 'object' || isStandardStream(file)) return undefined;
  const text = fileText(file);
  if (text !== undefined && isLogFile(text)) return undefined;
  if (possibleValues(file).every(isNoPath)) return undefined;
  if (writesUpload(found, model)) return undefined;
  const place = diskPlace(file);
  if (place === 'temporary' || place === 'device') return undefined;
  if (way.some((step) => isDeletedAgain(step.path, step.fn, model, file))) return undefined;
  if (isCache(file, text)) return { way, kind: 'cache' };
  if (place === 'environment') return { way, kind: 'chosen' };
  return { way, kind: isRecords(found, text, model) ? 'records' : 'data' };
}

/** A file descriptor, or nothing. */
function isNoPath(value: Value): boolean {
  return value.kind === 'literal' && typeof value.value !== 'string';
}

function isCache(file: Value, text: string | undefined): boolean {
  return (text !== undefined && CACHE.test(text)) || /cache/i.test(lastName(file) ?? '');
}

/** `writeFile('users.json', JSON.stringify(users))` where the package reads that file, too. */
function isRecords(
  { path, call, meaning }: CallMeaning,
  text: string | undefined,
  model: ProjectModel,
): boolean {
  if (meaning.kind !== 'file-write' || text === undefined || !/\.json$/.test(text)) return false;
  const data = meaning.data === undefined ? undefined : argumentAt(call.args, meaning.data);
  if (!data || /config|settings/i.test(text)) return false;
  const isStringified = data.kind === 'call' && canonicalName(data.callee) === 'JSON.stringify';
  if (!isStringified && !/json/i.test(lastName(call.callee) ?? '')) return false;
  const name = text.split(/[/\\]/).pop() ?? '';
  const owner = model.packageOf(path);
  for (const [other, module] of model.modules) {
    if (module.package !== owner || module.roles.has('test')) continue;
    if (module.imports.some(({ specifier }) => specifier.endsWith(`/${name}`))) return true;
    if (model.meanings(other).some((found) => readsFile(found, name))) return true;
  }
  return false;
}

function readsFile({ meaning, args }: CallMeaning, name: string): boolean {
  if (meaning.kind !== 'file-read') return false;
  const file = argumentAt(args, meaning.path);
  return file !== undefined && fileText(file)?.endsWith(name) === true;
}
