import { lineEndOf } from '../../../base/line-ends';
import { baseName } from '../../../base/paths';
import type { Span } from '../../../base/span';
import { insertion, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { defineRule, type RuleContext } from '../../../engine/rule';
import { execForm } from '../../../fixes/files/dockerfile-edit';
import type {
  DockerfileSyntax,
  DockerInstruction,
  DockerStage,
} from '../../../languages/dockerfile';
import { stageProcess, targetStage } from '../../../languages/dockerfile-stages';
import { parseShellSyntax } from '../../../languages/shell';
import { filesOfKind } from '../../../project/files/file-index';
import type { CommandStep, ProjectModel, StartCommand } from '../../../project/model';
import { isInit, replacesShell } from '../../../project/start/command-lines/wrappers';
import { badExamples } from './bad-examples';
import {
  directFixes,
  directStepFixes,
  execFormFixes,
  initFixes,
  replaceShellFixes,
  serviceOf,
  type DirectStart,
} from './first-process';
import { goodExamples } from './good-examples';
const SHELLS = /^(sh|bash|ash|dash)$/;
/** How a script ends that leaves the start to somebody else, or takes the shell's place. */
const STARTS_NOTHING = /^(exec|echo|printf|exit|set|export|true|:)$/;
const MANAGERS = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|bunx|nps)( exec| dlx)?$/;

const messages = {
  shell:
    '{keyword} in shell form runs under a shell that keeps SIGTERM from the app; use the exec form.',
  handing:
    '{keyword} in shell form reaches the app only because BusyBox’s shell hands over; use the exec form.',
  manager:
    '`{manager}` is the container’s first process and may keep SIGTERM from the app; start the app itself.',
  script: 'The entrypoint starts the app without `exec`, so the shell keeps SIGTERM from it.',
  service:
    'The service starts the app without `exec`, so that the shell is told to stop, not the app.',
  inner:
    '`{shell} -c` is the container’s first process and keeps SIGTERM from the app; start the app itself, or `exec` it.',
  compose:
    'The command runs under a shell that keeps SIGTERM from the app; start the app itself, or set `init: true`.',
} as const;

