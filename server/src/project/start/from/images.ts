import { composeFiles } from '../../manifests/compose';
import type { StartCommand } from '../../model';
import { Images } from '../images';
import type { Project } from '../scope';
import { commandsFromCompose } from './compose';
import { commandsFromDockerfiles } from './dockerfiles';
import { commandsFromKubernetes } from './kubernetes';
import { commandsFromSupervisors } from './supervisors';

/** CMD and ENTRYPOINT of Dockerfiles, `command` and `entrypoint` of compose services, `command` and `args` of Kubernetes, supervisors inside images. */
export function commandsFromImages(project: Project): StartCommand[] {
  const compose = composeFiles(project.files);
  const images = new Images(project, compose);
  return [
    ...commandsFromDockerfiles(project, images),
    ...commandsFromCompose(project, images, compose),
    ...commandsFromKubernetes(project, images),
    ...commandsFromSupervisors(project, images),
  ];
}
