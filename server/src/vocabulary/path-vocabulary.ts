import { wordsOf, type WordGroup } from './vocabulary';

/** Words of paths, by the place in which they mean it; underscores around the name of a folder mean nothing (`__tests__`). */
export interface PathWords {
  /** Whole names of folders: `e2e` in `apps/e2e/login.ts`. A dot at their beginning counts: `.next` is not `next`. */
  readonly folders?: readonly WordGroup[];
  /** Last words of source files, after `.`, `-` or `_`: `test` in `order.test.ts` and `order_test.js`. */
  readonly endings?: readonly WordGroup[];
  /** The same after a dot alone, where the word is one of everyday names, too: `min` in `app.min.js`. */
  readonly dotted?: readonly WordGroup[];
  /** First words of source files: `jest` in `jest.config.js`, `.jestrc.js` and `jestSetup.js`, but not in `jester.js`. */
  readonly tools?: readonly WordGroup[];
  /** Whole names of source files without their extension: `setup-tests` in `src/setupTests.ts`. */
  readonly files?: readonly WordGroup[];
}

/** A list of words that paths are asked for. */
export interface PathVocabulary {
  /** The lists it was made of; to make a wider vocabulary from several. */
  readonly words: PathWords;
  /** Is one of the words in the path, in its place? */
  isIn(path: string): boolean;
}

/**
 * Makes a vocabulary of paths. Two patterns: asked for every file of a project, it splits no path into words.
 * @throws Error for a word that could never match or stands twice in its place
 */
export function pathVocabulary(words: PathWords): PathVocabulary {
  const { folders = [], endings = [], dotted = [], tools = [], files = [] } = words;
  const source = '\\.[cm]?[jt]sx?$';
  const inAnyCase = alternatives([
    [`(?:^|/)_*(?:${spelled(folders)})_*/`, folders],
    [`[._-](?:${spelled(endings)})${source}`, endings],
    [`\\.(?:${spelled(dotted)})${source}`, dotted],
    [`(?:^|/)(?:${spelled(files)})${source}`, files],
  ]);
  // In the case it is written in: a hump ends a word.
  const byHumps = alternatives([
    [`(?:^|/)\\.?(?:${humped(tools)})(?:rc)?(?![a-z])[\\w.-]*${source}`, tools],
  ]);
  const any = inAnyCase === '' ? undefined : new RegExp(inAnyCase, 'i');
  const first = byHumps === '' ? undefined : new RegExp(byHumps);
  return {
    words,
    isIn: (path) => any?.test(path) === true || first?.test(path) === true,
  };
}

function alternatives(
  patterns: readonly (readonly [pattern: string, groups: readonly WordGroup[]])[],
): string {
  return patterns.flatMap(([pattern, groups]) => (groups.length > 0 ? pattern : [])).join('|');
}

function spelled(groups: readonly WordGroup[]): string {
  return wordsOf(groups)
    .map((word) => word.replace('.', '\\.').replaceAll('-', '[-_.]?'))
    .join('|');
}

/** Each part of a phrase with or without a capital: `[sS]etup[-_.]?[pP]roxy`. */
function humped(groups: readonly WordGroup[]): string {
  return wordsOf(groups)
    .map((word) =>
      word
        .split('-')
        .map((part) => part.replace(/^[a-z]/, (letter) => `[${letter}${letter.toUpperCase()}]`))
        .join('[-_.]?'),
    )
    .join('|');
}
