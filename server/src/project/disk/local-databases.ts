import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { environmentReads, possibleValues } from '../../base/values';
import type { CallMeaning, PackageInfo, ProjectModel } from '../model';
import { isDevelopmentSection, isTestSection } from '../services/environment-sections';
import { loadedSettings } from '../urls/config-urls';
import { argumentValues } from '../values/argument-values';
import { diskPlace } from './disk-places';
import { fileText } from './file-text';

/**
 * How an app's database lies on the disk.
 * - `fixed`: in a file that the code names
 * - `chosen`: the environment says which file, or that it is a file at all
 */
export type LocalDatabase = 'fixed' | 'chosen';

/** Remote databases and those in memory, by what stands in the place of the file. */
const ELSEWHERE =
  /^(libsql|https?|wss?|postgres(ql)?|mysql|mariadb|mongodb(\+srv)?|mssql):|:memory:|^memory$|^\s*$/i;
/** Packages of apps that run on the machine of the one who uses them. */
const DESKTOP =
  /^(electron|@tauri-apps\/(api|cli)|nw|neutralinojs|@capacitor\/core|react-native|expo)$/;

/** Does a call open a database in a local file? undefined when it does not, or nobody can say. */
export function localDatabase(found: CallMeaning, model: ProjectModel): LocalDatabase | undefined {
  const { meaning, path, args } = found;
  if (meaning.kind !== 'local-database') return undefined;
  let isChosen = false;
  if (meaning.when) {
    const { at, is } = meaning.when;
    const engines = argumentValues(args, at, model, path).flatMap(possibleValues);
    const fits = engines.filter((engine) => names(engine).some((name) => is.includes(name)));
    if (fits.length === 0) return undefined;
    isChosen = fits.length < engines.length;
  }
  const files = argumentValues(args, meaning.file, model, path);
  if (files.length === 0) return meaning.withoutFile === 'file' ? 'fixed' : undefined;
  const places = files.map(placeOf);
  if (places.includes('elsewhere')) return undefined;
  return isChosen || places.includes('chosen')
    ? 'chosen'
    : places.includes('fixed')
      ? 'fixed'
      : undefined;
}

/** The text of a literal, or the last name of a driver class. */
function names(value: Value): readonly string[] {
  if (value.kind === 'literal') return [String(value.value)];
  if (value.kind === 'import') return value.members.slice(-1);
  return [];
}

function placeOf(file: Value): LocalDatabase | 'elsewhere' | 'unknown' {
  const texts = possibleValues(file).map(fileText);
  const local = texts.filter((text) => text === undefined || !ELSEWHERE.test(text));
  if (local.length === 0 || diskPlace(file) === 'temporary') return 'elsewhere';
  // One in memory beside one in a file is for tests; a server beside a file is a choice.
  const isRemote = texts.some((text) => text !== undefined && /^\w+:\/\//.test(text));
  const isEnvironment = environmentReads(file).length > 0;
  const hasText = local.some((text) => text !== undefined && text !== '${…}' && /\w/.test(text));
  // A variable alone may as well hold the address of a server.
  if (isEnvironment || isRemote) return hasText ? 'chosen' : isRemote ? 'elsewhere' : 'unknown';
  return hasText ? 'fixed' : 'unknown';
}

/** Is a package one of a desktop or mobile app, whose local database is its user's own? */
export function isDesktopApp(owner: PackageInfo | undefined): boolean {
  return [...(owner?.dependencies.keys() ?? [])].some((name) => DESKTOP.test(name));
}

/** Where settings files of the code tree that the app loads name the file of a database. */
export function configuredDatabases(path: string, model: ProjectModel): readonly Span[] {
  const entries = loadedSettings(path, model).filter(
    ({ groups }) => !groups.some((group) => isDevelopmentSection(group) || isTestSection(group)),
  );
  return entries.flatMap(({ name, value, valueSpan, groups }) => {
    const isFile =
      FILE_SETTINGS.test(name) && value !== undefined && valueSpan && !ELSEWHERE.test(value);
    if (!isFile) return [];
    // `{ client, connection: 'x.sqlite' }`, or `{ client, connection: { filename } }`.
    const isSqlite = entries.some(
      (other) =>
        ENGINE_SETTINGS.test(other.name) &&
        /^(better-)?sqlite3?$/.test(other.value ?? '') &&
        [groups, groups.slice(0, -1)].some((each) => each.join('\0') === other.groups.join('\0')),
    );
    return isSqlite ? [valueSpan] : [];
  });
}

const ENGINE_SETTINGS = /^(client|dialect|driver|type|adapter|engine)$/;
const FILE_SETTINGS = /^(connection|storage|filename|file|database|path)$/;
