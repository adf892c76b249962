import { baseName } from '../../base/paths';
import type { Span } from '../../base/span';
import { plainText, type MappedText } from '../../languages/mapped-text';
import type { ShellCommand } from '../../languages/shell';
import type { CommandStep, PackageInfo } from '../model';
import { matchScripts, readGroup } from './command-lines/parallel';
import { readRunner, type RunnerCall } from './command-lines/runners';
import { scriptFile } from './command-lines/script-file';
import {
  exportedBy,
  isAssignedFrom,
  redirectsOf,
  shellSyntax,
  shellWords,
  spanIn,
} from './command-lines/shell-words';
import { readTaskRunner } from './command-lines/task-runners';
import { shellScriptIndex, unwrap } from './command-lines/wrappers';
import { folderPlace } from './place';
import type { Project, Scope, Word } from './scope';
import { npsScript, scriptText, targetPackages } from './scripts';
import { makeStep } from './step';

/** Scripts that run each other in circles end here. */
const MAX_DEPTH = 12;

/**
 * Expands a command line into the simple commands it really runs.
 * @param text the command line, mapped to `scope.path`
 * @param extra words that the caller appends to its last command (`npm run x -- extra`)
 */
export function expandText(
  project: Project,
  text: MappedText,
  scope: Scope,
  extra: readonly Word[] = [],
): CommandStep[] {
  const syntax = shellSyntax(project, text.text);
  const steps: CommandStep[] = [];
  let place = scope.place;
  let exported = scope.assignments;
  const commands = syntax.commands.filter(
    (command, index) => !command.substituted || isAssignedFrom(syntax, index),
  );
  const bodyOf = (name: string | undefined): readonly ShellCommand[] =>
    commands.filter(({ functionName }) => functionName === name);
  const functions = new Set(commands.map(({ functionName }) => functionName));
  const last = bodyOf(undefined).findLast((command) => command.words.length > 0);
  const run = (command: ShellCommand, given: Scope): void => {
    const words = [...shellWords(syntax, command, text, given), ...(command === last ? extra : [])];
    const own = Object.fromEntries(command.assignments.map(({ name, value }) => [name, value]));
    const inner: Scope = {
      ...withinCommand(given, command),
      place,
      joint: steps.length === 0 ? scope.joint : command.joint || ';',
      assignments: { ...exported, ...own },
      redirects: [...redirectsOf(command, text, scope.path), ...scope.redirects],
    };
    const [first, second, ...rest] = words;
    // A function runs where it is called, with what it is given.
    if (first && functions.has(first.text) && inner.depth < MAX_DEPTH) {
      const positional = second ? [second, ...rest] : [];
      for (const each of bodyOf(first.text)) run(each, { ...inner, positional });
      return;
    }
    if (first?.text === 'cd' && second) place = place.enter(second.text);
    if (first?.text === 'export' || /^set$/i.test(first?.text ?? '')) {
      exported = { ...exported, ...exportedBy(words) };
    }
    if (words.length > 0 || inner.redirects.length > scope.redirects.length) {
      steps.push(...expandWords(project, words, inner, spanIn(text, command.span)));
    }
  };
  for (const command of bodyOf(undefined)) run(command, scope);
  return steps;
}

/** What holds of a command by where it stands: in a branch, in the background. */
function withinCommand(given: Scope, command: ShellCommand): Scope {
  const construct =
    command.construct === undefined ? undefined : `${given.path}:${command.construct}`;
  return {
    ...given,
    conditional: given.conditional || command.conditional,
    construct: given.construct ?? construct,
    background: given.background || command.background,
    depth: given.depth + 1,
  };
}

/**
 * Expands one simple command given by its words.
 * @param span where the whole command stands in `scope.path`; default: the words that are left of it
 */
export function expandWords(
  project: Project,
  words: readonly Word[],
  scope: Scope,
  span?: Span,
): CommandStep[] {
  const texts = words.map((word) => word.text);
  if (scope.depth > MAX_DEPTH) return [makeStep(words, scope, span)];
  const inner = (wrapper: string): Scope => ({
    ...scope,
    wrappers: [...scope.wrappers, wrapper],
    depth: scope.depth + 1,
  });

  const file = scriptFile(project.files, words, scope);
  if (file) {
    const text = project.files.text(file.path) ?? '';
    const within = { ...inner('sh'), path: file.path, positional: words.slice(file.index + 1) };
    const steps = expandText(project, plainText(text, 0), within);
    return steps.length > 0 ? steps : [makeStep(words, scope, span)];
  }
  const scriptIndex = shellScriptIndex(texts);
  const script = scriptIndex === undefined ? undefined : words[scriptIndex];
  if (script && scriptIndex !== undefined) {
    return expandText(project, script.mapped, {
      ...inner('sh'),
      path: script.path,
      // After the script the first word is `$0`.
      positional: words.slice(scriptIndex + 2),
    });
  }
  const unwrapped = unwrap(texts);
  if (unwrapped) {
    const within = {
      ...inner(unwrapped.name),
      assignments: { ...scope.assignments, ...Object.fromEntries(unwrapped.assignments) },
    };
    const command = words[unwrapped.start];
    if (unwrapped.isText && command)
      return expandText(project, command.mapped, { ...within, path: command.path });
    return expandWords(project, words.slice(unwrapped.start), within, span);
  }
  const group = readGroup(texts);
  if (group) return expandGroup(project, words, group, inner(group.name), span);
  if (baseName(texts[0] ?? '') === 'nps') return expandNps(project, words, inner('nps'), span);
  const call = readRunner(texts) ?? readTaskRunner(texts);
  if (call) return expandRunner(project, words, call, scope, span);
  return [makeStep(words, scope, span)];
}

