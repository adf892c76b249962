import { FILE_KINDS, isOfPaths } from './file-kinds';

/**
 * Globs of all files that are read by their names, as VS Code and the protocol write them: one for everything that a name
 * decides, one for each folder that decides. Editors tell upper from lower case where the table does not, hence the classes.
 */
export function documentGlobs(): string[] {
  const names = FILE_KINDS.flatMap(({ names: exact = [], extensions = [], globs = [] }) => [
    ...exact,
    ...extensions.map((extension) => `*.${extension}`),
    ...globs.filter((glob) => !isOfPaths(glob)),
  ]);
  const paths = FILE_KINDS.flatMap(({ globs = [] }) => globs.filter(isOfPaths));
  return [`{${names.join(',')}}`, ...paths].map((glob) => `**/${inAnyCase(glob)}`);
}

/** VS Code's names of the languages that scripts without extension are written in: no glob is about names without a dot. */
export function scriptLanguages(): string[] {
  return FILE_KINDS.flatMap(({ script }) => script?.languages ?? []);
}

/**
 * VS Code's activation events. Names of files are exact: VS Code looks up a name, and searches the whole workspace for a glob,
 * however short, for up to seven seconds.
 */
export function activationEvents(): string[] {
  return [
    ...FILE_KINDS.flatMap(({ activation }) => activation?.names ?? []).map(
      (name) => `workspaceContains:${name}`,
    ),
    ...FILE_KINDS.flatMap(({ activation }) => activation?.languages ?? []).map(
      (language) => `onLanguage:${language}`,
    ),
  ];
}

function inAnyCase(glob: string): string {
  return glob.replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}
