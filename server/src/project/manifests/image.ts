/** A container image reference taken apart. */
export interface ImageReference {
  /** As written. */
  readonly text: string;
  /** `ghcr.io`, `localhost:5000`; undefined for Docker Hub. */
  readonly registry: string | undefined;
  /** Without registry and tag: `library/node` is written `node`. */
  readonly name: string;
  /** The last part of the name: `bitnami/redis` → `redis`. */
  readonly shortName: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Some of it comes from a variable (`${TAG}`, `{{ .tag }}`) that has no default here. */
  readonly templated: boolean;
}

/**
 * Takes an image reference apart; compose defaults (`${TAG:-16}`) are applied first.
 * @param text as written in a manifest
 */
export function parseImage(text: string): ImageReference {
  const written = text.trim();
  const expanded = written.replace(/\$\{[A-Za-z_]\w*:?-([^}]*)\}/g, '$1');
  const [beforeDigest = '', digest] = expanded.split('@', 2);
  const slash = beforeDigest.indexOf('/');
  const first = beforeDigest.slice(0, Math.max(slash, 0));
  const registry = slash > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
  const rest = registry === undefined ? beforeDigest : beforeDigest.slice(slash + 1);
  // What a variable or template says in its braces (`${TAG:?missing}`) separates nothing.
  const plain = rest.replace(/\$?\{[^{}]*\}/g, (braces) => '_'.repeat(braces.length));
  const colon = plain.lastIndexOf(':');
  const hasTag = colon > plain.lastIndexOf('/');
  const name = (hasTag ? rest.slice(0, colon) : rest).replace(/^library\//, '');
  return {
    text: written,
    registry,
    name,
    shortName: name.slice(name.lastIndexOf('/') + 1),
    tag: hasTag ? rest.slice(colon + 1) : undefined,
    digest: digest === undefined || digest === '' ? undefined : digest,
    templated: /\$\{?[A-Za-z_]|\{\{|<%/.test(expanded),
  };
}

/** How firmly a reference names one image. */
export type Pinning = 'digest' | 'version' | 'variant' | 'latest' | 'none' | 'unknown';

/**
 * How firmly a reference names one image: a digest, a tag with a version, a tag without one (`alpine`, `lts`), `latest`, no tag
 * at all; unknown where a variable decides, or what stands there is no tag: `<version>`, `__TAG__`, `***`.
 */
export function imagePinning(image: ImageReference): Pinning {
  if (image.digest !== undefined) return 'digest';
  if (image.tag === undefined) return image.templated ? 'unknown' : 'none';
  if (/\d/.test(withoutDistribution(image.tag)) || isRelease(image)) return 'version';
  if (!/^\w[\w.-]*$/.test(image.tag) || /^_*[A-Z][A-Z_]+$/.test(image.tag)) return 'unknown';
  return /^(.*-)?latest(-.*)?$/.test(image.tag) ? 'latest' : 'variant';
}

/** A distribution's own image names its releases: `debian:bookworm-slim`, `ubuntu:noble`. */
function isRelease({ shortName, tag = '' }: ImageReference): boolean {
  return (
    /^(debian|ubuntu|buildpack-deps|debian-slim)$/.test(shortName) &&
    /^(jessie|stretch|buster|bullseye|bookworm|trixie|forky|trusty|xenial|bionic|focal|jammy|noble|plucky|questing)(-|$)/.test(
      tag,
    )
  );
}

/**
 * The version a tag states, as written: `20.11-alpine` → `20.11`, `v1.2` → `1.2`.
 * @returns undefined for a tag without version
 */
export function imageVersion(image: ImageReference): string | undefined {
  return /(?:^|[-_])v?(\d+(?:\.\d+)*)/.exec(withoutDistribution(image.tag ?? ''))?.[1];
}

/** Drops the distribution's own version, which pins nothing of the software: `alpine3.19`, `debian-12`, `ubuntu-22.04`. */
function withoutDistribution(tag: string): string {
  return tag.replace(
    /(^|-)(alpine|debian|ubuntu|ubi|rockylinux|windowsservercore|nanoserver)-?[\d.]+/g,
    '$1$2',
  );
}
