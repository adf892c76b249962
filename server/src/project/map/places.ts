import {
  DOCUMENTATION_PACKAGES,
  EXAMPLE_PACKAGES,
  TEMPLATE_PACKAGES,
  TEST_PACKAGES,
  TOOL_PACKAGES,
} from '../../vocabulary/package-names';
import type { Vocabulary } from '../../vocabulary/vocabulary';
import { isPublishedLibrary } from './published';
import { atKey, ownName, START, type Statement, type Subject } from './subject';

/** What the folder and the name of a package say. */

/** Does it lie among examples, templates or documentation, in a project that has more than those? */
export function isShown(subject: Subject): boolean {
  return (
    !subject.isCollection &&
    [EXAMPLE_PACKAGES, TEMPLATE_PACKAGES, DOCUMENTATION_PACKAGES].some((words) =>
      subject.folders.some((folder) => isWord(words, folder)),
    )
  );
}

/** A folder above the package, or its own, that is called by a word and nothing else. */
export function inFolder(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  const { folders, isCollection, info } = subject;
  const isShown = words === EXAMPLE_PACKAGES || words === TEMPLATE_PACKAGES;
  if (isCollection && isShown) return undefined;
  const above = folders.slice(0, -1).find((folder) => isWord(words, folder));
  // `packages/testing` may be a library that is published for tests of others; `demo` may be what is deployed.
  const isPublishedForTests = words === TEST_PACKAGES && isPublishedLibrary(subject);
  const own =
    isShown || isPublishedForTests || isAmongExamples(subject) ? undefined : folders.at(-1);
  const found = above ?? (own !== undefined && isWord(words, own) ? own : undefined);
  return found === undefined
    ? undefined
    : { path: info.manifestPath, span: START, says: `in ${what} (${found}/)` };
}

/** `examples/testing` shows how something is tested. */
function isAmongExamples({ folders, isCollection }: Subject): boolean {
  return !isCollection && folders.slice(0, -1).some((folder) => isWord(EXAMPLE_PACKAGES, folder));
}

/** The package's own folder is called by a word and nothing else. */
export function isNamed(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  const { info, isCollection } = subject;
  const name = ownName(subject);
  if (info.dir === '' || isCollection || !isWord(words, name)) return undefined;
  return { ...atKey(subject, 'name'), says: `called ${what}` };
}

/** What a name ends with is what the package is: `api-tests`, but not `test-runner`. */
export function endsWith(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  const isNamedSo =
    words.ends(ownName(subject)) && !isPublishedLibrary(subject) && !isAmongExamples(subject);
  return subject.info.dir !== '' && isNamedSo
    ? { ...atKey(subject, 'name'), says: `called ${what}` }
    : undefined;
}

export function mentions(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  if (subject.info.dir === '' || !words.isIn(ownName(subject))) return undefined;
  return { ...atKey(subject, 'name'), says: `named for ${what}` };
}

/** In the source folder of another package: what that package writes elsewhere. */
export function insideSources({ info, above }: Subject): Statement | undefined {
  const inner = above && above.dir !== '' ? info.dir.slice(above.dir.length + 1) : '';
  return /^(src|lib)\//.test(inner) && info.workspaceRoot === undefined
    ? {
        path: info.manifestPath,
        span: START,
        says: `among the sources of ${above?.name ?? above?.dir ?? ''}`,
      }
    : undefined;
}

/** `_template` and `template` are the same word. */
export function isWord(words: Vocabulary, folder: string): boolean {
  return words.is(folder.replace(/^[^a-z0-9]+/i, ''));
}

/** In a folder of tools, and without a word on how it would be published. */
export function unpublishedTool(subject: Subject): readonly (Statement | undefined)[] {
  const { manifest } = subject.info;
  const ships = manifest['publishConfig'] !== undefined || manifest['files'] !== undefined;
  return ships ? [] : [inFolder(subject, TOOL_PACKAGES, 'a folder of tools')];
}
