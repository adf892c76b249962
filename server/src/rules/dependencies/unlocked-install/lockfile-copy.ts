import { globMatcher } from '../../../base/globs';
import { baseName } from '../../../base/paths';
import { contains, type Span } from '../../../base/span';
import { insertion } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { dockerFlag, type DockerInstruction, type DockerWord } from '../../../languages/dockerfile';
import { copyPaths, stageChain } from '../../../languages/dockerfile-stages';
import { dockerMatcher } from '../../../languages/ignore-file';
import type { ProjectModel } from '../../../project/model';

/**
 * What an install in an image needs so that the lockfile is there when it runs.
 * @param run where the install stands
 * @returns no edit when it is there, an edit that copies it beside package.json, undefined when neither can be had
 */
export function lockfileCopy(
  model: ProjectModel,
  path: string,
  run: Span,
  lockfile: string,
): readonly TextEdit[] | undefined {
  const syntax = model.files.dockerfile(path);
  const stage = syntax?.stages.find((one) =>
    one.instructions.some(({ span }) => contains(span, run)),
  );
  if (!syntax || !stage) return undefined;
  const name = baseName(lockfile);
  if (isExcluded(model, path, name)) return undefined;
  const before = stageChain(syntax, stage)
    .flatMap((one) => one.instructions)
    .filter(({ span }) => span.start <= run.start);
  if (before.some((one) => mounts(one, name))) return [];
  // A build may have written another package.json there, which the lockfile does not match.
  if (!hasOwnManifest(before)) return undefined;
  const copies = before.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
  const brings = ({ text }: DockerWord): boolean => {
    const last = baseName(text.replace(/(?<!\/)\/+$/, ''));
    // A folder brings all that lies in it.
    return !/\.\w+$/.test(last) || last === '.' || globMatcher(last, { dot: true })(name);
  };
  if (
    copies.some(
      (copy) => dockerFlag(copy, 'from') !== undefined || copyPaths(copy)?.sources.some(brings),
    )
  )
    return [];
  const copy = copies.find((one) =>
    copyPaths(one)?.sources.some(({ text }) => baseName(text) === 'package.json'),
  );
  const paths = copy && copyPaths(copy);
  const manifest = paths?.sources.find(({ text }) => baseName(text) === 'package.json');
  // Several sources need a folder as destination.
  if (!copy || !paths || !manifest || !/^\.{1,2}$|\/$/.test(paths.destination.text))
    return undefined;
  const source = manifest.text.slice(0, -'package.json'.length) + name;
  return [
    insertion(
      manifest.span.end + (copy.form === 'exec' ? 1 : 0),
      copy.form === 'exec' ? `, "${source}"` : ` ${source}`,
    ),
  ];
}

/** Does the package.json of the context lie where the last instruction runs, as far as is certain? */
function hasOwnManifest(instructions: readonly DockerInstruction[]): boolean {
  let folder = '/';
  const places: string[] = [];
  for (const one of instructions) {
    const { keyword, words } = one;
    if (keyword === 'WORKDIR') folder = posix(folder, words[0]?.text ?? '');
    if (keyword !== 'COPY' && keyword !== 'ADD') continue;
    const paths = copyPaths(one);
    if (dockerFlag(one, 'from') !== undefined || paths?.destination.text.includes('$')) return true;
    if (paths?.sources.some(bringsManifest)) {
      const { text } = paths.destination;
      places.push(posix(folder, text.endsWith('package.json') ? text.slice(0, -12) : text));
    }
  }
  return folder.includes('$') || places.length === 0 || places.includes(folder);
}

function bringsManifest({ text }: DockerWord): boolean {
  const last = baseName(text.replace(/(?<!\/)\/+$/, ''));
  return !/\.\w+$/.test(last) || globMatcher(last, { dot: true })('package.json');
}

/** An absolute path, without a slash at its end. */
function posix(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${path.startsWith('/') ? '' : folder}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function mounts({ keyword, flags }: DockerInstruction, name: string): boolean {
  return (
    keyword === 'RUN' && flags.some((flag) => flag.name === 'mount' && flag.value.includes(name))
  );
}

function isExcluded(model: ProjectModel, path: string, name: string): boolean {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  return [`${path}.dockerignore`, `${folder}.dockerignore`, '.dockerignore'].some((file) => {
    const text = model.files.text(file);
    return text !== undefined && dockerMatcher(text).decide(name) === true;
  });
}
