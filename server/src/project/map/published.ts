import type { PackageInfo } from '../model';
import { atKey, type Statement, type Subject } from './subject';

/** What a package.json says of others that import the package. */

const ENTRY_KEYS = ['main', 'module', 'exports', 'types', 'typings'] as const;
const SHIPPING_KEYS = [
  'publishConfig',
  'peerDependencies',
  'exports',
  'types',
  'typings',
  'module',
  'files',
];

/** Published to be imported: a name, a version, an entry for importers, and a sign that it is made to ship. */
export function isPublishedLibrary(subject: Subject): boolean {
  const { manifest, isPrivate, name } = subject.info;
  return (
    !isPrivate &&
    name !== undefined &&
    typeof manifest['version'] === 'string' &&
    isImportable(subject) &&
    SHIPPING_KEYS.some((key) => manifest[key] !== undefined)
  );
}

export function published(subject: Subject): readonly Statement[] {
  if (!isPublishedLibrary(subject)) return [];
  const key = ['publishConfig', 'files', 'exports', 'main'].find(
    (one) => subject.info.manifest[one] !== undefined,
  );
  return [{ ...atKey(subject, key ?? 'version'), says: 'published for others to import' }];
}

export function isImportable({ info }: Subject): boolean {
  return ENTRY_KEYS.some((key) => info.manifest[key] !== undefined);
}

export function importable(subject: Subject): readonly Statement[] {
  const key = ENTRY_KEYS.find((one) => subject.info.manifest[one] !== undefined);
  const isForOthers =
    subject.above !== undefined ||
    SHIPPING_KEYS.some((one) => one !== 'files' && subject.info.manifest[one] !== undefined);
  return key !== undefined && isForOthers
    ? [{ ...atKey(subject, key), says: `an entry for importers (${key})` }]
    : [];
}

/** A manifest that only says where a part of the package around it is found, or how it is read: `framework/express/package.json`. */
export function stub(subject: Subject): readonly Statement[] {
  const { info, above } = subject;
  if (!above || info.scripts.size > 0 || info.dependencies.size > 0) return [];
  // `{ "type": "commonjs" }` only says how Node reads the files beside it.
  const isMarker = Object.keys(info.manifest).every((one) => MARKS.has(one));
  const key = isMarker ? 'type' : ENTRY_KEYS.find((one) => info.manifest[one] !== undefined);
  const isBare = info.manifest['version'] === undefined && above.dir !== '';
  return key !== undefined && isBare
    ? [{ ...atKey(subject, key), says: `a part of ${above.name ?? above.dir}` }]
    : [];
}

const MARKS = new Set(['type', 'sideEffects', 'private']);

export function loadedByOthers(subject: Subject): readonly Statement[] {
  return subject.dependents.slice(0, 3).map(({ info: other, span }) => ({
    path: other.manifestPath,
    span,
    says: `${other.name ?? (other.dir || 'the root')} loads it`,
  }));
}

/**
 * Is a package a library that is published? Whoever installs it has deploys, it has none: what it finds out about the environment it
 * runs in is its work. A private package of a workspace belongs to the apps that load it.
 */
export function isPublished(info: PackageInfo | undefined): boolean {
  return (
    info?.kind === 'library' &&
    !info.isPrivate &&
    typeof info.manifest['version'] === 'string' &&
    !entersSources(info)
  );
}

/** Does a package hand its TypeScript sources to importers? Only bundlers and runtimes of the own workspace take those. */
function entersSources({ manifest }: PackageInfo): boolean {
  if (manifest['publishConfig'] !== undefined) return false;
  const entries = ['main', 'module', 'exports'].flatMap((key) => pathsIn(manifest[key]));
  return entries.length > 0 && entries.every((entry) => /(?<!\.d)\.[cm]?tsx?$/.test(entry));
}

/** The texts in a field of a manifest, however deep: the targets of `exports`. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}
