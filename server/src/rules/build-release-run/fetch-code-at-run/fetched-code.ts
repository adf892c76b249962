import { readInstall } from '../../../project/packages/installs';
import { toolName } from '../../../project/start/command-lines/tools';

/** A simple command, from a start command or from code that runs one. */
export interface RunCommand {
  readonly argv: readonly string[];
  readonly joint: string;
}

/**
 * What a command brings in that was not part of the release: code of a repository, packages, a script from the network.
 * @param command the command at hand
 * @param next the one after it, which may be what a pipe leads to
 * @returns how to name it in a message
 */
export function fetchedCode(command: RunCommand, next?: RunCommand): string | undefined {
  const [program = '', ...rest] = command.argv;
  const tool = toolName(program);
  const words = rest.filter((word) => !word.startsWith('-'));
  if (tool === 'git') return fetchedByGit(rest.join(' '));
  if (tool === 'svn' && /^(up|update|co|checkout|export)$/.test(words[0] ?? ''))
    return `svn ${words[0] ?? ''}`;
  const install = readInstall(command.argv);
  if (install) return `${install.manager} ${words[0] ?? 'install'}`;
  if (/^(pip3?|gem|go|cargo|composer|bundle)$/.test(tool) && words[0] === 'install')
    return `${tool} install`;
  if (/^(apt|apt-get|apk|yum|dnf)$/.test(tool) && /^(install|add)$/.test(words[0] ?? ''))
    return `${tool} ${words[0] ?? ''}`;
  return runDownload(tool, command, next);
}

function fetchedByGit(words: string): string | undefined {
  // `git -C folder pull`
  const verb = /(?:^|\s)(pull|clone|fetch|submodule update|checkout|reset)(?:\s|$)/.exec(
    words,
  )?.[1];
  return verb === undefined || verb === 'checkout' || verb === 'reset' ? undefined : `git ${verb}`;
}

/** `curl … | sh`, `sh -c "$(curl …)"` */
function runDownload(tool: string, command: RunCommand, next?: RunCommand): string | undefined {
  if ((tool === 'curl' || tool === 'wget') && next?.joint === '|') {
    const reader = toolName(next.argv[0] ?? '');
    if (RUNS_INPUT.test(reader)) return `${tool} | ${reader}`;
  }
  const evaluates =
    /^(ba|da|z|a)?sh$|^eval$|^source$|^\.$/.test(tool) &&
    /(\$\(|<\(|`)\s*(curl|wget)\b/.test(command.argv.join(' '));
  return evaluates ? `${tool} $(curl …)` : undefined;
}

const RUNS_INPUT = /^((ba|da|z|a)?sh|node|python3?|sudo|perl|ruby)$/;
