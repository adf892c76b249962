import { baseName, folderOf } from '../../../base/paths';
import { applyEdits, combineChanges, fileEdit, removal } from '../../../engine/edits/edits';
import type { FileChange, Fix } from '../../../engine/finding';
import { documentVariable } from '../../../fixes/files/dotenv-edit';
import { addIgnorePatterns } from '../../../fixes/files/lines';
import type { ProjectModel } from '../../../project/model';

/**
 * The fix for a committed env file: git ignores it from now on, and an example without values documents its variables. What
 * is tracked already stays so until `git rm --cached`, and the history keeps it: the title says so.
 */
export function ignoreEnvFileFix(model: ProjectModel, path: string): Fix {
  return {
    id: 'ignore-env-file',
    kind: 'suggest',
    title: `Ignore ${baseName(path)} and document its variables (then git rm --cached it, and rotate the values: the history keeps them)`,
    build: () => {
      const example = exampleFor(model, path);
      return example && combineChanges(ignoreIt(model, path), example);
    },
  };
}

/** In the nearest .gitignore above, by the file's name. */
function ignoreIt(model: ProjectModel, path: string): FileChange[] {
  const folders = folderOf(path).split('/').filter(Boolean);
  const ignoreFiles = folders.map(
    (_, index) => `${folders.slice(0, folders.length - index).join('/')}/.gitignore`,
  );
  const nearest = ignoreFiles.find((file) => model.files.has(file)) ?? '.gitignore';
  return addIgnorePatterns(model, nearest, [baseName(path)]);
}

function exampleFor(model: ProjectModel, path: string): FileChange[] | undefined {
  const syntax = model.files.dotenv(path);
  if (!syntax) return undefined;
  const folder = folderOf(path);
  const name = baseName(path);
  const example = `${folder === '' ? '' : `${folder}/`}${/^\.env/.test(name) ? '.env.example' : `${name}.example`}`;
  const known = model.files.dotenv(example);
  if (known) {
    const edits = syntax.entries.flatMap((entry) => documentVariable(known, entry.name, ''));
    return edits.length > 0 ? [fileEdit(example, edits)] : [];
  }
  // Comments and order stay; a value that is commented out is one all the same.
  const text = applyEdits(
    syntax.text,
    syntax.entries
      .filter(({ valueSpan }) => valueSpan.end > valueSpan.start)
      .map(({ valueSpan }) => removal(valueSpan)),
  );
  const placeholders = text.replace(/(?<![ \t])[ \t]+(?=\r?$)/gm, '');
  return [{ kind: 'create', path: example, text: placeholders }];
}
