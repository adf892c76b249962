import {
  parseDockerfileSyntax,
  type DockerfileSyntax,
  type DockerInstruction,
  type DockerStage,
} from '../../languages/dockerfile';
import { stageChain, stageProcess, targetStage } from '../../languages/dockerfile-stages';
import { sliceText } from '../../languages/mapped-text';
import { composeFiles, type ComposeFile, type ComposeService } from '../manifests/compose';
import { parseImage } from '../manifests/image';
import {
  kubernetesObjects,
  type KubernetesContainer,
  type KubernetesObject,
} from '../manifests/kubernetes';
import type { ManifestCommand } from '../manifests/scalars';
import type { CommandStep, StartCommand } from '../model';
import { filesOfKind } from '../file-index';
import { baseName, folderOf, joinPath } from '../paths';
import { expandText, expandWords, rootScope, type Project, type Word } from './expand';
import { buildContext, folderPlace, imagePlace, NOWHERE, type Place } from './place';
import { isDevelopmentName, isDevelopmentPath, isProductionName, processByName } from './purpose';
import { isWatcher } from './tools';

/** What an image runs: the words of its ENTRYPOINT and CMD, or a shell text. */
interface ImageProcess {
  readonly entrypoint: CommandSource | undefined;
  readonly command: CommandSource | undefined;
}

/** A command as some manifest states it, with the file it stands in. */
export interface CommandSource {
  readonly path: string;
  readonly command: ManifestCommand;
}

/** CMD and ENTRYPOINT of Dockerfiles, `command` and `entrypoint` of compose services, `command` and `args` of Kubernetes. */
export function commandsFromImages(project: Project): StartCommand[] {
  const compose = composeFiles(project.files);
  const images = new Images(project, compose);
  return [
    ...images.paths.flatMap((path) => fromDockerfile(project, images, path)),
    ...compose.flatMap((file) =>
      file.services.flatMap(
        (service) => fromService(project, images, file, withBase(compose, file, service)) ?? [],
      ),
    ),
    ...kubernetesObjects(project.files).flatMap((object) =>
      object.containers.flatMap(
        (container) => fromContainer(project, images, object, container) ?? [],
      ),
    ),
  ];
}

/** The Dockerfiles of the project and the contexts they are built in. */
export class Images {
  readonly paths: readonly string[];
  private readonly contexts = new Map<string, string[]>();
  private readonly built = new Map<string, string>();

  constructor(
    private readonly project: Project,
    compose: readonly ComposeFile[],
  ) {
    const { files } = project;
    this.paths = filesOfKind(files, 'dockerfile');
    for (const service of compose.flatMap((file) => file.services)) {
      const { build, image } = service;
      if (build?.dockerfile === undefined || build.context === undefined) continue;
      this.contexts.set(build.dockerfile, [
        ...(this.contexts.get(build.dockerfile) ?? []),
        build.context,
      ]);
      if (image) this.built.set(parseImage(image.value).name, build.dockerfile);
      this.built.set(service.name, build.dockerfile);
    }
  }

  syntax(path: string): DockerfileSyntax {
    return this.project.files.dockerfile(path) ?? parseDockerfileSyntax('');
  }

  place(path: string, stage: DockerStage): Place {
    const { files, packages } = this.project;
    const syntax = this.syntax(path);
    return imagePlace({
      files,
      packages,
      syntax,
      stage,
      context: buildContext(files, path, syntax, this.contexts.get(path) ?? []),
    });
  }

  /** The Dockerfile that probably builds an image: by what compose says, by name, or because there is only one. */
  dockerfileOf(image: string, name: string): string | undefined {
    const { name: imageName, shortName, registry } = parseImage(image);
    const known = this.built.get(imageName) ?? this.built.get(shortName);
    if (known !== undefined) return known;
    // Without a user or registry it is an official image, not one of ours.
    if (registry === undefined && !imageName.includes('/') && !imageName.includes('$'))
      return undefined;
    const candidates = this.paths.filter((path) => !isDevelopmentPath(path));
    const named = candidates.find((path) => {
      const about = `${folderOf(path)}/${baseName(path)}`
        .toLowerCase()
        .replace(/dockerfile/g, '')
        .split(/[/.]+/)
        .filter(Boolean);
      return about.includes(shortName.toLowerCase()) || about.includes(name.toLowerCase());
    });
    return named ?? (candidates.length === 1 ? candidates[0] : undefined);
  }
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

/** ENTRYPOINT and CMD together, as the container runtime joins them. */
export function expandProcess(
  project: Project,
  { entrypoint, command }: ImageProcess,
  place: Place,
  path: string,
): CommandStep[] {
  const scope = rootScope(entrypoint?.path ?? command?.path ?? path, place);
  if (entrypoint?.command.text) return expandText(project, entrypoint.command.text, scope);
  if (!entrypoint) {
    if (command?.command.text) return expandText(project, command.command.text, scope);
    return command ? expandWords(project, wordsOf(command), scope, command.command.span) : [];
  }
  const words = [...wordsOf(entrypoint), ...(command ? commandWords(command) : [])];
  return expandWords(project, words, scope, command ? undefined : entrypoint.command.span);
}

function commandWords(source: CommandSource): Word[] {
  const { text, span } = source.command;
  if (!text) return wordsOf(source);
  const shell = (word: string): Word => ({
    text: word,
    literal: true,
    path: source.path,
    mapped: { text: word, pieces: [{ text: word, span: { start: span.start, end: span.start } }] },
  });
  return [
    shell('/bin/sh'),
    shell('-c'),
    { text: text.text, literal: true, path: source.path, mapped: text },
  ];
}

export function wordsOf(source: CommandSource): Word[] {
  return source.command.words.map(({ value, mapped }) => ({
    text: value,
    literal: true,
    path: source.path,
    mapped,
  }));
}

function sourceOf(
  path: string,
  instruction: DockerInstruction | undefined,
): CommandSource | undefined {
  if (!instruction) return undefined;
  const { form, words, body, span } = instruction;
  return {
    path,
    command: {
      form,
      words:
        form === 'exec'
          ? words.map((word) => ({ value: word.text, mapped: word.mapped, span: word.span }))
          : [],
      text: form === 'shell' ? body : undefined,
      span,
    },
  };
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
  if (environment !== undefined && /^(dev|development|test|local)$/.test(environment)) return true;
  return (
    isDevelopmentName(service.build?.target ?? '') ||
    (service.profiles.length > 0 && service.profiles.every(isDevelopmentName)) ||
    /(^|[-_])(dev|test|tests|e2e)$/.test(service.name)
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

function runsDevelopmentScript(steps: readonly CommandStep[]): boolean {
  return steps.some((step) => step.via.some(isDevelopmentName));
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
