import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { sourceSpan, type MappedText } from '../../../languages/mapped-text';
import { parseShellSyntax } from '../../../languages/shell';
import type { ManifestCommand } from '../../../project/manifests/scalars';
import { commandSecrets, type CommandSecret } from './command-secrets';

/** A credential on a command line, with the place of its word in the file. */
export interface PlacedSecret extends CommandSecret {
  readonly span: Span;
}

/** The credentials on the command lines of a shell text. */
export function shellSecrets(text: MappedText): readonly PlacedSecret[] {
  const { commands } = parseShellSyntax(text.text);
  return commands.flatMap(({ words }) => {
    const found = commandSecrets(words.map((word) => word.text));
    return found.flatMap((secret) => {
      const word = words[secret.index];
      return word ? [{ ...secret, span: sourceSpan(text, word.span.start, word.span.end) }] : [];
    });
  });
}

/** The credentials on the command line of a manifest: words, a text, or words that hand a text to a shell. */
export function manifestCommandSecrets(
  command: ManifestCommand | undefined,
): readonly PlacedSecret[] {
  if (!command) return [];
  if (command.form === 'shell') return command.text ? shellSecrets(command.text) : [];
  const { words } = command;
  const script = words.findIndex(({ value }) => /^(?:CMD-SHELL|-l?c)$/.test(value));
  const text = script < 0 ? undefined : words[script + 1];
  if (text) return shellSecrets(text.mapped);
  const argv = words
    .map(({ value }) => value)
    .filter((value, index) => index > 0 || value !== 'CMD');
  const shift = words.length - argv.length;
  return commandSecrets(argv).flatMap((secret) => {
    const word = words[secret.index + shift];
    return word ? [{ ...secret, span: word.span }] : [];
  });
}

/** The credentials on a command line that code puts together: a text for a shell, or a program and its arguments. */
export function spawnedSecrets(
  command: Value | undefined,
  args: Value | undefined,
): readonly CommandSecret[] {
  if (!command) return [];
  const text = textOf(command);
  if (args?.kind === 'array') {
    const words = [text ?? '', ...args.items.map((item) => textOf(item) ?? '$VALUE')];
    const script = words.findIndex((word) => /^-l?c$/.test(word));
    if (script < 0) return commandSecrets(words);
    return secretsOfText(words[script + 1] ?? '');
  }
  return text === undefined ? [] : secretsOfText(text);
}

function secretsOfText(text: string): readonly CommandSecret[] {
  return parseShellSyntax(text).commands.flatMap(({ words }) =>
    commandSecrets(words.map((word) => word.text)),
  );
}

/** What is not known stands as a variable; a known part as itself. */
function textOf(value: Value): string | undefined {
  if (value.kind === 'literal') return typeof value.value === 'string' ? value.value : undefined;
  if (value.kind !== 'template') return undefined;
  return value.parts
    .map((part) => (part.kind === 'literal' ? String(part.value) : '${VALUE}'))
    .join('');
}
