import { lineEndOf } from '../../base/line-ends';
import {
  combineChanges,
  fileEdit,
  insertion,
  removal,
  replacement,
} from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import type { DockerInstruction } from '../../languages/dockerfile';
import { parseShellSyntax } from '../../languages/shell';
import type { CommandStep, ProjectModel, StartCommand } from '../../project/model';
import { splitCommand, splitScript } from '../../project/start/command-lines/split-script';
import { isDevelopmentName } from '../../project/start/purpose';
import { indentOf, lineStart } from '../code/text';
import { execForm } from './dockerfile-edit';
import { renameScript, setScript } from './package-json';

/** A start command without one of its commands. */
export interface ShorterStart {
  /** The command that is taken out, as written. */
  readonly taken: string;
  /** What the place says afterwards; `` for a hook that is removed. */
  readonly rest: string;
  /** The package script that is changed; undefined where a manifest's own text is. */
  readonly script: string | undefined;
  /** The changes; undefined when they contradict each other. */
  changes(keep?: KeptCommand): FileChange[] | undefined;
}

/** Where what is taken out goes. */
export interface KeptCommand {
  /** A package script that does not exist yet. */
  readonly script?: string | undefined;
  /** A line above the command, where that stands in a Dockerfile. */
  readonly above?: string | undefined;
  /** A key above the command's own, where that stands in YAML. */
  readonly before?: string | undefined;
}

/**
 * Takes a step out of a start command, where it is written: in the package script that joins it with others, in a Procfile line,
 * in a CMD in shell form or given to a shell.
 * @returns undefined where it is not joined by plain `&&` or `;`
 */
export function startWithout(
  model: ProjectModel,
  command: StartCommand,
  step: CommandStep,
): ShorterStart | undefined {
  if (model.files.kind(command.path) === 'yaml') return inYaml(model, command, step);
  return inText(model, command, step) ?? inScript(model, command, step);
}

/** A command in a manifest of a platform or of compose, as it stands or given to a shell: its steps have places of their own. */
function inYaml(
  model: ProjectModel,
  { path, span, steps, package: owner }: StartCommand,
  step: CommandStep,
): ShorterStart | undefined {
  const text = model.files.text(path);
  const next = steps[steps.indexOf(step) + 1];
  if (text === undefined || !next || [step, next].some((one) => one.path !== path))
    return undefined;
  if (!/^\s*(?:&&|;)\s*$/.test(text.slice(step.span.end, next.span.start))) return undefined;
  const taken = text.slice(step.span.start, step.span.end);
  return {
    taken,
    rest: text.slice(next.span.start, span.end),
    script: undefined,
    changes: ({ script, before } = {}) => {
      const line = lineStart(text, span.start);
      const above =
        before === undefined
          ? []
          : [insertion(line, indentOf(text, span.start) + before + lineEndOf(text))];
      return combineChanges(
        [fileEdit(path, [...above, removal({ start: step.span.start, end: next.span.start })])],
        script === undefined || !owner ? [] : setScript(model, owner, script, taken),
      );
    },
  };
}

function inScript(
  model: ProjectModel,
  command: StartCommand,
  step: CommandStep,
): ShorterStart | undefined {
  const owner = command.package;
  const split = owner && splitScript(owner, step);
  // Developers go on using a script of theirs, whoever else starts with it.
  if (!owner || !split || isDevelopmentName(split.name)) return undefined;
  const { name, taken, rest } = split;
  return {
    taken,
    rest,
    script: name,
    changes: ({ script } = {}) => {
      if (rest !== '')
        return combineChanges(
          setScript(model, owner, name, rest),
          script === undefined ? [] : setScript(model, owner, script, taken),
        );
      return script === undefined
        ? setScript(model, owner, name, undefined)
        : renameScript(model, owner, name, script);
    },
  };
}

function inText(
  model: ProjectModel,
  command: StartCommand,
  step: CommandStep,
): ShorterStart | undefined {
  const { path } = command;
  const kind = model.files.kind(path);
  const text = model.files.text(path);
  if (text === undefined || (kind !== 'procfile' && kind !== 'dockerfile')) return undefined;
  const instruction = kind === 'dockerfile' ? instructionOf(model, command) : undefined;
  if (kind === 'dockerfile' && !instruction) return undefined;
  const written = instruction
    ? shellText(instruction)
    : text.slice(command.span.start, command.span.end);
  const split = written === undefined ? undefined : splitCommand(written, step, step.via[0]);
  if (!split || split.rest === '') return undefined;
  const newText = instruction ? instructionText(instruction, split.rest) : split.rest;
  return {
    ...split,
    script: undefined,
    changes: ({ script, above } = {}) => {
      const owner = command.package;
      const lines =
        above === undefined
          ? []
          : [insertion(lineStart(text, command.span.start), above + lineEndOf(text))];
      return combineChanges(
        [fileEdit(path, [...lines, replacement(instruction?.span ?? command.span, newText)])],
        script === undefined || !owner ? [] : setScript(model, owner, script, split.taken),
      );
    },
  };
}

/** The instruction that a Dockerfile's command stands in. */
export function instructionOf(
  model: ProjectModel,
  { path, span }: StartCommand,
): DockerInstruction | undefined {
  return model.files
    .dockerfile(path)
    ?.stages.flatMap((stage) => stage.instructions)
    .find((one) => one.span.start === span.start);
}

/** The shell text of a CMD or ENTRYPOINT that stands on one line: shell form, or given to `sh -c`. */
function shellText({ form, body, words }: DockerInstruction): string | undefined {
  if (body.text.includes('\n') || body.pieces.length > 1) return undefined;
  if (form === 'shell') return body.text;
  const [shell = '', flag = '', script, ...more] = words.map((word) => word.text);
  return /(^|\/)(ba|da|a)?sh$/.test(shell) && /^-\w*c$/.test(flag) && more.length === 0
    ? script
    : undefined;
}

/** Plain words need no shell; anything else keeps the form it has. */
function instructionText({ keyword, form, words }: DockerInstruction, rest: string): string {
  if (form === 'shell') return `${keyword} ${rest}`;
  const { commands } = parseShellSyntax(rest);
  const [only] = commands;
  const isPlain =
    only !== undefined &&
    commands.length === 1 &&
    only.assignments.length === 0 &&
    only.redirects.length === 0 &&
    only.words.every((word) => word.literal);
  const argv = only?.words.map((word) => word.text) ?? [];
  return isPlain
    ? execForm(keyword, argv[0] === 'exec' ? argv.slice(1) : argv)
    : execForm(keyword, [...words.slice(0, 2).map((word) => word.text), rest]);
}
