import { stageProcess, targetStage } from '../../../languages/dockerfile-stages';
import { parseImage } from '../../manifests/image';
import {
  kubernetesObjects,
  type KubernetesContainer,
  type KubernetesObject,
} from '../../manifests/kubernetes';
import type { StartCommand } from '../../model';
import { expandProcess, sourceOf, type ImageProcess } from '../image-process';
import type { Images } from '../images';
import { folderPlace, NOWHERE } from '../place';
import { processByName, runsDevelopmentScript } from '../purpose';
import type { Project } from '../scope';

/** What `command` and `args` of Kubernetes containers start. */
export function commandsFromKubernetes(project: Project, images: Images): StartCommand[] {
  return kubernetesObjects(project.files).flatMap((object) =>
    object.containers.flatMap(
      (container) => fromContainer(project, images, object, container) ?? [],
    ),
  );
}

function fromContainer(
  project: Project,
  images: Images,
  object: KubernetesObject,
  container: KubernetesContainer,
): StartCommand | undefined {
  const { command, args } = container;
  const shown = command ?? args;
  if (!shown) return undefined;
  const image = container.image?.value ?? '';
  const dockerfile = images.dockerfileOf(image, container.name);
  const syntax = dockerfile === undefined ? undefined : images.syntax(dockerfile);
  const stage = syntax && targetStage(syntax);
  const built = syntax && stage ? stageProcess(syntax, stage).entrypoint : undefined;
  const official = parseImage(image).registry === undefined && !image.includes('/');
  const place =
    dockerfile !== undefined && stage
      ? images.place(dockerfile, stage)
      : official
        ? NOWHERE
        : folderPlace(project.packages, '');
  const process: ImageProcess = {
    entrypoint: command
      ? { path: object.path, command }
      : dockerfile === undefined
        ? undefined
        : sourceOf(dockerfile, built),
    command: args ? { path: object.path, command: args } : undefined,
  };
  const steps = expandProcess(project, process, place, object.path);
  const name = `${container.name}/${object.name}`;
  const kinds: Record<string, StartCommand['process']> = {
    CronJob: 'clock',
    Job: processByName(name, 'other'),
  };
  return {
    path: object.path,
    span: shown.span,
    origin: `Kubernetes ${object.kind} ${object.name}`.trim(),
    process: container.init
      ? 'release'
      : (kinds[object.kind] ?? processByName(name, place === NOWHERE ? 'other' : 'web')),
    production: object.production && !runsDevelopmentScript(steps),
    form: 'exec',
    package: place.package,
    steps,
  };
}
