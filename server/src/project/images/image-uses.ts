import { query } from '../query';
import type { Span } from '../../base/span';
import type { DockerfileSyntax, DockerStage } from '../../languages/dockerfile';
import { copyOrigin } from '../../languages/dockerfile-stages';
import { ciJobs } from '../manifests/ci';
import { composeFiles } from '../manifests/compose';
import { helmValues } from '../manifests/helm';
import { parseImage, type ImageReference } from '../manifests/image';
import { kubernetesObjects } from '../manifests/kubernetes';
import type { ProjectModel } from '../model';
import { isDevelopmentPath, isOfDevelopers } from '../start/purpose';
import { isPlacedAtDeploy } from './placed-images';

/** A place that names a container image somebody else built. */
export interface ImageUse {
  readonly path: string;
  readonly span: Span;
  readonly image: ImageReference;
  readonly from: 'dockerfile' | 'compose' | 'kubernetes' | 'helm' | 'ci';
  /** Development containers, override files: nothing of it is released. */
  readonly development: boolean;
}

/** Every image that the project's manifests take from a registry, sorted by path and place. */
export const imageUses = query('files', (model): readonly ImageUse[] => {
  const uses = [
    ...dockerfileImages(model),
    ...composeImages(model),
    ...kubernetesImages(model),
    ...helmImages(model),
    ...ciImages(model),
  ];
  uses.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start));
  return uses;
});

function dockerfileImages(model: ProjectModel): ImageUse[] {
  return model.files.paths.flatMap((path) => {
    const syntax =
      model.files.kind(path) === 'dockerfile' ? model.files.dockerfile(path) : undefined;
    if (!syntax) return [];
    const development = isDevelopmentPath(path);
    return syntax.stages.flatMap((stage): ImageUse[] => {
      const copied = copiedImages(syntax, stage).map(({ text, span }): ImageUse => ({
        path,
        span,
        image: parseImage(text),
        from: 'dockerfile',
        development,
      }));
      // A stage built on an earlier one names no image; `scratch` is none.
      if (stage.base !== undefined || stage.resolvedImage === 'scratch') return copied;
      return [
        {
          path,
          span: stage.imageSpan,
          image: parseImage(stage.resolvedImage),
          from: 'dockerfile',
          development,
        },
        ...copied,
      ];
    });
  });
}

/** Official images that others copy from; any other bare name may be a named build context. */
const LENDERS = new Set(
  'alpine busybox caddy composer debian docker golang maven memcached mongo mysql nginx node php postgres python redis ruby rust traefik ubuntu'.split(
    ' ',
  ),
);

/** `COPY --from=composer:2 …`: images that lend a stage their files. */
function copiedImages(
  syntax: DockerfileSyntax,
  stage: DockerStage,
): readonly { readonly text: string; readonly span: Span }[] {
  return stage.instructions.flatMap((instruction) => {
    const flag = instruction.flags.find(({ name }) => name === 'from');
    const isImage =
      flag && (/^[\w.-]+([/:@][\w.-]+)+$/.test(flag.value) || LENDERS.has(flag.value));
    if (!isImage || instruction.keyword !== 'COPY' || copyOrigin(syntax, instruction)) return [];
    const start = flag.span.end - flag.value.length;
    return [{ text: flag.value, span: { start, end: flag.span.end } }];
  });
}

function composeImages(model: ProjectModel): ImageUse[] {
  return composeFiles(model.files).flatMap(({ path, services }) => {
    const built = new Set(
      services.flatMap((service) => (service.build && service.image ? [service.image.value] : [])),
    );
    const development = isDevelopmentPath(path);
    return services.flatMap((service): ImageUse[] => {
      const { image, build } = service;
      if (!image || build || built.has(image.value)) return [];
      return [
        {
          path,
          span: image.span,
          image: parseImage(image.value),
          from: 'compose',
          development: development || isOfDevelopers(service),
        },
      ];
    });
  });
}

function kubernetesImages(model: ProjectModel): ImageUse[] {
  return kubernetesObjects(model.files).flatMap(({ path, containers }) =>
    containers.flatMap(({ image: written }): ImageUse[] => {
      if (!written) return [];
      const image = parseImage(written.value);
      if (isPlacedAtDeploy(image, model.files)) return [];
      return [{ path, span: written.span, image, from: 'kubernetes', development: false }];
    }),
  );
}

/** The place is that of the tag alone. */
function helmImages(model: ProjectModel): ImageUse[] {
  return helmValues(model.files).flatMap(({ path, images, development }) =>
    images.map(({ image, span }): ImageUse => ({ path, span, image, from: 'helm', development })),
  );
}

function ciImages(model: ProjectModel): ImageUse[] {
  return ciJobs(model.files).flatMap(({ path, images }) =>
    images.map(({ image }): ImageUse => ({
      path,
      span: image.span,
      image: parseImage(image.value),
      from: 'ci',
      development: false,
    })),
  );
}
