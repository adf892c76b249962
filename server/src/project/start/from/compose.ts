import { baseName, folderOf, joinPath } from '../../../base/paths';
import { stageProcess, targetStage } from '../../../languages/dockerfile-stages';
import { sliceText } from '../../../languages/mapped-text';
import { NOT_DEPLOYED } from '../../../vocabulary/environments';
import type { ComposeFile, ComposeService } from '../../manifests/compose';
import { parseImage } from '../../manifests/image';
import type { ManifestCommand } from '../../manifests/scalars';
import type { CommandStep, StartCommand } from '../../model';
import { isDevelopmentSection } from '../../services/environment-sections';
import { isWatcher } from '../command-lines/tools';
import { expandProcess, sourceOf, type ImageProcess } from '../image-process';
import type { Images } from '../images';
import { folderPlace, NOWHERE, type Place } from '../place';
import {
  isDevelopmentName,
  isOfDevelopers,
  isProductionName,
  processByName,
  runsDevelopmentScript,
} from '../purpose';
import type { Project } from '../scope';

/** What `command` and `entrypoint` of compose services start. */
export function commandsFromCompose(
  project: Project,
  images: Images,
  compose: readonly ComposeFile[],
): StartCommand[] {
  return compose.flatMap((file) =>
    file.services.flatMap(
      (service) => fromService(project, images, file, withBase(compose, file, service)) ?? [],
    ),
  );
}

function fromService(
  project: Project,
  images: Images,
  file: ComposeFile,
  service: ComposeService,
): StartCommand | undefined {
  const { command, entrypoint } = service;
  const shown = command ?? entrypoint;
  if (!shown) return undefined;
  const { place, image } = servicePlace(project, images, file, service);
  const process: ImageProcess = {
    entrypoint: entrypoint ? { path: file.path, command: entrypoint } : image?.entrypoint,
    command: command
      ? { path: file.path, command: inWords(command) }
      : entrypoint
        ? undefined
        : image?.command,
  };
  const steps = expandProcess(project, process, place, file.path);
  return {
    path: file.path,
    span: shown.span,
    origin: `${baseName(file.path)} ${service.name}`,
    process: processByName(service.name, place === NOWHERE ? 'other' : 'web'),
    production:
      file.production &&
      !servesDevelopment(service) &&
      !runsDevelopmentScript(steps) &&
      !watchesSource(file, service, steps),
    form: needsShell(shown) ? 'shell' : 'exec',
    package: place.package,
    steps,
  };
}

/** A service of an overlay (`docker-compose.prod.yml`) takes what it does not say from the plain file beside it. */
function withBase(
  compose: readonly ComposeFile[],
  file: ComposeFile,
  service: ComposeService,
): ComposeService {
  if (service.build ?? service.image) return service;
  const base = compose
    .filter(
      (other) =>
        other !== file &&
        folderOf(other.path) === folderOf(file.path) &&
        /^(docker-)?compose\.ya?ml$/.test(baseName(other.path)),
    )
    .flatMap((other) => other.services)
    .find((other) => other.name === service.name);
  if (!base) return service;
  const volumes = service.volumes.length > 0 ? service.volumes : base.volumes;
  return {
    ...service,
    build: base.build,
    image: base.image,
    workingDir: service.workingDir ?? base.workingDir,
    volumes,
  };
}

function servicePlace(
  project: Project,
  images: Images,
  file: ComposeFile,
  service: ComposeService,
): { place: Place; image: ImageProcess | undefined } {
  const { build } = service;
  const dockerfile = build
    ? build.dockerfile
    : service.image && images.dockerfileOf(service.image.value, service.name);
  if (dockerfile !== undefined) {
    const syntax = images.syntax(dockerfile);
    const stage = targetStage(syntax, build?.target);
    if (stage) {
      const { entrypoint, cmd } = stageProcess(syntax, stage);
      const base = images.place(dockerfile, stage);
      return {
        place: service.workingDir === undefined ? base : base.enter(service.workingDir),
        image: { entrypoint: sourceOf(dockerfile, entrypoint), command: sourceOf(dockerfile, cmd) },
      };
    }
  }
  if (build?.context !== undefined)
    return { place: folderPlace(project.packages, build.context), image: undefined };
  const mount = service.volumes.find(
    (volume) =>
      volume.bind &&
      volume.source !== undefined &&
      /^\.\.?(\/|$)/.test(volume.source) &&
      !/\.\w+$/.test(volume.source),
  );
  const folder = mount && joinPath(folderOf(file.path), mount.source ?? '');
  const runsNode = /(^|\/)(node|bun|deno)$/.test(parseImage(service.image?.value ?? '').name);
  const place = folder !== undefined && runsNode ? folderPlace(project.packages, folder) : NOWHERE;
  return { place, image: undefined };
}

/** Compose splits a text into words without a shell; one that uses the shell's operators is left as text. */
function inWords(command: ManifestCommand): ManifestCommand {
  if (!command.text || needsShell(command)) return command;
  const { text } = command;
  const words = [...text.text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g)];
  if (words.some(([word]) => /["'\\]/.test(word))) return command;
  return {
    form: 'exec',
    text: undefined,
    span: command.span,
    words: words.map((match) => {
      const mapped = sliceText(text, match.index, match.index + match[0].length);
      return { value: match[0], mapped, span: command.span };
    }),
  };
}

function needsShell(command: ManifestCommand): boolean {
  return command.text !== undefined && /&&|\|\||[;|<>`]|\$\(/.test(command.text.text);
}

function servesDevelopment(service: ComposeService): boolean {
  const environment = service.environment.find((entry) => entry.name === 'NODE_ENV')?.value;
  if (environment !== undefined && isDevelopmentSection(environment)) return true;
  return (
    isDevelopmentName(service.build?.target ?? '') ||
    isOfDevelopers(service) ||
    // `redis-test` is for tests; `test-results` may be what the product is about.
    NOT_DEPLOYED.ends(service.name)
  );
}

/** A watcher over a mounted source tree is how developers work, unless the file says that it is for production. */
function watchesSource(
  file: ComposeFile,
  service: ComposeService,
  steps: readonly CommandStep[],
): boolean {
  if (isProductionName(baseName(file.path)) || !steps.some(isWatcher)) return false;
  return service.volumes.some((volume) => volume.bind && !/\.\w+$/.test(volume.source ?? ''));
}
