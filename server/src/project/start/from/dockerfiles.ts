import { baseName, folderOf } from '../../../base/paths';
import { stageChain, stageProcess, targetStage } from '../../../languages/dockerfile-stages';
import type { StartCommand } from '../../model';
import { expandProcess, sourceOf, type ImageProcess } from '../image-process';
import type { Images } from '../images';
import { isDevelopmentName, isDevelopmentPath, isProductionName, processByName } from '../purpose';
import type { Project } from '../scope';

/** What CMD and ENTRYPOINT of Dockerfiles start. */
export function commandsFromDockerfiles(project: Project, images: Images): StartCommand[] {
  return images.paths.flatMap((path) => fromDockerfile(project, images, path));
}

function fromDockerfile(project: Project, images: Images, path: string): StartCommand[] {
  const syntax = images.syntax(path);
  const final = targetStage(syntax);
  if (!final) return [];
  const inherited = new Set(stageChain(syntax, final));
  const production = !isDevelopmentPath(path);
  const others = syntax.stages.filter(
    (stage) =>
      !inherited.has(stage) &&
      stage.instructions.some((one) => one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT'),
  );
  return [...others, final].flatMap((stage) => {
    const { entrypoint, cmd } = stageProcess(syntax, stage);
    const shown = cmd ?? entrypoint;
    if (!shown) return [];
    const name = stage.name ?? '';
    const serves =
      stage === final
        ? !isDevelopmentName(name)
        : isProductionName(name) || processByName(name, 'other') !== 'other';
    const place = images.place(path, stage);
    const process: ImageProcess = {
      entrypoint: sourceOf(path, entrypoint),
      command: sourceOf(path, cmd),
    };
    return [
      {
        path,
        span: shown.span,
        origin: `${baseName(path)} ${shown.keyword}`,
        process: processByName(
          `${name} ${baseName(path).replace(/dockerfile/i, '')} ${baseName(folderOf(path))}`.replace(
            /\s+/g,
            '/',
          ),
          'web',
        ),
        production: production && serves,
        form:
          entrypoint?.form === 'shell' || (!entrypoint && cmd?.form === 'shell') ? 'shell' : 'exec',
        package: place.package,
        steps: expandProcess(project, process, place, path),
      },
    ];
  });
}
