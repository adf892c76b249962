import { expect } from 'vitest';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import { logToStdoutFix } from '../../server/src/fixes/logs/log-to-stdout';
import { typeErrors } from '../helpers/type-check';
import { applyChanges, project, spanIn, syntaxErrorsOf, type Files } from './harness';

/**
 * Applies the fix to all places at once and checks that what comes out parses and type-checks.
 * @param texts what the fixes are asked for, as it stands in `text`
 * @returns the files; undefined when a fix had to be dropped
 */
export async function toStdout(
  library: string,
  texts: readonly string[],
  text: string,
  path = 'src/log.ts',
  more: Files = {},
): Promise<Record<string, string> | undefined> {
  const files: Files = { 'package.json': '{ "name": "app" }\n', [path]: text, ...more };
  const model = await project(files);
  const fixes = texts.map((part) =>
    logToStdoutFix({ model, path, span: spanIn(text, part), library }),
  );
  const { changes, dropped } = mergeFixes(fixes);
  if (dropped.length > 0) return undefined;
  const fixed = applyChanges(files, changes);
  expect(syntaxErrorsOf(fixed[path] ?? '', path)).toEqual([]);
  expect(typeErrors({ app: { [path]: fixed[path] ?? '' } })['app']).toEqual([]);
  return fixed;
}

/** The one file, with the fix applied to one place. */
export async function one(
  library: string,
  part: string,
  text: string,
  path = 'src/log.ts',
): Promise<string | undefined> {
  return (await toStdout(library, [part], text, path))?.[path];
}
