import type { Value } from '../../base/value';
import { possibleValues, readsEnvironment, textWithHoles } from '../../base/values';
import { canonicalName } from '../facts/canonical';

const JOINS: ReadonlySet<string> = new Set([
  'path.join',
  'path.resolve',
  'path.posix.join',
  'path.posix.resolve',
  'path/posix.join',
  'path/posix.resolve',
]);

/**
 * The text of a file path with `${…}` for what is not known, looking through `path.join`, `path.resolve`, `new URL(x, base)` and
 * template parts. A default behind the environment counts: it is where the file goes unless somebody says otherwise.
 * @param value a resolved value
 * @returns undefined for values that are no paths as far as can be seen
 */
export function fileText(value: Value): string | undefined {
  const texts = possibleValues(value).map(textOf);
  return (
    texts.find((text) => text !== undefined && text !== HOLE) ??
    texts.find((text) => text !== undefined)
  );
}

const HOLE = '${…}';

function textOf(value: Value): string | undefined {
  if (value.kind === 'call') {
    const name = canonicalName(value.callee) ?? '';
    if (JOINS.has(name)) return value.args.map((part) => fileText(part) ?? HOLE).join('/');
    if (name === 'url.fileURLToPath' || name === 'path.normalize')
      return value.args[0] && fileText(value.args[0]);
    return undefined;
  }
  if (value.kind === 'env') return HOLE;
  if (value.kind === 'template') return value.parts.map((part) => fileText(part) ?? HOLE).join('');
  return textWithHoles(value);
}

/** Does the environment decide the whole path, with no literal folder or name in front of it? */
export function isFileFromEnvironment(value: Value): boolean {
  const [first] = possibleValues(value);
  return first?.kind === 'env' && readsEnvironment(value);
}

/** The standard streams under their names as files, and their descriptors. */
export function isStandardStream(value: Value): boolean {
  return possibleValues(value).some((option) => {
    if (option.kind === 'literal')
      return (
        option.value === 1 ||
        option.value === 2 ||
        (typeof option.value === 'string' && /^\/(dev|proc)\//.test(option.value))
      );
    return /^process\.(stdout|stderr)\b/.test(canonicalName(option) ?? '');
  });
}

const LOG_FILE =
  /\.logs?(?:[.$]|$)|(?:^|[^a-zA-Z])(?:logs?)(?:[^a-z]|$)|(?:^|[a-z])(?<!change)(?<!Change)Logs?\.\w+$|^(?:error|errors|access|request|requests|server|app|debug|combined|audit|event)_?logs?\b/;
const LOG_FOLDER = /^\.?(?:\w+[-_])?(?:logs?|Logs?)$/;

/** Does a path look like that of a log: `*.log`, `logs/…`, `error-log.txt`, `reqLog.txt`? */
export function isLogFile(text: string): boolean {
  const parts = text.split(/[/\\]/).filter((part) => part !== '');
  const name = parts.pop() ?? '';
  return LOG_FILE.test(name) || parts.some((part) => LOG_FOLDER.test(part));
}
