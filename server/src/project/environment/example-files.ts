import { query } from '../query';
import { baseName, folderOf, isInside } from '../../base/paths';
import type { Span } from '../../base/span';
import { isTestPath } from '../files/paths';
import { isExampleEnvPath } from '../manifests/environment';
import type { ProjectModel } from '../model';

/** A file that documents the environment: `.env.example` and its relatives, app.json's `env`. */
export interface ExampleFile {
  readonly path: string;
  /** The folder it speaks for. */
  readonly folder: string;
  readonly names: ReadonlyMap<string, Span>;
}

/** The project's own example files, the deepest folder first. */
export const exampleFiles = query('files', (model): readonly ExampleFile[] => {
  const found: ExampleFile[] = [];
  // A pattern like `.env*` ignores the example too, yet it is there: git goes on tracking what was added in spite of a pattern.
  for (const path of [...model.files.paths, ...model.files.ignoredPaths]) {
    if (isTestPath(path) || !/env/i.test(baseName(path))) continue;
    const syntax =
      model.files.kind(path) === 'dotenv' && isExampleEnvPath(path)
        ? model.files.dotenv(path)
        : undefined;
    if (!syntax || syntax.entries.length === 0) continue;
    found.push({
      path,
      folder: folderOf(path),
      names: new Map(syntax.entries.map((entry) => [entry.name, entry.nameSpan])),
    });
  }
  found.sort((a, b) => b.folder.length - a.folder.length || (a.path < b.path ? -1 : 1));
  return found;
});

/** The example files that speak for a module: those of the deepest folder around it that has any. */
export function exampleFilesFor(model: ProjectModel, path: string): readonly ExampleFile[] {
  const around = exampleFiles(model).filter(({ folder }) => isInside(path, folder));
  return around.filter(({ folder }) => folder === around[0]?.folder);
}
