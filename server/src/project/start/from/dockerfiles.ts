import { baseName, folderOf } from '../../../base/paths';
import type { DockerStage } from '../../../languages/dockerfile';
import { stageChain, stageProcess, targetStage } from '../../../languages/dockerfile-stages';
import type { StartCommand } from '../../model';
import { expandProcess, sourceOf, type ImageProcess } from '../image-process';
import type { Images } from '../images';
import { isDevelopmentName, isDevelopmentPath, isProductionName, processByName } from '../purpose';
import { rootScope, type Project } from '../scope';
import { expandWords } from '../expand';

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
  const served = [...others, final].flatMap((stage): StartCommand[] => {
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
  return [...served, ...(production ? preparations(project, images, path, final) : [])];
}

/** The folder of scripts that the entrypoint of nginx runs before it serves. */
const PREPARING = /^\/docker-entrypoint\.d(\/|$)/;

/** Scripts that a Dockerfile puts where the entrypoint of its base image looks for them. */
function preparations(
  project: Project,
  images: Images,
  path: string,
  stage: DockerStage,
): StartCommand[] {
  const syntax = images.syntax(path);
  const chain = stageChain(syntax, stage);
  const isNginx = chain.some(({ resolvedImage }) => /(^|\/)nginx\b/.test(resolvedImage));
  if (!isNginx || stageProcess(syntax, stage).entrypoint) return [];
  const place = images.place(path, stage);
  return chain.flatMap(({ instructions }) =>
    instructions.flatMap((one): StartCommand[] => {
      const target = one.words.at(-1);
      const sources = one.words.slice(0, -1);
      if (one.keyword !== 'COPY' || !target || !PREPARING.test(target.text)) return [];
      return sources.map(({ text, mapped }): StartCommand => {
        const script = target.text.endsWith('/') ? target.text + baseName(text) : target.text;
        const word = { text: script, literal: true, path, mapped };
        return {
          path,
          span: one.span,
          origin: `${baseName(path)} ${one.keyword}`,
          process: 'web',
          production: true,
          form: 'exec',
          package: place.package,
          steps: expandWords(project, [word], rootScope(path, place), one.span),
        };
      });
    }),
  );
}
