import type { ProjectFiles } from '../../files/files';
import type { Scope, Word } from '../scope';
import { isWaitScript, shellFileIndex } from './wrappers';

/** A shell script of the tree that the words run: `./start.sh`, `sh start.sh`, `docker-entrypoint.sh` in an image. */
export function scriptFile(
  files: ProjectFiles,
  words: readonly Word[],
  scope: Scope,
): { path: string; index: number } | undefined {
  const texts = words.map((word) => word.text);
  const viaShell = shellFileIndex(texts);
  const index = viaShell ?? 0;
  const name = texts[index] ?? '';
  if (name === '' || words[index]?.literal === false || isWaitScript(name)) return undefined;
  const places =
    name.includes('/') || viaShell !== undefined
      ? [name]
      : [`/usr/local/bin/${name}`, `/usr/bin/${name}`, `/bin/${name}`];
  if (viaShell === undefined && !name.includes('/') && !/\.(sh|bash)$|entrypoint|^start/.test(name))
    return undefined;
  const path = places
    .flatMap((place) => scope.place.locate(place))
    .find(
      (candidate) =>
        files.has(candidate) && candidate !== scope.path && files.kind(candidate) === 'shell',
    );
  return path === undefined ? undefined : { path, index };
}
