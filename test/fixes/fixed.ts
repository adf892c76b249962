import { expect } from 'vitest';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import type { Fix } from '../../server/src/engine/finding';
import type { EnvironmentFixRequest } from '../../server/src/fixes/environment/environment-fixes';
import { typeErrors } from '../helpers/type-check';
import {
  applyChanges,
  project,
  spanIn,
  syntaxErrorsOf,
  type Files,
  type ProjectOptions,
} from './harness';

type Make = (request: EnvironmentFixRequest) => readonly Fix[];
/** A literal of a file, and what is said of it. */
export type Part = Partial<Omit<EnvironmentFixRequest, 'model' | 'span'>> & {
  readonly part: string;
};

/** Applies the fixes with an id for several literals in one batch; answers the files that changed. */
export async function fix(
  files: Files,
  make: Make,
  id: string,
  parts: readonly Part[],
  options: ProjectOptions = {},
): Promise<Record<string, string>> {
  const model = await project(files, options);
  const fixes = parts.flatMap(({ part, ...rest }) => {
    const path = rest.path ?? 'src/server.ts';
    const span = spanIn(files[path] ?? '', part);
    return make({ model, span, kind: 'url', subject: 'the URL', ...rest, path }).filter(
      (one) => one.id === id,
    );
  });
  const { changes, dropped } = mergeFixes(fixes);
  if (dropped.length > 0) return { dropped: dropped.join() };
  const all = applyChanges(files, changes);
  const changed = Object.fromEntries(
    Object.entries(all).filter(([path, text]) => files[path] !== text),
  );
  for (const [path, text] of Object.entries(changed)) {
    if (/\.[jt]s$/.test(path)) expect(syntaxErrorsOf(text, path), path).toEqual([]);
  }
  expect(typeErrors({ app: all })['app']).toEqual([]);
  return changed;
}
