import type * as TypeScript from 'typescript';
import { isInside } from '../../../base/paths';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../model';
import { query } from '../../query';
import { DECLARED_BY_NODE, DECLARED_BY_TYPES } from '../../../vocabulary/variables';
import type { Place } from './place';

/** The interfaces that a project adds its variables to, and where each has to stand for that. */
const INTERFACES: Readonly<Record<string, RegExp>> = {
  ProcessEnv: /^NodeJS$/,
  ImportMetaEnv: /^(global)?$/,
  Env: /^bun$/,
};
const MAY_DECLARE = /\binterface\s+(?:ProcessEnv|ImportMetaEnv|Env)\b/;

/** The members of `NodeJS.ProcessEnv`, `ImportMetaEnv` and Bun's `Env` that a source file declares. */
export function typePlaces(path: string, { files }: Pick<ProjectModel, 'files'>): readonly Place[] {
  if (!MAY_DECLARE.test(files.text(path) ?? '')) return [];
  const tree = files.source(path)?.sourceFile;
  if (!tree) return [];
  const api = ts();
  const places: Place[] = [];
  const visit = (node: TypeScript.Node, within: string): void => {
    if (api.isModuleDeclaration(node)) {
      const { body } = node;
      if (body) visit(body, node.name.text);
    } else if (api.isModuleBlock(node)) {
      for (const statement of node.statements) visit(statement, within);
    } else if (api.isInterfaceDeclaration(node) && INTERFACES[node.name.text]?.test(within)) {
      places.push(...node.members.flatMap((member) => placeOf(member, path, tree)));
    }
  };
  for (const statement of tree.statements) visit(statement, '');
  return places;
}

function placeOf(
  { name: node }: TypeScript.TypeElement,
  path: string,
  tree: TypeScript.SourceFile,
): readonly Place[] {
  const api = ts();
  if (!node || !(api.isIdentifier(node) || api.isStringLiteral(node))) return [];
  const quote = api.isStringLiteral(node) ? 1 : 0;
  const span = { start: node.getStart(tree) + quote, end: node.end - quote };
  return [{ name: node.text, path, span, kind: 'type', form: 'name', isProperty: true }];
}

/** Files that declare variables as members of a type, with the names. */
const declarations = query('files', (model) =>
  model.files.paths.flatMap((path) => {
    if (model.files.kind(path) !== 'source') return [];
    const names = typePlaces(path, model).map(({ name }) => name);
    return names.length > 0 ? [{ path, names: new Set(names) }] : [];
  }),
);

/** The names of variables that TypeScript knows in a file: what its package, or one around it, declares, or types it depends on. */
export function typedNames(path: string, model: ProjectModel): ReadonlySet<string> {
  const around = declarations(model).filter((declared) =>
    isInside(path, model.packageOf(declared.path)?.dir ?? ''),
  );
  const owner = model.packageOf(path);
  const isInstalled = (name: string): boolean =>
    owner?.dependencies.has(name) === true || owner?.workspaceRoot?.dependencies.has(name) === true;
  const given = DECLARED_BY_TYPES.flatMap(([packageName, names]) =>
    isInstalled(packageName) ? names.split(' ') : [],
  );
  return new Set([DECLARED_BY_NODE, ...given, ...around.flatMap(({ names }) => [...names])]);
}
