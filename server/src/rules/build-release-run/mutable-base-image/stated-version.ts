import { isInside } from '../../../base/paths';
import { imageUses, type ImageUse } from '../../../project/images/image-uses';
import { imagePinning, imageVersion, type ImageReference } from '../../../project/manifests/image';
import {
  majorsOf,
  runtimeVersions,
  type RuntimeVersion,
} from '../../../project/manifests/runtime-versions';
import type { ProjectModel } from '../../../project/model';

/** A version that the project states elsewhere for what an image holds. */
export interface StatedImage {
  /** The whole reference with its new tag. */
  readonly text: string;
  /** The file that states it. */
  readonly source: string;
}

/**
 * The reference that an image without a version should have, going by the version that other manifests state: engines, version
 * files and CI for Node, other uses of the same image for anything else. The variant (`alpine`, `slim`) is kept.
 * @returns undefined when nothing, or more than one version, is stated
 */
export function statedImage(model: ProjectModel, use: ImageUse): StatedImage | undefined {
  const { image, path, span } = use;
  if (image.digest !== undefined || image.templated) return undefined;
  if (model.files.text(path)?.slice(span.start, span.end) !== image.text) return undefined;
  const found = isNode(image) ? nodeVersion(model, use) : versionOfOthers(model, use);
  if (!found) return undefined;
  const bare = image.tag === undefined ? image.text : image.text.slice(0, -image.tag.length - 1);
  const variant = (image.tag ?? '')
    .replace(/(^|-)(latest|lts|current|stable|mainline)(?=-|$)/g, '')
    .replace(/^-/, '');
  return {
    text: `${bare}:${[found.version, variant].filter((part) => part !== '').join('-')}`,
    source: found.source,
  };
}

interface Stated {
  readonly version: string;
  readonly source: string;
}

function isNode({ name, registry }: ImageReference): boolean {
  return name === 'node' && (registry === undefined || registry === 'docker.io');
}

const RANKS: readonly RuntimeVersion['source'][] = [
  'version-file',
  'volta',
  'image',
  'engines',
  'platform',
  'ci',
];

/** What speaks for the folder of the image, the most exact source first; it must name one major. */
function nodeVersion(model: ProjectModel, { path }: ImageUse): Stated | undefined {
  const stated = runtimeVersions(model)
    .filter(
      (each) =>
        RANKS.includes(each.source) &&
        !each.matrix &&
        majorsOf(each).length === 1 &&
        (each.source === 'ci' || isInside(path, each.folder) || each.source === 'image'),
    )
    .sort((a, b) => RANKS.indexOf(a.source) - RANKS.indexOf(b.source));
  const [best] = stated;
  const major = best && majorsOf(best)[0];
  if (!best || major === undefined) return undefined;
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
  const version = first && imageVersion(first.image);
  return version !== undefined &&
    first &&
    others.every(({ image }) => imageVersion(image) === version)
    ? { version, source: first.path }
    : undefined;
}
