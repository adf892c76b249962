import type { Location } from '../../base/span';

/**
 * What a package is to a deploy:
 * - `app`: deployed;
 * - `library`: published, or only loaded by others;
 * - `tool`: a command line, generator, codemod or build tool;
 * - `example`: an example, demo, playground or documentation site of the project;
 * - `template`: a starter that people copy;
 * - `test`: integration tests, test utilities, fixtures, benchmarks.
 */
export const PACKAGE_KINDS = ['app', 'library', 'tool', 'example', 'template', 'test'] as const;
export type PackageKind = (typeof PACKAGE_KINDS)[number];

/** True for the name of a kind, e.g. from a settings file. */
export function isPackageKind(text: unknown): text is PackageKind {
  return (PACKAGE_KINDS as readonly unknown[]).includes(text);
}

/** Something in the project that says what a package is; for the kind it was given, or against it. */
export interface Evidence extends Location {
  /** For people, in a few words: "Dockerfile starts it", "published". */
  readonly says: string;
  readonly for: PackageKind;
}

/** What the map knows of a package. */
export interface MappedKind {
  readonly kind: PackageKind;
  /** The most telling first; those for another kind were outweighed. */
  readonly evidence: readonly Evidence[];
}
