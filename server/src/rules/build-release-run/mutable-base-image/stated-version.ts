import { isInside } from '../../../base/paths';
import { imageUses, type ImageUse } from '../../../project/images/image-uses';
import { imagePinning, imageVersion, type ImageReference } from '../../../project/manifests/image';
import {
  majorsOf,
  runtimeVersions,
  type RuntimeVersion,
} from '../../../project/manifests/runtime-versions';
import type { ProjectModel } from '../../../project/model';
import { isSupported, newestRelease, RELEASES_AS_OF } from '../../../vocabulary/releases';

/** What an image without a version should be called. */
export interface StatedImage {
  /** The whole reference with its new tag. */
  readonly text: string;
  /** Why that version, for titles: `the version that .nvmrc states`. */
  readonly reason: string;
}

/**
 * The reference that an image without a version should have: the version that other manifests state (engines, version files and
 * CI for Node, other uses of the same image for anything else), else the newest release that they allow. The variant (`alpine`,
 * `slim`) is kept.
 * @returns undefined where they contradict each other, where what they state is past its end of life, and for software whose
 * releases are not known
 */
export function statedImage(model: ProjectModel, use: ImageUse): StatedImage | undefined {
  const { image, path, span } = use;
  if (image.digest !== undefined || image.templated) return undefined;
  if (model.files.text(path)?.slice(span.start, span.end) !== image.text) return undefined;
  const found = isNode(image) ? nodeVersion(model, use) : versionOfOthers(model, use);
  if (!found) return undefined;
  const software = isOfficial(image) ? image.name : undefined;
  if (found.version !== undefined) {
    const isOld = software !== undefined && isSupported(software, found.version) === false;
    return isOld
      ? undefined
      : named(image, found.version, `the version that ${found.source} states`);
  }
  const newest = software === undefined ? undefined : newestRelease(software, found.allows);
  const reason =
    found.source === undefined
      ? `the newest release to rely on as of ${RELEASES_AS_OF.slice(0, 7)}`
      : `the newest release that ${found.source} allows`;
  return newest === undefined || !KEPT.test(variantOf(image))
    ? undefined
    : named(image, newest, reason);
}

function named(image: ImageReference, version: string, reason: string): StatedImage {
  const bare = image.tag === undefined ? image.text : image.text.slice(0, -image.tag.length - 1);
  const tag = [version, variantOf(image)].filter((part) => part !== '').join('-');
  return { text: `${bare}:${tag}`, reason };
}

/** The variants that every release comes in. */
const KEPT = /^(|alpine|slim)$/;

/** What of a tag says no release: `lts-alpine` → `alpine`. */
function variantOf({ tag = '' }: ImageReference): string {
  return tag
    .replace(/(^|-)(latest|lts|current|stable|mainline)(?=-|$)/g, '')
    .replace(/^-/, '')
    .replace(/^(alpine)[\d.]+$/, '$1');
}

/** A version that a file states; else which ones it allows, or that nothing speaks of any. */
type Stated =
  | { readonly version: string; readonly source: string }
  | {
      readonly version?: undefined;
      readonly source?: string;
      readonly allows?: (version: string) => boolean;
    };

function isNode(image: ImageReference): boolean {
  return image.name === 'node' && isOfficial(image);
}

function isOfficial({ name, registry }: ImageReference): boolean {
  return !name.includes('/') && (registry === undefined || registry === 'docker.io');
}

const RANKS: readonly RuntimeVersion['source'][] = [
  'version-file',
  'volta',
  'image',
  'engines',
  'platform',
  'ci',
];

/** What speaks for the folder of the image, the most exact source first: one major, else what all ranges let in. */
function nodeVersion(model: ProjectModel, { path }: ImageUse): Stated | undefined {
  const about = runtimeVersions(model).filter(
    (each) =>
      RANKS.includes(each.source) &&
      majorsOf(each).length > 0 &&
      (each.source === 'ci' || isInside(path, each.folder) || each.source === 'image'),
  );
  const stated = about
    .filter((each) => !each.matrix && majorsOf(each).length === 1)
    .sort((a, b) => RANKS.indexOf(a.source) - RANKS.indexOf(b.source));
  const [best] = stated;
  const major = best && majorsOf(best)[0];
  if (!best || major === undefined) {
    // What the image allows is not known; what CI tries is, version by version.
    const ranges = about.filter(({ source, matrix }) => source !== 'image' && !matrix);
    const tried = about.filter(({ matrix }) => matrix).flatMap(majorsOf);
    const [source] = [...ranges, ...about];
    return {
      ...(source ? { source: source.path } : {}),
      allows: (version) =>
        ranges.every((range) => majorsOf(range).includes(Number(version))) &&
        (tried.length === 0 || tried.includes(Number(version))),
    };
  }
  const same = stated.filter(({ source }) => source === best.source);
  if (same.some((each) => majorsOf(each)[0] !== major)) return undefined;
  const exact = /^v?(\d+(?:\.\d+){1,2})$/.exec(best.text)?.[1];
  return {
    version: same.length === 1 && exact !== undefined ? exact : String(major),
    source: best.path,
  };
}

function versionOfOthers(model: ProjectModel, use: ImageUse): Stated | undefined {
  const others = imageUses(model).filter(
    (other) =>
      other.image.name === use.image.name &&
      other.image.registry === use.image.registry &&
      imagePinning(other.image) === 'version',
  );
  const [first] = others;
  if (!first) return {};
  const version = imageVersion(first.image);
  return version !== undefined && others.every(({ image }) => imageVersion(image) === version)
    ? { version, source: first.path }
    : undefined;
}
