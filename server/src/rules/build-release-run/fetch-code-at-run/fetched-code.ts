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
  const line = command.argv.join(' ');
  if (tool === 'git') {
    // `git -C folder pull`
    const verb = /(?:^|\s)(pull|clone|fetch|submodule update|checkout|reset)(?:\s|$)/.exec(
      rest.join(' '),
    )?.[1];
    if (verb === undefined || verb === 'checkout' || verb === 'reset') return undefined;
    return `git ${verb}`;
  }
  if (tool === 'svn' && /^(up|update|co|checkout|export)$/.test(words[0] ?? ''))
    return `svn ${words[0] ?? ''}`;
  const install = readInstall(command.argv);
  if (install) return `${install.manager} ${words[0] ?? 'install'}`;
  if (/^(pip3?|gem|go|cargo|composer|bundle)$/.test(tool) && words[0] === 'install')
    return `${tool} install`;
  if (/^(apt|apt-get|apk|yum|dnf)$/.test(tool) && /^(install|add)$/.test(words[0] ?? ''))
    return `${tool} ${words[0] ?? ''}`;
  const isDownload = tool === 'curl' || tool === 'wget';
  if (isDownload && next?.joint === '|' && RUNS_INPUT.test(toolName(next.argv[0] ?? '')))
    return `${tool} | ${toolName(next.argv[0] ?? '')}`;
  if (
    /^(ba|da|z|a)?sh$|^eval$|^source$|^\.$/.test(tool) &&
    /(\$\(|<\(|`)\s*(curl|wget)\b/.test(line)
  )
    return `${tool} $(curl …)`;
  return undefined;
}

const RUNS_INPUT = /^((ba|da|z|a)?sh|node|python3?|sudo|perl|ruby)$/;
