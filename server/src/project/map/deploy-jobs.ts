import type { ProjectFiles } from '../files/files';
import { ciJobs } from '../manifests/ci';
import { isDeployStep } from '../manifests/ci-purpose';
import type { PackageInfo } from '../model';
import type { Statement } from './subject';

/**
 * Where jobs of continuous integration that deploy something name the folder of a package. Jobs that publish packages to a
 * registry deploy nothing.
 * @returns by the package's folder
 */
export function deployJobs(
  files: ProjectFiles,
  packages: readonly PackageInfo[],
): ReadonlyMap<string, readonly Statement[]> {
  const found = new Map<string, Statement[]>();
  const dirs = packages.filter(({ dir }) => dir !== '').map(({ dir }) => dir);
  if (dirs.length === 0) return found;
  for (const { path, purpose, name, steps } of ciJobs(files)) {
    if (purpose !== 'deploy') continue;
    const texts = steps
      .filter(isDeployStep)
      .flatMap(({ run, inputs, folder, span }) =>
        [run?.value, folder, ...inputs.map((input) => input.value)].flatMap((text) =>
          text === undefined ? [] : { text, span },
        ),
      );
    for (const dir of dirs) {
      const named = texts.find(({ text }) => names(text, dir));
      if (!named) continue;
      const list = found.get(dir) ?? [];
      found.set(dir, list);
      list.push({ path, span: named.span, says: `the job ${name} deploys it` });
    }
  }
  return found;
}

/** Does a text name a folder, and not one below or beside it? */
function names(text: string, dir: string): boolean {
  for (let at = text.indexOf(dir); at !== -1; at = text.indexOf(dir, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + dir.length] ?? ' ';
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
