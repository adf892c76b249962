import type { Span } from '../../../base/span';
import { sourceSpan, type MappedText } from '../../../languages/mapped-text';
import {
  parseShellSyntax,
  shellWordText,
  throughText,
  type ShellCommand,
  type ShellSyntax,
} from '../../../languages/shell';
import type { Project, Scope, Word } from '../scope';

/** The same script is expanded wherever it is called; its text is parsed once per project. */
const parsedTexts = new WeakMap<Project, Map<string, ShellSyntax>>();

/** A shell text, parsed. */
export function shellSyntax(project: Project, text: string): ShellSyntax {
  let texts = parsedTexts.get(project);
  if (!texts) parsedTexts.set(project, (texts = new Map<string, ShellSyntax>()));
  const known = texts.get(text);
  if (known) return known;
  const syntax = parseShellSyntax(text);
  texts.set(text, syntax);
  return syntax;
}

/** The words of a command, with what `"$@"` and `$1` stand for put in. */
export function shellWords(
  syntax: ShellSyntax,
  command: ShellCommand,
  text: MappedText,
  scope: Scope,
): Word[] {
  return command.words.flatMap((word): Word[] => {
    const { positional } = scope;
    if (positional && (word.text === '$@' || word.text === '$*' || word.text === '${@}'))
      return [...positional];
    const number = /^\$\{?([1-9])\}?$/.exec(word.text);
    const given = number && positional?.[Number(number[1]) - 1];
    if (given) return [given];
    return [
      {
        text: word.text,
        literal: word.literal,
        path: scope.path,
        mapped: throughText(text, shellWordText(syntax, word)),
      },
    ];
  });
}

/** `OUTPUT=$(mysql …)` and `if $(mysql …)` run mysql; in `node $(which x)` node is what matters. */
export function isAssignedFrom(syntax: ShellSyntax, index: number): boolean {
  const outer = syntax.commands.slice(index).find((command) => !command.substituted);
  const [only, ...more] = outer?.words ?? [];
  return outer !== undefined && (!only || (more.length === 0 && /^\$\(.*\)$/s.test(only.text)));
}

/** The redirects of a command, with their places in a file. */
export function redirectsOf(
  command: ShellCommand,
  text: MappedText,
  path: string,
): Scope['redirects'] {
  return command.redirects.map(({ operator, target, span }) => ({
    operator,
    target,
    span: spanIn(text, span),
    path,
  }));
}

/** What `export NAME=value` sets, by name. */
export function exportedBy(words: readonly Word[]): Record<string, string> {
  return Object.fromEntries(
    words.slice(1).flatMap((word) => {
      const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(word.text);
      return match ? [[match[1] ?? '', (match[2] ?? '').trim()] as const] : [];
    }),
  );
}

/** Where a part of a shell text stands in the file the text comes from. */
export function spanIn(text: MappedText, span: Span): Span {
  return sourceSpan(text, span.start, span.end);
}
