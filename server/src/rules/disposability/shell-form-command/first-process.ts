import { isMap } from 'yaml';
import { contains } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { execForm } from '../../../fixes/files/dockerfile-edit';
import { addMapEntry } from '../../../fixes/files/yaml-edit';
import type { DockerInstruction } from '../../../languages/dockerfile';
import { stageChain } from '../../../languages/dockerfile-stages';
import { parseShellSyntax } from '../../../languages/shell';
import { composeFiles, type ComposeService } from '../../../project/manifests/compose';
import type { CommandStep, ProjectModel, StartCommand } from '../../../project/model';

/** Fixes that make the app a container's first process, so that signals reach it. */

const MANAGERS = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|bunx|nps)( exec| dlx)?$/;
const SHELLS = /^(sh|bash|ash|dash)$/;
const BUILTINS = /^(cd|\.|source|export|set|ulimit|umask|trap|eval|exit|wait|if|for|while)$/;

/** Plain words in shell form mean the same in exec form, without a shell. */
export function execFormFixes(
  model: ProjectModel,
  { path }: StartCommand,
  instruction: DockerInstruction,
): readonly Fix[] {
  const { text } = instruction.body;
  const { commands, errors } = parseShellSyntax(text.trim());
  const [only] = commands;
  if (errors.length > 0 || commands.length !== 1 || !only || setsShell(model, path, instruction))
    return [];
  if (only.conditional || only.redirects.length > 0 || only.assignments.length > 0) return [];
  if (!only.words.every((word) => word.literal) || /[*?~]|&\s*$/.test(text) || text.includes('\n'))
    return [];
  const words = only.words.map((word) => word.text);
  const argv = words[0] === 'exec' ? words.slice(1) : words;
  if (BUILTINS.test(argv[0] ?? '')) return [];
  return [
    {
      id: 'exec',
      kind: 'safe',
      title: `Use the exec form of ${instruction.keyword}`,
      build: () => [
        fileEdit(path, [replacement(instruction.span, execForm(instruction.keyword, argv))]),
      ],
    },
  ];
}

/** The node command that a package script expands to, when it is a single plain one in the same folder. */
export function directFixes(
  command: StartCommand,
  written: string,
  write: (argv: readonly string[]) => {
    readonly span: { start: number; end: number };
    readonly newText: string;
  },
): readonly Fix[] {
  const [only, ...more] = command.steps;
  if (!only || more.length > 0 || only.argv[0] !== 'node' || !isPlain(only)) return [];
  if (!only.wrappers.some((word) => MANAGERS.test(word))) return [];
  if (only.wrappers.some((word) => !MANAGERS.test(word) && !SHELLS.test(word))) return [];
  // Another folder's script runs there.
  if (/--prefix|(^|[\s"'])-[CFw]\b|--cwd|--workspace|--filter|--dir|\bworkspace\b/.test(written))
    return [];
  const { argv } = only;
  return [
    {
      id: 'direct',
      kind: 'suggest',
      title: `Start \`${argv.join(' ')}\` directly`,
      build: () => [fileEdit(command.path, [write(argv)])],
    },
  ];
}

/** Lets the last command of a script or of a shell-form instruction take the shell's place. */
export function replaceShellFixes(model: ProjectModel, step: CommandStep): readonly Fix[] {
  const text = model.files.text(step.path);
  if (
    text === undefined ||
    step.joint === '|' ||
    step.background === true ||
    step.conditional === true
  )
    return [];
  const [command, ...more] = parseShellSyntax(text.slice(step.span.start, step.span.end)).commands;
  const word = command?.words[0];
  if (!word || more.length > 0 || BUILTINS.test(word.text)) return [];
  return [
    {
      id: 'replace-shell',
      kind: 'suggest',
      title: `Replace the shell with \`${step.argv[0] ?? ''}\` (exec)`,
      build: () => [fileEdit(step.path, [insertion(step.span.start + word.span.start, 'exec ')])],
    },
  ];
}

/** Docker's own init passes signals on, whatever the command is. */
export function initFixes(model: ProjectModel, command: StartCommand): readonly Fix[] {
  const text = model.files.text(command.path);
  const node = serviceOf(model, command)?.node;
  if (text === undefined || !isMap(node)) return [];
  return [
    {
      id: 'init',
      kind: 'suggest',
      title: 'Run Docker’s init as the first process (`init: true`)',
      build: () => [fileEdit(command.path, addMapEntry(text, node, 'init', 'true'))],
    },
  ];
}

/** The compose service that a command belongs to. */
export function serviceOf(
  model: ProjectModel,
  { path, span }: StartCommand,
): ComposeService | undefined {
  return composeFiles(model.files)
    .find((file) => file.path === path)
    ?.services.find((one) => contains(one.span, span));
}

function isPlain(step: CommandStep): boolean {
  return (
    Object.keys(step.assignments).length === 0 &&
    step.redirects.length === 0 &&
    step.argv.every((word) => /^[\w./:@=,-]+$/.test(word))
  );
}

/** A SHELL instruction: the words may be PowerShell's. */
function setsShell(model: ProjectModel, path: string, instruction: DockerInstruction): boolean {
  const syntax = model.files.dockerfile(path);
  const stage = syntax?.stages.find((one) => one.instructions.includes(instruction));
  return (
    syntax !== undefined &&
    stage !== undefined &&
    stageChain(syntax, stage).some((one) =>
      one.instructions.some(({ keyword }) => keyword === 'SHELL'),
    )
  );
}
