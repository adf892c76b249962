import type { Command, Option } from 'commander';
import { FACTORS } from '../base/factors';
import type { Rule } from '../engine/rule';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A command as a shell completes it. */
interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its argument may be; empty for files. */
  readonly words: readonly string[];
}

interface CompletedOption {
  readonly flags: readonly string[];
  readonly description: string;
  readonly takes: 'nothing' | 'words' | 'files';
  readonly words: readonly string[];
}

/** A script that completes commands, options and their values, made from the program itself. */
export function completionScript(shell: Shell, program: Command, rules: readonly Rule[]): string {
  const commands = program.commands.map((command) => completed(command, rules));
  if (shell === 'bash') return bash(commands);
  return shell === 'zsh' ? zsh(commands) : fish(commands);
}

function completed(command: Command, rules: readonly Rule[]): Completed {
  const ids = rules.map(({ id }) => id);
  const [argument] = command.registeredArguments;
  const words = argument?.argChoices ?? (argument?.name() === 'rule' ? ids : []);
  const options = command.options.map((option) => completedOption(option, ids));
  return { name: command.name(), summary: command.summary(), options, words };
}

function completedOption(option: Option, ids: readonly string[]): CompletedOption {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  const words =
    option.argChoices ??
    (option.long === '--rule' ? ids : option.long === '--factor' ? FACTORS : []);
  const takes =
    !option.required && !option.optional ? 'nothing' : words.length > 0 ? 'words' : 'files';
  return { flags, description: option.description, takes, words };
}

function bash(commands: readonly Completed[]): string {
  const cases = commands.map(({ name, options, words }) => {
    const flags = options.flatMap((option) => option.flags).join(' ');
    const values = options
      .filter(({ takes }) => takes === 'words')
      .map(({ flags: own, words: choices }) => {
        const key = own.map((flag) => `${name}:${flag}`).join('|');
        return `    ${key}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word")); return ;;`;
      });
    const files = words.length === 0 ? '-f ' : '';
    const own = `    ${name}:*) COMPREPLY=($(compgen ${files}-W '${[flags, ...words].join(' ')}' -- "$word")) ;;`;
    return [...values, own].join('\n');
  });
  const names = commands.map(({ name }) => name).join(' ');
  return `# twelve-factor completion bash > /etc/bash_completion.d/twelve-factor
_twelve_factor() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -d -W '${names}' -- "$word"))
    return
  fi
  case "$command:$before" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _twelve_factor twelve-factor
`;
}

function zsh(commands: readonly Completed[]): string {
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options, words }) => {
    const specs = options.flatMap(({ flags, description, takes, words: choices }) =>
      flags.map((flag) => {
        const text = description.replace(/[[\]:]/g, '\\$&');
        const value =
          takes === 'nothing'
            ? ''
            : takes === 'words'
              ? `:value:(${choices.join(' ')})`
              : ':file:_files';
        return quoted(`*${flag}[${text}]${value}`);
      }),
    );
    const argument = quoted(words.length > 0 ? `*:value:(${words.join(' ')})` : '*:folder:_files');
    return `    ${name}) _arguments ${[...specs, argument].join(' \\\n      ')} ;;`;
  });
  return `#compdef twelve-factor
# twelve-factor completion zsh > "\${fpath[1]}/_twelve-factor"
_twelve_factor() {
  local -a commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files -/
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _twelve_factor twelve-factor
`;
}

function fish(commands: readonly Completed[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const none = `not __fish_seen_subcommand_from ${names}`;
  const lines = commands.flatMap(({ name, summary, options, words }) => {
    const own = `complete -c twelve-factor -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c twelve-factor -n '${none}' -a ${name} -d ${fishQuoted(summary)}`,
      ...options.map(({ flags, description, takes, words: choices }) => {
        const names_ = flags.map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        const value =
          takes === 'nothing'
            ? []
            : takes === 'words'
              ? [`-xa ${fishQuoted(choices.join(' '))}`]
              : ['-r'];
        return [own, ...names_, ...value, `-d ${fishQuoted(description)}`].join(' ');
      }),
      ...(words.length > 0 ? [`${own} -fa ${fishQuoted(words.join(' '))}`] : []),
    ];
  });
  return `# twelve-factor completion fish > ~/.config/fish/completions/twelve-factor.fish\n${lines.join('\n')}\n`;
}

/** In single quotes, as shells of the Bourne kind want it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
