import { query } from '../query';
import { folderOf, isInside } from '../../base/paths';
import type { DockerfileSyntax, DockerStage } from '../../languages/dockerfile';
import { stageChain, targetStage } from '../../languages/dockerfile-stages';
import { dockerMatcher } from '../../languages/ignore-file';
import { RELEASE, ADMIN_STAGES } from '../../vocabulary/processes';
import { filesOfKind } from '../files/file-index';
import { composeFiles } from '../manifests/compose';
import type { PackageInfo, ProjectModel } from '../model';
import { buildContext } from '../start/place';
import { isDevelopmentName, isDevelopmentPath } from '../start/purpose';

/** An image that the project builds to be released: one stage of a Dockerfile, with the folder it is built from. */
export interface ReleaseImage {
  readonly path: string;
  readonly syntax: DockerfileSyntax;
  readonly stage: DockerStage;
  /** Folder of the root that `COPY` takes from. */
  readonly context: string;
  /** The ignore file that holds for the build; it need not exist. */
  readonly ignoreFile: string;
  /** Is a path of the root kept out of the build by the ignore file? */
  isIgnored(path: string): boolean;
}

/**
 * The images that a release may run: the last stage of each Dockerfile that is not for development, and the stages that compose
 * files build or that are named after a task (`migrate`).
 */
export const releaseImages = query('files', (model): readonly ReleaseImage[] => {
  const images = filesOfKind(model.files, 'dockerfile').flatMap((path) => imagesOf(model, path));
  return images;
});

/** The release images whose build context holds a package. */
export function imagesOfPackage(model: ProjectModel, info: PackageInfo): readonly ReleaseImage[] {
  const around = releaseImages(model).filter((image) => isInside(info.dir, image.context));
  // A Dockerfile in the package's own folder speaks for it; those elsewhere belong to other packages.
  const own = around.filter((image) => isInside(folderOf(image.path), info.dir));
  return own.length > 0 ? own : around;
}

function imagesOf(model: ProjectModel, path: string): ReleaseImage[] {
  const syntax = model.files.dockerfile(path);
  const final = syntax && targetStage(syntax);
  if (!syntax || !final || isDevelopmentPath(path)) return [];
  const builds = composeFiles(model.files)
    .flatMap((file) => file.services)
    .flatMap((service) => (service.build?.dockerfile === path ? [service.build] : []));
  const context = buildContext(
    model.files,
    path,
    syntax,
    builds.flatMap((build) => build.context ?? []),
  );
  const stages = new Set([
    final,
    ...builds.flatMap((build) => targetStage(syntax, build.target) ?? []),
    ...syntax.stages.filter(({ name = '' }) => RELEASE.isIn(name) || ADMIN_STAGES.isIn(name)),
  ]);
  const ignoreFile =
    [`${path}.dockerignore`].find((one) => model.files.has(one)) ??
    (context === '' ? '.dockerignore' : `${context}/.dockerignore`);
  const matcher = dockerMatcher(model.files.text(ignoreFile) ?? '');
  return [...stages]
    .filter((stage) => stage === final || !isDevelopmentName(stage.name ?? ''))
    .map((stage) => ({
      path,
      syntax,
      stage,
      context,
      ignoreFile,
      isIgnored: (file) =>
        isInside(file, context) &&
        matcher.decide(context === '' ? file : file.slice(context.length + 1)) === true,
    }));
}

/** An image of somebody else's may bring anything along; official ones bring no code of the project. */
export function isBuiltOnOfficialImage({ syntax, stage }: ReleaseImage): boolean {
  const base = stageChain(syntax, stage).at(-1);
  return (
    base !== undefined &&
    !/[/$]/.test(base.resolvedImage.replace(/^(docker\.io\/)?(library\/)?/, ''))
  );
}