export default defineRule({
  id: 'shell-form-command',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A shell or a package manager stands between the platform’s signals and the app.',
  why: 'A process that shuts down gracefully must hear SIGTERM, and containers send it to the first process only. A shell in between does not pass it on, and package managers do so unreliably: the app is killed after the grace period with requests and jobs half done.',
  whenNotToUse: 'For one-off containers that are never stopped from outside.',
  fix: 'safe',
  messages,
  command(command, { model, report }) {
    const kind = model.files.kind(command.path);
    if (!command.production || command.process === 'release' || command.steps.length === 0) return;
    if (command.steps.some((step) => step.wrappers.some(isInit))) return;
    const last = command.steps.at(-1);
    if (kind === 'dockerfile') inDockerfile(command, last, model, report);
    else if (kind === 'yaml') inYaml(command, last, model, report);
    else if (command.origin.startsWith('s6 ')) inService(command, last, model, report);
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** Its shell, unlike those of other images, ends where the only command begins: the app takes its place. */
function isOfBusyBox({ resolvedImage, instructions }: DockerStage): boolean {
  return (
    /(^|[/:-])(alpine|busybox)/.test(resolvedImage) &&
    !instructions.some(({ keyword }) => keyword === 'SHELL')
  );
}

type Reporter = RuleContext<typeof messages>['report'];

function inDockerfile(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
): void {
  const syntax = model.files.dockerfile(command.path);
  const stage = syntax && stageOf(command, syntax);
  if (!syntax || !stage) return;
  const { entrypoint, cmd } = stageProcess(syntax, stage);
  const instruction = entrypoint ?? cmd;
  if (!instruction) return;
  // With both, the CMD is what the ENTRYPOINT is given: in shell form it is ignored, in exec form it would not be.
  const isAlone = entrypoint === undefined || cmd === undefined;
  const direct = isAlone ? directInImage(command, instruction, model) : [];
  if (instruction.form === 'shell') {
    // A package manager in the shell's place would keep the signals as well.
    const exec =
      isAlone && !(last && isManaged(last)) ? execFormFixes(model, command, instruction) : [];
    const ofChain = isAlone && last ? lastOfChainFixes(command, last, instruction, model) : [];
    const fixes = [...exec, ...direct, ...ofChain];
    inShellForm(command, last, model, report, { instruction, stage }, fixes);
  } else {
    inExecForm(command, last, model, report, { instruction, cmd }, direct);
  }
}

/** @param process what starts, and the CMD, which an entrypoint may hand over to */
function inExecForm(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
  process: {
    readonly instruction: DockerInstruction;
    readonly cmd: DockerInstruction | undefined;
  },
  fixes: readonly Fix[],
): void {
  const { instruction, cmd } = process;
  if (inLastScript(command, last, model, report)) return;
  if (isShellText(instruction)) return inShellText(command, last, model, report, instruction);
  const own = startedScript(instruction.words[0]?.text ?? '', model);
  const [first = '', second] = own?.argv ?? [];
  const handsOver = first === 'exec' && second === '$@' ? cmd : undefined;
  if (!last) return;
  if (own && !handsOver) {
    if (!STARTS_NOTHING.test(first) && isApp(last) && !last.wrappers.includes('exec'))
      report({
        at: { path: own.path, span: own.span },
        message: 'script',
        fixes: () => inScriptFixes(command, last, own),
      });
    return;
  }
  const manager = managerOf(last);
  if (manager !== undefined)
    report({
      at: { path: command.path, span: (handsOver ?? instruction).span },
      message: 'manager',
      data: { manager },
      fixes: handsOver ? afterEntrypoint(command, last, handsOver, model) : fixes,
    });
}

/**
 * Reports the line of a script that starts the app without giving way to it.
 * @returns whether there is one
 */
function inLastScript(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
): boolean {
  const started = command.steps.filter(isApp);
  const script = started.at(-1);
  if (!script || script.path === command.path || model.files.kind(script.path) !== 'shell')
    return false;
  if (replacesShell(script) || relaysSignals(script, model)) return false;
  // What still stands behind it would not run any more.
  const isAlone = started.length === 1 && script === last;
  report({
    at: { path: script.path, span: script.span },
    message: 'script',
    fixes: () => (isManaged(script) || !isAlone ? [] : replaceShellFixes(model, script)),
  });
  return true;
}

/** What supervises a service sends signals to its script, which has to give way to the app. */
function inService(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
): void {
  const written = model.files.shell(command.path)?.commands.at(-1);
  const [first] = written?.words ?? [];
  if (!written || !first || !last || !isApp(last) || STARTS_NOTHING.test(first.text)) return;
  if (last.wrappers.includes('exec') || relaysSignals(command, model)) return;
  report({
    at: { path: command.path, span: written.span },
    message: 'service',
    fixes: () =>
      last.path === command.path && !isManaged(last) ? replaceShellFixes(model, last) : [],
  });
}

/** `trap 'kill $app' TERM`: the script passes on what it is sent. */
function relaysSignals({ path }: Pick<CommandStep, 'path'>, model: ProjectModel): boolean {
  return model.files.shell(path)?.commands.some(({ words }) => words[0]?.text === 'trap') === true;
}

/** The script that hands over stays in front. */
function afterEntrypoint(
  command: StartCommand,
  last: CommandStep,
  cmd: DockerInstruction,
  model: ProjectModel,
): readonly Fix[] {
  const wrappers = last.wrappers.filter((word) => !word.endsWith('.sh'));
  return directInImage({ ...command, steps: [{ ...last, wrappers }] }, cmd, model);
}

/** The app itself in the place of an instruction that starts a package manager; what the script sets becomes ENV. */
function directInImage(
  command: StartCommand,
  { span, keyword, body }: DockerInstruction,
  model: ProjectModel,
): readonly Fix[] {
  const text = model.files.text(command.path) ?? '';
  return directFixes(command, body.text, ({ argv, assignments }) => [
    replacement(span, variableLines(assignments, text) + execForm(keyword, argv)),
  ]);
}

/** `CMD npm run migrate && npm start`: the shell gives way to the app once the rest is done. */
function lastOfChainFixes(
  command: StartCommand,
  last: CommandStep,
  { span, body }: DockerInstruction,
  model: ProjectModel,
): readonly Fix[] {
  const text = model.files.text(command.path) ?? '';
  const { commands, errors } = parseShellSyntax(body.text);
  const written = commands.at(-1);
  const start = span.end - body.text.length;
  if (errors.length > 0 || commands.length < 2 || !written || written.conditional) return [];
  if (text.slice(start, span.end) !== body.text || body.text.includes('\n')) return [];
  const [program = ''] = written.words.map((word) => word.text);
  if (!MANAGERS.test(program) || !/^[\w\s&;:.-]+$/.test(body.text)) return [];
  return directStepFixes(command, last, body.text, ({ argv, assignments }) => [
    insertion(span.start, variableLines(assignments, text)),
    replacement(
      { start: start + written.span.start, end: start + written.span.end },
      `exec ${argv.join(' ')}`,
    ),
  ]);
}

/** The last line of an entrypoint script, where that starts a package manager. */
function inScriptFixes(
  command: StartCommand,
  last: CommandStep,
  { path, span, argv: [program = ''] }: { readonly path: string } & StartedScript,
): readonly Fix[] {
  if (!MANAGERS.test(program)) return [];
  return directStepFixes({ ...command, path }, last, '', ({ argv, assignments }) => [
    replacement(
      span,
      [
        ...Object.entries(assignments).map(([name, value]) => `${name}=${value}`),
        'exec',
        ...argv,
      ].join(' '),
    ),
  ]);
}

function variableLines(assignments: DirectStart['assignments'], text: string): string {
  return Object.entries(assignments)
    .map(([name, value]) => `ENV ${name}=${value}${lineEndOf(text)}`)
    .join('');
}

/** `["sh", "-c", "…"]` */
function isShellText({ words: [shell, option] }: DockerInstruction): boolean {
  return SHELLS.test(baseName(shell?.text ?? '')) && /^-\w*c$/.test(option?.text ?? '');
}

/** A shell that is given its text hands over to the only command of it; of several, it stays in front. */
function inShellText(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
  instruction: DockerInstruction,
): void {
  if (command.steps.length < 2 || !last || last.wrappers.includes('exec')) return;
  // What a script does at its end stands there; a package manager at the end of the text stays in front of what it starts.
  if (last.path !== command.path && !(isManaged(last) && endsWithManager(instruction))) return;
  if (!command.steps.some(isApp)) return;
  report({
    at: { path: command.path, span: instruction.span },
    message: 'inner',
    data: { shell: instruction.words[0]?.text ?? '' },
    fixes: () => (isManaged(last) ? [] : replaceShellFixes(model, last)),
  });
}

/** `["sh", "-c", "./migrate.sh && npm start"]` */
function endsWithManager({ words }: DockerInstruction): boolean {
  const last = parseShellSyntax(words[2]?.text ?? '').commands.at(-1);
  return MANAGERS.test(last?.words[0]?.text ?? '');
}

/** The package manager that stays in front of a step. */
function managerOf({ wrappers }: CommandStep): string | undefined {
  return wrappers.includes('exec') ? undefined : wrappers.find((word) => MANAGERS.test(word));
}

/** The stage whose process a command is. */
function stageOf(command: StartCommand, syntax: DockerfileSyntax): DockerStage | undefined {
  const holder = syntax.stages.find((one) =>
    one.instructions.some((each) => each.span.start === command.span.start),
  );
  return holder ?? targetStage(syntax);
}

function inShellForm(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
  { instruction, stage }: { readonly instruction: DockerInstruction; readonly stage: DockerStage },
  fixes: readonly Fix[],
): void {
  const { span, keyword, body } = instruction;
  if (last?.wrappers.includes('exec') && last.joint !== '|') return;
  const isWritten = last?.path === command.path && !isManaged(last);
  const isReplaced = isWritten && isOfBusyBox(stage) && !/[;&|\n]/.test(body.text);
  report({
    at: { path: command.path, span },
    message: isReplaced ? 'handing' : 'shell',
    ...(isReplaced ? { severity: 'hint' } : {}),
    data: { keyword },
    fixes: [...fixes, ...(last && isWritten ? replaceShellFixes(model, last) : [])],
  });
}

function inYaml(
  command: StartCommand,
  last: CommandStep | undefined,
  model: ProjectModel,
  report: Reporter,
): void {
  const service = serviceOf(model, command);
  if (service?.init) return;
  const at = { path: command.path, span: command.span };
  const underShell = command.steps
    .filter(isApp)
    .find(
      (step) => step.wrappers.some((word) => SHELLS.test(word)) && !step.wrappers.includes('exec'),
    );
  if (underShell?.path === command.path)
    report({ at, message: 'compose', fixes: () => initFixes(model, command) });
  else if (last && command.steps.length === 1) {
    const manager = last.wrappers.find((word) => MANAGERS.test(word));
    if (manager === undefined) return;
    const written =
      model.files.text(command.path)?.slice(command.span.start, command.span.end) ?? '';
    const isList = written.startsWith('[');
    // Only where the line itself says npm: behind an entrypoint it would be given to that.
    const isPlain = service && MANAGERS.test(/^[["'\s]*([\w-]+)/.exec(written)?.[1] ?? '');
    const direct = directFixes(command, written, ({ argv, assignments }) =>
      Object.keys(assignments).length > 0
        ? undefined
        : [replacement(command.span, isList ? `["${argv.join('", "')}"]` : argv.join(' '))],
    );
    report({
      at,
      message: 'manager',
      data: { manager },
      severity: 'information',
      fixes: [...(isPlain ? direct : []), ...initFixes(model, command)],
    });
  }
}

interface StartedScript {
  readonly span: Span;
  readonly argv: readonly string[];
}

/** The last command of a script of the tree that an instruction starts, by the script's name. */
function startedScript(
  word: string,
  model: ProjectModel,
): ({ readonly path: string } & StartedScript) | undefined {
  const named = filesOfKind(model.files, 'shell').filter(
    (path) => baseName(path) === baseName(word),
  );
  const [path] = named;
  if (path === undefined || named.length > 1 || word === '') return undefined;
  const last = model.files.shell(path)?.commands.findLast(({ words }) => words.length > 0);
  return last && { path, span: last.span, argv: last.words.map(({ text }) => text) };
}

/** A package manager that stays in between whatever stands in front of it. */
function isManaged(step: CommandStep): boolean {
  return step.wrappers.some((word) => MANAGERS.test(word));
}

/** Something that serves, not a helper of the script around it. */
function isApp(step: CommandStep): boolean {
  return (
    /^(node|bun|deno|ts-node|tsx|nodemon|python3?|gunicorn|uvicorn|ruby|java|php|pm2-runtime|next|nest|fastify)$/.test(
      step.argv[0] ?? '',
    ) || step.wrappers.some((word) => MANAGERS.test(word))
  );
}
