import type { Span } from '../../../base/span';
import { fileEdit, removal } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { removeFromList } from '../../../fixes/code/lists';
import { nodeAround, spanOf } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import type { CommandStep, ProjectModel } from '../../../project/model';

/** The fix `let-exit` for an option of a logger: without `exitOnError: false` it ends the process after a crash. */
export function withoutOptionFix(model: ProjectModel, path: string, value: Span): Fix {
  return {
    id: 'let-exit',
    kind: 'suggest',
    title: 'Let winston exit after an uncaught exception',
    build: () => {
      const syntax = model.files.source(path);
      const property = syntax && nodeAround(syntax, value)?.parent;
      if (!property || !ts().isPropertyAssignment(property)) return undefined;
      const { properties } = property.parent;
      const list = {
        text: syntax.text,
        span: spanOf(property.parent),
        items: properties.map(spanOf),
      };
      return [fileEdit(path, removeFromList(list, properties.indexOf(property)))];
    },
  };
}

/** The same for a flag of node in a start command. */
export function withoutFlagFixes(
  model: ProjectModel,
  step: CommandStep,
  flag: string,
): readonly Fix[] {
  const word = step.words?.find(({ text, literal }) => text === flag && literal);
  const text = word && model.files.text(word.path);
  if (!word || text === undefined) return [];
  return [
    {
      id: 'let-exit',
      kind: 'suggest',
      title: `Start without \`${flag}\``,
      build: () => [fileEdit(word.path, [removalOf(text, word.span)])],
    },
  ];
}

/** A word with the blank behind it; in a list (`["node", "--flag", "server.js"]`) with its quotes and comma. */
function removalOf(text: string, { start, end }: Span): TextEdit {
  const isQuoted = /["']/.test(text[start - 1] ?? '') && text[end] === text[start - 1];
  const from = isQuoted ? start - 1 : start;
  const to = isQuoted ? end + 1 : end;
  const behind = /^\s*,?\s*/.exec(text.slice(to))?.[0] ?? '';
  return removal({ start: from, end: to + behind.length });
}
