import { baseName, folderOf, joinPath } from '../../base/paths';
import {
  parseDockerfileSyntax,
  type DockerfileSyntax,
  type DockerStage,
} from '../../languages/dockerfile';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { ComposeFile } from '../manifests/compose';
import { parseImage } from '../manifests/image';
import { buildContext, imagePlace, type Place } from './place';
import { isDevelopmentPath } from './purpose';
import type { Project } from './scope';

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
    for (const { image, dockerfile } of builtByScripts(files))
      if (!this.built.has(image)) this.built.set(image, dockerfile);
  }

  /** A Dockerfile, parsed; an empty one where there is none. */
  syntax(path: string): DockerfileSyntax {
    return this.project.files.dockerfile(path) ?? parseDockerfileSyntax('');
  }

  /** Where the commands of a stage run. */
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

/** `docker build -t name [-f Dockerfile] context` of shell scripts, which people run where the script stands or at the root. */
function builtByScripts(
  files: ProjectFiles,
): readonly { readonly image: string; readonly dockerfile: string }[] {
  return filesOfKind(files, 'shell').flatMap((path) =>
    (files.shell(path)?.commands ?? []).flatMap(({ words }) => {
      const argv = words.map(({ text }) => text);
      if (argv[0] !== 'docker' || !/^(buildx )?build /.test(argv.slice(1).join(' '))) return [];
      const [tag, file] = [optionAfter(argv, /^(-t|--tag)$/), optionAfter(argv, /^(-f|--file)$/)];
      const context = argv.at(-1) ?? '';
      const dockerfile = [folderOf(path), '']
        .flatMap((folder) => joinPath(folder, file ?? `${context}/Dockerfile`) ?? [])
        .find((candidate) => files.has(candidate));
      if (tag === undefined || /[$]/.test(context) || dockerfile === undefined) return [];
      return [{ image: parseImage(tag).name, dockerfile }];
    }),
  );
}

/** The word after an option. */
function optionAfter(argv: readonly string[], option: RegExp): string | undefined {
  const index = argv.findIndex((word) => option.test(word));
  return index < 0 ? undefined : argv[index + 1];
}
