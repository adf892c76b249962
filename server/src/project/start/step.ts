import type { Span } from '../../base/span';
import { sourceSpan } from '../../languages/mapped-text';
import type { CommandStep } from '../model';
import type { Scope, Word } from './scope';

/**
 * A simple command as a step of what runs.
 * @param span where the whole command stands in `scope.path`; undefined: where its words stand
 * @param argv what is run, where it is not what the words say
 */
export function makeStep(
  words: readonly Word[],
  scope: Scope,
  span: Span | undefined,
  argv: readonly string[] = words.map((word) => word.text),
): CommandStep {
  const [program] = words;
  // A program handed in from elsewhere (`exec "$@"` with the image's CMD) is changed there.
  const elsewhere = program && program.path !== scope.path;
  const path = elsewhere ? program.path : scope.path;
  return {
    assignments: scope.assignments,
    argv,
    wrappers: scope.wrappers,
    redirects: scope.redirects.map(({ path: file, ...redirect }) =>
      file === path ? redirect : { ...redirect, path: file },
    ),
    joint: scope.joint,
    path,
    span: elsewhere || !span ? spanOf(words.filter((word) => word.path === path)) : span,
    via: scope.via,
    hook: scope.hook,
    words: words.map((word) => ({
      text: word.text,
      path: word.path,
      span: wordSpan(word),
      literal: word.literal,
      locations: /^-|^\w+:\/\//.test(word.text) ? [] : scope.place.locate(word.text),
    })),
    ...(scope.place.folder === undefined ? {} : { folder: scope.place.folder }),
    conditional: scope.conditional,
    ...(scope.construct === undefined ? {} : { construct: scope.construct }),
    background: scope.background,
  };
}

function wordSpan(word: Word): Span {
  return sourceSpan(word.mapped, 0, word.mapped.text.length);
}

function spanOf(words: readonly Word[]): Span {
  const spans = words.map(wordSpan);
  const [first] = spans;
  if (!first) return { start: 0, end: 0 };
  return {
    start: Math.min(...spans.map((span) => span.start)),
    end: Math.max(...spans.map((span) => span.end)),
  };
}
