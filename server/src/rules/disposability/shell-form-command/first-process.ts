import { isMap } from 'yaml';
import { contains } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { execForm } from '../../../fixes/files/dockerfile-edit';
import { addMapEntry } from '../../../fixes/files/yaml-edit';
import type { DockerInstruction } from '../../../languages/dockerfile';
import { stageChain } from '../../../languages/dockerfile-stages';
import { parseShellSyntax } from '../../../languages/shell';
import { composeFiles, type ComposeService } from '../../../project/manifests/compose';
import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../../project/model';

/** Fixes that make the app a container's first process, so that signals reach it. */

const MANAGERS = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|bunx|nps)( exec| dlx)?$/;
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

/** What a package script starts, without the package manager. */
export interface DirectStart {
  readonly argv: readonly string[];
  /** Variables that the script sets. */
  readonly assignments: Readonly<Record<string, string>>;
}

/**
 * The command that a package script expands to, when it is a single plain one in the same folder.
 * @param write the edits that put it in the place of the package manager; undefined where that has no place for variables
 */
export function directFixes(
  command: StartCommand,
  written: string,
  write: (start: DirectStart) => readonly TextEdit[] | undefined,
): readonly Fix[] {
  const [only, ...more] = command.steps;
  return only && more.length === 0 ? directStepFixes(command, only, written, write) : [];
}

/** The same for one step of several, the last one. */
export function directStepFixes(
  { path, package: owner }: StartCommand,
  step: CommandStep,
  written: string,
  write: (start: DirectStart) => readonly TextEdit[] | undefined,
): readonly Fix[] {
  const argv = programOf(step, owner);
  if (!argv || !isPlain(step)) return [];
  if (!step.wrappers.some((word) => MANAGERS.test(word))) return [];
  if (step.wrappers.some((word) => !MANAGERS.test(word) && !TRANSPARENT.test(word))) return [];
  // Another folder's script runs there.
  if (/--prefix|(^|[\s"'])-[CFw]\b|--cwd|--workspace|--filter|--dir|\bworkspace\b/.test(written))
    return [];
  const edits = write({ argv, assignments: step.assignments });
  if (!edits) return [];
  return [
    {
      id: 'direct',
      kind: 'suggest',
      title: `Start \`${argv.join(' ')}\` directly`,
      build: () => [fileEdit(path, edits)],
    },
  ];
}

/** Shells that run the script, and what only sets variables. */
const TRANSPARENT = /^(sh|bash|ash|dash|cross-env(-shell)?)$/;
/** Servers of packages that run in their own process: their file in `node_modules/.bin` is started by node itself. */
const SERVERS = /^(next|remix-serve|react-router-serve|serve|http-server|fastify|probot|medusa)$/;

/** Node as it stands; a package's server by the file that the package manager would have found. */
function programOf(
  { argv: [program = '', ...args] }: CommandStep,
  owner: PackageInfo | undefined,
): readonly string[] | undefined {
  if (program === 'node') return [program, ...args];
  // Berry may have no such folder.
  return SERVERS.test(program) && owner && owner.manager !== 'yarn-berry'
    ? [`node_modules/.bin/${program}`, ...args]
    : undefined;
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
    step.redirects.length === 0 &&
    [...step.argv, ...Object.values(step.assignments)].every((word) => /^[\w./:@=,-]+$/.test(word))
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
