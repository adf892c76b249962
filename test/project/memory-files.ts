import { parseSource } from '../../server/src/languages/source/parse';
import type { ProjectFiles } from '../../server/src/project/files/files';
import { createProjectFiles } from '../../server/src/project/files/project-files';

/** A snapshot of files given as texts (objects are written as JSON); source files need `loadTypeScript()` first. */
export function filesOf(
  contents: Readonly<Record<string, string | object>>,
  ignored: readonly string[] = [],
): ProjectFiles {
  const texts = new Map(
    Object.entries(contents).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    ]),
  );
  return createProjectFiles(
    {
      paths: [...texts.keys()].filter((path) => !ignored.includes(path)),
      ignoredPaths: ignored,
      text: (path) => texts.get(path),
    },
    (path) => parseSource(path, texts.get(path) ?? ''),
  );
}
