import { globMatcher } from '../../base/globs';
import { baseName, folderOf, isInside, joinPath } from '../../base/paths';
import {
  dockerFlag,
  expandVariables,
  type DockerInstruction,
  type DockerStage,
} from '../../languages/dockerfile';
import {
  copyOrigin,
  copyPaths,
  stageChain,
  stageDirectory,
  stageVariables,
} from '../../languages/dockerfile-stages';
import { isBuiltOnOfficialImage, type ReleaseImage } from './release-images';

/**
 * Does an image contain a file of the root?
 * @returns undefined where it cannot be told: built on an image of the project's own, filled by commands or mounts
 */
export function ships(image: ReleaseImage, path: string): boolean | undefined {
  if (!isInside(path, image.context)) return undefined;
  if (landings(image, image.stage, path, 0).length > 0) return true;
  return isBuiltOnOfficialImage(image) && isFilledByCopies(image, path) ? false : undefined;
}

/** The COPY or ADD that takes a file of the root out of the build context, those of the image's own stage first. */
export function copyOf(image: ReleaseImage, path: string): DockerInstruction | undefined {
  if (!isInside(path, image.context) || image.isIgnored(path)) return undefined;
  const inContext = `/${image.context === '' ? path : path.slice(image.context.length + 1)}`;
  const own = stageChain(image.syntax, image.stage);
  const others = image.syntax.stages.filter((stage) => !own.includes(stage));
  for (const stage of [...own, ...others])
    for (const copy of stage.instructions) {
      const takes = copy.keyword === 'COPY' || copy.keyword === 'ADD';
      if (!takes || dockerFlag(copy, 'from') !== undefined) continue;
      if (copied(image, stage, copy, inContext).length > 0) return copy;
    }
  return undefined;
}

/** Absolute paths at which a file of the root lies in a stage. */
function landings(image: ReleaseImage, stage: DockerStage, path: string, depth: number): string[] {
  if (depth > 8) return [];
  const inContext = `/${image.context === '' ? path : path.slice(image.context.length + 1)}`;
  return stageChain(image.syntax, stage).flatMap((one) =>
    one.instructions
      .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
      .flatMap((copy) => {
        const origin = copyOrigin(image.syntax, copy);
        if (!origin && dockerFlag(copy, 'from') !== undefined) return [];
        const places = origin
          ? landings(image, origin, path, depth + 1).flatMap((place) => [
              place,
              ...carried(place),
              ...copiedByCommands(image, origin, place),
            ])
          : image.isIgnored(path)
            ? []
            : [inContext];
        return places.flatMap((place) => copied(image, one, copy, place));
      }),
  );
}

/** Outputs of builds that hold copies of files beside them: what Next makes for images brings the env files that it was built with. */
const CARRYING: readonly { readonly file: RegExp; readonly output: string }[] = [
  { file: /^\.env(\.production)?(\.local)?$/, output: '.next/standalone' },
];

/** The places of the copies that a build makes of a file. */
function carried(place: string): string[] {
  return CARRYING.flatMap(({ file, output }) =>
    file.test(baseName(place)) ? [absolute(`${output}/${baseName(place)}`, folderOf(place))] : [],
  );
}

/** The places of the copies that commands of a stage make of a file: `RUN npm run build && cp .env dist/`. */
function copiedByCommands({ syntax }: ReleaseImage, stage: DockerStage, place: string): string[] {
  return stage.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(({ body, span }) => {
      const directory = stageDirectory(syntax, stage, span.start);
      const copies = [...body.text.matchAll(/\bcp\s+(?:-\w+\s+)*(\S+)\s+([^\s;&|]+)/g)];
      return copies.flatMap(([, source = '', target = '']) =>
        absolute(source, directory) === place
          ? [absolute(target, directory), absolute(`${target}/${baseName(place)}`, directory)]
          : [],
      );
    });
}

/** Where a COPY puts a file that lies at an absolute path of its origin. */
function copied(
  { syntax }: ReleaseImage,
  stage: DockerStage,
  copy: DockerInstruction,
  place: string,
): string[] {
  const paths = copyPaths(copy);
  if (!paths) return [];
  const variables = stageVariables(syntax, stage, copy.span.start);
  const expand = (text: string): string => expandVariables(text, (name) => variables.get(name));
  const directory = stageDirectory(syntax, stage, copy.span.start);
  const written = expand(paths.destination.text);
  const destination = absolute(written, directory);
  const intoFolder = written.endsWith('/') || /^\.{1,2}$/.test(written) || paths.sources.length > 1;
  return paths.sources.flatMap((word) => {
    const source = absolute(expand(word.text), '/');
    const rest = below(place, source);
    if (rest === undefined) return [];
    if (rest !== '') return [absolute(rest, destination)];
    // A file keeps its name in a folder; whether the destination is one is not always written.
    return intoFolder || /[*?[]/.test(source)
      ? [absolute(baseName(place), destination)]
      : [destination, absolute(baseName(place), destination)];
  });
}

/** The part of a path below a source; `` for the source itself. A pattern stands for what it matches. */
function below(place: string, source: string): string | undefined {
  if (source === '/') return place.slice(1);
  if (!/[*?[]/.test(source))
    return isInside(place, source) ? place.slice(source.length + 1) : undefined;
  const depth = source.split('/').length;
  const parts = place.split('/');
  return globMatcher(source, { dot: true })(parts.slice(0, depth).join('/'))
    ? parts.slice(depth).join('/')
    : undefined;
}

/** Commands that name the file's folder, and bind mounts, may put it there without a COPY. */
function isFilledByCopies({ syntax, context }: ReleaseImage, path: string): boolean {
  const inside = context === '' ? path : path.slice(context.length + 1);
  const names = inside.split('/').filter((part) => part.length > 2);
  const instructions = syntax.stages.flatMap((stage) => stage.instructions);
  const copies = instructions.filter(
    (one) =>
      (one.keyword === 'COPY' || one.keyword === 'ADD') && dockerFlag(one, 'from') === undefined,
  );
  if (copies.length === 0) return false;
  return !instructions.some(
    ({ keyword, body, flags }) =>
      keyword === 'VOLUME' ||
      (keyword === 'RUN' &&
        (/\bgit\s+clone\b|\bcp\s+-|\bpnpm\s+(--\S+\s+\S+\s+)*deploy\b|\bturbo\s+prune\b/.test(
          body.text,
        ) ||
          flags.some(
            ({ name, value }) =>
              name === 'mount' && /type=bind(?!.*(source|src)=\S*(package|lock))/.test(value),
          ) ||
          names.some(
            (name) =>
              /^(cp|mv|rsync|tar)\b|\s(cp|mv|rsync|tar)\s/.test(body.text) &&
              body.text.includes(name),
          ))),
  );
}

function absolute(path: string, directory: string): string {
  return `/${joinPath(path.startsWith('/') ? path : `${directory}/${path}`) ?? ''}`;
}
