import { posix } from 'node:path';
import type { Manifest } from './copy-text';

/** Files of a folder, by path relative to it, with their text. */
export type Texts = ReadonlyMap<string, string>;

const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;
/** Where the code of a package begins when its manifest does not say. */
const USUAL = ['index', 'main', 'server', 'app'].flatMap((name) => [name, `src/${name}`]);
const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cjs', '.tsx', '/index.ts', '/index.js'];

/**
 * The source file that a package begins with: what its start command or its manifest names, or what has a usual name.
 * @param folder of the package
 */
export function manifestEntry(
  manifest: Manifest,
  folder: string,
  texts: Texts,
): string | undefined {
  const start = /(?<!\S)\S+\.[cm]?[jt]s\b/.exec(manifest.scripts?.['start'] ?? '')?.[0];
  for (const named of [start, manifest.main, manifest.module, ...USUAL]) {
    if (typeof named !== 'string' || named === '') continue;
    const path = posix.join(folder, named);
    const found = ENDINGS.map((ending) => path + ending).find(
      (each) => SOURCE.test(each) && texts.has(each),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Any source file, the one closest to the top. */
export function bareEntry(texts: Texts): string | undefined {
  const sources = [...texts.keys()].filter((path) => SOURCE.test(path));
  return sources.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0];
}
