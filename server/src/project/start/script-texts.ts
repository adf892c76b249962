import { query } from '../query';
import type { Span } from '../../base/span';
import { runScript, stageVariables } from '../../languages/dockerfile-stages';
import { type MappedText, sourceSpan } from '../../languages/mapped-text';
import { parseShellSyntax, type ShellCommand } from '../../languages/shell';
import { buildCommands } from '../manifests/build-commands';
import { ciJobs } from '../manifests/ci';
import type { PackageInfo, ProjectModel } from '../model';
import { isDevelopmentName, isDevelopmentPath } from './purpose';
import { scriptText } from './scripts';

/** A piece of shell somewhere in the project, with what it is for. */
export interface ScriptText {
  readonly path: string;
  readonly text: MappedText;
  /**
   * `image`: a RUN of a Dockerfile; `script`: a package script; `deploy`/`ci`: a job of a pipeline, or what a platform builds with;
   * `host`: run for a deploy on the machine that serves; `shell`: a script file.
   */
  readonly place: 'image' | 'script' | 'deploy' | 'ci' | 'host' | 'shell';
  /** The package script's name. */
  readonly name?: string;
  /** Development containers, development scripts: nothing of it is released. */
  readonly development: boolean;
  readonly package: PackageInfo | undefined;
  /** Variables that the image sets by itself. */
  readonly variables?: ReadonlyMap<string, string>;
}

/** A simple command of a script text, with its place in the file. */
export interface ScriptCommand {
  readonly script: ScriptText;
  readonly argv: readonly string[];
  /** Variables that are set for it: in front of it, or by the image that it builds. */
  readonly variables: ReadonlyMap<string, string>;
  readonly span: Span;
  /** The span of a word by its index. */
  wordSpan(index: number): Span;
}

/** Every piece of shell the project's manifests and scripts hold: what builds and installs, beside what starts. */
export const scriptTexts = query('files', (model): readonly ScriptText[] => {
  const texts: ScriptText[] = [];
  for (const path of model.files.paths) {
    const development = isDevelopmentPath(path);
    texts.push(...imageTexts(path, model));
    if (model.files.kind(path) === 'shell') {
      const text = model.files.text(path) ?? '';
      texts.push({
        path,
        text: { text, pieces: [{ text, span: { start: 0, end: text.length } }] },
        place: 'shell',
        development,
        package: model.packageOf(path),
      });
    }
  }
  for (const info of model.packages)
    for (const name of info.scripts.keys()) {
      const text = scriptText(model.files, info, name);
      if (text)
        texts.push({
          path: info.manifestPath,
          text,
          place: 'script',
          name,
          development: isDevelopmentName(name),
          package: info,
        });
    }
  for (const { path, purpose, steps } of ciJobs(model.files))
    for (const { run, folder, isRemote } of steps)
      if (run)
        texts.push({
          path,
          text: run.mapped,
          place: isRemote ? 'host' : purpose === 'deploy' ? 'deploy' : 'ci',
          development: false,
          package: model.packageOf(folder === undefined ? path : `${folder}/x`),
        });
  for (const { path, text, folder, on } of buildCommands(model.files))
    texts.push({
      path,
      text,
      place: on === 'host' ? 'host' : 'deploy',
      development: isDevelopmentPath(path),
      package: model.packageOf(`${folder}/x`.replace(/^\//, '')),
    });
  return texts;
});

/** What the build of an image runs. */
function imageTexts(path: string, model: ProjectModel): readonly ScriptText[] {
  const syntax = model.files.kind(path) === 'dockerfile' ? model.files.dockerfile(path) : undefined;
  if (!syntax) return [];
  return syntax.stages.flatMap((stage) =>
    stage.instructions
      .filter(({ keyword }) => keyword === 'RUN')
      .map((instruction): ScriptText => ({
        path,
        text: runScript(instruction),
        place: 'image',
        development: isDevelopmentPath(path),
        package: model.packageOf(path),
        variables: stageVariables(syntax, stage, instruction.span.start),
      })),
  );
}

/** The simple commands of a script text; nothing for a text that is no shell. */
export function scriptCommands(script: ScriptText): readonly ScriptCommand[] {
  const { commands } = parseShellSyntax(script.text.text);
  return commands.map((command: ShellCommand) => ({
    script,
    argv: command.words.map((word) => word.text),
    variables: new Map([
      ...(script.variables ?? []),
      ...command.assignments.map(({ name, value }) => [name, value] as const),
    ]),
    span: sourceSpan(script.text, command.span.start, command.span.end),
    wordSpan: (index) => {
      const word = command.words[index];
      const span = word?.span ?? command.span;
      return sourceSpan(script.text, span.start, span.end);
    },
  }));
}
