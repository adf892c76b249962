import { baseName, folderOf } from '../../../base/paths';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { addIgnorePatterns } from '../../../fixes/files/lines';
import { dockerFlag } from '../../../languages/dockerfile';
import { copyPaths } from '../../../languages/dockerfile-stages';
import { releaseImages, type ReleaseImage } from '../../../project/images/release-images';
import { copyOf, ships } from '../../../project/images/shipped-files';
import type { ProjectModel } from '../../../project/model';
import { isDevelopmentPath } from '../../../project/start/purpose';
import { badExamples } from './bad-examples';
import {
  envFilesInContext,
  isLiveEnvFile,
  loadsEnvFiles,
  usesEnvFiles,
} from './env-files-in-context';
import { goodExamples } from './good-examples';
import { imageValues } from './image-values';

export default defineRule({
  id: 'baked-in-image',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An image contains credentials or the settings of one deploy.',
  why: 'One build is to run in every deploy, so that what was tested is what goes live. An image with addresses of one deploy in it runs right only there, and every change means a new build. Credentials in an image are known to whoever can pull it: `ENV`, build arguments and copied files stay in its layers and its history, also when a later layer deletes them. What varies belongs into the environment of the container.',
  whenNotToUse:
    'For values that are the same in every deploy and give nothing away, and in images that never leave a developer’s machine. Only a copy of the whole context has a fix: for variables, and files that are copied by name, you have to say what gives the container its values.',
  fix: 'safe',
  messages: {
    secret:
      '`{name}` is part of the image for everybody who pulls it; set it when the container starts, and rotate it.',
    argument:
      'The build argument `{name}` stays in the history of the image; mount it as a build secret instead.',
    setting: '`{name}` ties the image to one deploy; set it when the container starts.',
    copied:
      'The env file {file} is copied into the image; set its variables when the container starts.',
    context: 'This copies {file}, a tracked file, into the image; exclude env files in {ignore}.',
    untracked:
      'This copies {file} into the image wherever the file is there at the build; exclude env files in {ignore}.',
  },
  project({ model, report }) {
    for (const image of releaseImages(model)) {
      if (image.stage !== image.syntax.stages.at(-1)) continue;
      const found = envFilesInContext(image, model).find(({ path }) => ships(image, path) === true);
      const copy = found && copyOf(image, found.path);
      if (!found || !copy || copiesByName(copy) !== undefined) continue;
      const isSure = found.certainty === 'there' || usesEnvFiles(image, model);
      report({
        at: { path: image.path, span: copy.span },
        message: model.files.has(found.path) ? 'context' : 'untracked',
        data: { file: found.path, ignore: image.ignoreFile },
        ...(isSure ? {} : { severity: 'information' }),
        related: found.writtenAt
          ? [{ ...found.writtenAt, message: `${baseName(found.path)} is written here.` }]
          : [],
        fixes: [ignoreFix(image, model)],
      });
    }
  },
  manifest: {
    kinds: ['dockerfile'],
    check({ path, model, report }) {
      const syntax = model.files.dockerfile(path);
      if (!syntax || isDevelopmentPath(path)) return;
      for (const { pair, kind, isIntermediate } of imageValues(syntax)) {
        const isQuiet = isIntermediate && kind !== 'secret';
        report({
          at: pair.span,
          message: kind,
          data: { name: pair.name },
          ...(isQuiet ? { severity: 'hint' } : {}),
        });
      }
      for (const copy of syntax.stages.flatMap(({ instructions }) => instructions)) {
        const file = copiesByName(copy);
        if (file !== undefined) report({ at: copy.span, message: 'copied', data: { file } });
      }
    },
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** The env file that a COPY of the build context names. */
function copiesByName(copy: Parameters<typeof copyPaths>[0]): string | undefined {
  if ((copy.keyword !== 'COPY' && copy.keyword !== 'ADD') || dockerFlag(copy, 'from') !== undefined)
    return undefined;
  const paths = copyPaths(copy);
  // `COPY .env.example .env`: what documents the settings becomes the settings.
  const becomesLive = paths !== undefined && isLiveEnvName(paths.destination.text);
  return paths?.sources
    .map(({ text }) => text)
    .find((source) => ENV_NAME.test(baseName(source)) && (becomesLive || isLiveEnvFile(source)));
}

const ENV_NAME = /^(\.env(?:[._-][\w.*-]*|\*)?|\*?[\w-]*\.env)$/i;

function isLiveEnvName(path: string): boolean {
  return ENV_NAME.test(baseName(path)) && isLiveEnvFile(path);
}

/** Excludes env files of all folders where some lie below the context's own, examples excepted. */
function ignoreFix(image: ReleaseImage, model: ProjectModel): Fix {
  const isLoaded = loadsEnvFiles(image, model);
  return {
    id: 'dockerignore',
    // What loads the file there finds none any more.
    kind: isLoaded ? 'suggest' : 'safe',
    title: isLoaded
      ? `Exclude env files in ${image.ignoreFile} (then give the container their variables, e.g. by --env-file)`
      : `Exclude env files in ${image.ignoreFile}`,
    build: () => {
      const inside = (path: string): string =>
        image.context === '' ? path : path.slice(image.context.length + 1);
      const files = envFilesInContext(image, model).map(({ path }) => inside(path));
      const isDeep = files.some((path) => folderOf(path) !== '');
      const start = isDeep ? '**/' : '';
      const others = files.filter((path) => !baseName(path).startsWith('.env'));
      return addIgnorePatterns(model, image.ignoreFile, [
        `${start}.env*`,
        `!${start}.env.example`,
        ...others,
      ]);
    },
  };
}