function expandRunner(
  project: Project,
  words: readonly Word[],
  call: RunnerCall,
  scope: Scope,
  span: Span | undefined,
): CommandStep[] {
  if (call.kind === 'other') return [makeStep(words, scope, span)];
  const inner: Scope = {
    ...scope,
    wrappers: [...scope.wrappers, call.runner],
    depth: scope.depth + 1,
  };
  if (call.kind === 'program') {
    const command = words[call.start];
    if (call.isText && command)
      return expandText(project, command.mapped, { ...inner, path: command.path });
    return expandWords(project, words.slice(call.start), inner, span);
  }
  const targets = targetPackages(project, call, scope.place);
  const args = scriptArguments(words, call);
  const steps: CommandStep[] = [];
  for (const [index, info] of targets.entries()) {
    if (scriptText(project.files, info, call.name) === undefined) continue;
    const joint = index === 0 || steps.length === 0 ? scope.joint : '&';
    const side = targets.length > 1;
    steps.push(
      ...expandScript(
        project,
        info,
        call.name,
        args,
        { ...inner, joint, background: inner.background || side },
        call.runner,
      ),
    );
  }
  if (steps.length > 0) return steps;
  const [only] = targets;
  // `npm start` without such a script runs server.js.
  if (call.runner === 'npm' && call.name === 'start' && only && !only.scripts.has('start')) {
    const server = scope.place.locate('server.js').find((path) => project.files.has(path));
    if (server) return [makeStep(words, inner, span, ['node', 'server.js'])];
  }
  // A program only where the package is known and has no such script.
  if (call.orProgram && only && !call.name.includes(':'))
    return expandWords(project, words.slice(call.nameIndex), inner, span);
  return [makeStep(words, scope, span)];
}

/** A package script with its pre and post hooks. */
export function expandScript(
  project: Project,
  info: PackageInfo,
  name: string,
  args: readonly Word[],
  scope: Scope,
  runner: string,
): CommandStep[] {
  // A script that calls itself, or the same name in another package over and over.
  if (scope.via.filter((one) => one === name).length > 2 || scope.depth > MAX_DEPTH) return [];
  const inside = scope.place.package === info && scope.place.folder === info.dir;
  const place = inside ? scope.place : folderPlace(project.packages, info.dir);
  // Yarn 2 and Node itself run no hooks for scripts.
  const hooks = !(runner === 'yarn' && info.manager === 'yarn-berry') && runner !== 'node';
  const parts: { name: string; hook: boolean }[] = [
    ...(hooks ? [{ name: `pre${name}`, hook: true }] : []),
    { name, hook: false },
    ...(hooks ? [{ name: `post${name}`, hook: true }] : []),
  ];
  const steps: CommandStep[] = [];
  for (const part of parts) {
    const own = scriptText(project.files, info, part.name);
    if (own === undefined) continue;
    const within: Scope = {
      ...scope,
      path: info.manifestPath,
      place,
      via: [...scope.via, part.name],
      hook: scope.hook || part.hook,
      joint: steps.length === 0 ? scope.joint : '&&',
      positional: undefined,
      depth: scope.depth + 1,
    };
    steps.push(...expandText(project, own, within, part.hook ? [] : args));
  }
  return steps;
}

function expandGroup(
  project: Project,
  words: readonly Word[],
  group: NonNullable<ReturnType<typeof readGroup>>,
  scope: Scope,
  span: Span | undefined,
): CommandStep[] {
  const steps: CommandStep[] = [];
  for (const member of group.members) {
    const word = words[member.index];
    if (!word) continue;
    const joint = steps.length === 0 ? scope.joint : group.parallel ? '&' : '&&';
    const inner: Scope = { ...scope, joint, background: scope.background || group.parallel };
    if (member.script === undefined) {
      steps.push(...expandText(project, word.mapped, { ...inner, path: word.path }));
      continue;
    }
    const info = scope.place.package;
    const names = info ? matchScripts(member.script, info.scripts.keys()) : [];
    for (const [index, name] of names.entries()) {
      if (!info) break;
      const next = index === 0 ? joint : group.parallel ? '&' : '&&';
      steps.push(
        ...expandScript(project, info, name, [], { ...inner, joint: next }, member.runner),
      );
    }
  }
  return steps.length > 0 ? steps : [makeStep(words, scope, span)];
}

function expandNps(
  project: Project,
  words: readonly Word[],
  scope: Scope,
  span: Span | undefined,
): CommandStep[] {
  const names = words.slice(1).filter((word) => !word.text.startsWith('-'));
  const steps: CommandStep[] = [];
  for (const name of names.length > 0
    ? names.map((word) => word.text.split(/\s+/)[0] ?? '')
    : ['default']) {
    const found = npsScript(project.files, scope.place, name);
    if (!found || scope.via.filter((one) => one === `nps ${name}`).length > 0) continue;
    const inner: Scope = {
      ...scope,
      path: found.path,
      joint: steps.length === 0 ? scope.joint : '&&',
      via: [...scope.via, `nps ${name}`],
      positional: undefined,
    };
    steps.push(...expandText(project, found.text, inner));
  }
  return steps.length > 0 ? steps : [makeStep(words, scope, span)];
}

function scriptArguments(
  words: readonly Word[],
  call: Extract<RunnerCall, { kind: 'script' }>,
): Word[] {
  const after = words.slice(call.argsStart);
  if (call.runner !== 'npm')
    return after.filter((word, index) => !(index === 0 && word.text === '--'));
  const dashes = after.findIndex((word) => word.text === '--');
  const before = dashes < 0 ? after : after.slice(0, dashes);
  const passed =
    call.argsStart > call.nameIndex + 1
      ? before
      : before.filter((word) => !word.text.startsWith('-'));
  return [...passed, ...(dashes < 0 ? [] : after.slice(dashes + 1))];
}
