import type { ProjectModel } from '../../project/model';

/**
 * Where a package that has several modules gets a new one that several of them are to use: in the folder that it has for such.
 * @param path a module that will use it; decides about the language
 * @param name of the new file, without extension
 * @returns undefined in a package of one module, and where the file is there already
 */
export function sharedModule(model: ProjectModel, path: string, name: string): string | undefined {
  const owner = model.packageOf(path);
  const extension = /\.[cm]?[jt]s$/.exec(path.replace(/x$/, ''))?.[0];
  const modules = [...model.modules].filter(
    ([other, { roles }]) =>
      model.packageOf(other) === owner && !roles.has('test') && !roles.has('build'),
  );
  if (extension === undefined || modules.length < 2) return undefined;
  const folder = owner && owner.dir !== '' ? `${owner.dir}/` : '';
  const first = /^[^/]+\//.exec(path.slice(folder.length))?.[0] ?? '';
  const root = folder + first;
  const shared = SHARED.find((one) =>
    modules.some(([other]) => other.startsWith(`${root}${one}/`)),
  );
  const file = `${root}${shared === undefined ? '' : `${shared}/`}${name}${extension}`;
  return model.files.has(file) ? undefined : file;
}

/** Folders that hold what many modules use, the fittest first. */
const SHARED = ['config', 'lib', 'utils', 'util', 'helpers', 'common', 'shared'] as const;
