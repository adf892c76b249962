import { queryEach } from '../../project/query';
import { ts } from '../../languages/source/ts';
import type * as TypeScript from 'typescript';
import type { SourceSyntax } from '../../languages/source/syntax';
import type { ModuleInfo, ProjectModel } from '../../project/model';
import { exportOf } from '../code/require-helper';
import { configObjects, type ConfigObject } from './config-shapes';

/** The module of a package that its settings come from. */
export interface ConfigModule extends ConfigObject {
  readonly path: string;
  /** What it is exported as: `default` or a name. */
  readonly exported: string;
}

/**
 * The one module of a package that exports its settings: an env schema (zod, envalid, joi, convict, @t3-oss/env, env-var), or a
 * plain object with most of the package's environment reads.
 * @param path a file of the package
 * @returns undefined when there is none, or several
 */
export const configModule = queryEach(
  'model',
  (path: string, model): ConfigModule | undefined => findConfigModule(model, path),
  (path, model) => model.packageOf(path)?.dir ?? '',
);

function findConfigModule(model: ProjectModel, path: string): ConfigModule | undefined {
  const owner = model.packageOf(path);
  const reads = readsByModule(model, owner);
  const total = [...reads.values()].reduce((sum, count) => sum + count, 0);
  const candidates: ConfigModule[] = [];
  for (const [other, module] of model.modules) {
    if (model.packageOf(other) !== owner || !mayHoldSettings(module.roles)) continue;
    const text = model.files.text(other) ?? '';
    if (!/\bprocess\.env\b|\benv-var\b|\benv-schema\b|\bconvict\b|\bcreateEnv\(/.test(text))
      continue;
    const share = (reads.get(other) ?? 0) / Math.max(1, total);
    const isMain = (CONFIG_FILE.test(`/${other}`) && share >= 0.25) || share >= 0.6;
    // Parsing every module that reads a variable would take as long as all judging.
    if (!isMain && !module.imports.some(({ specifier }) => SCHEMA_LIBRARY.test(specifier)))
      continue;
    const syntax = model.files.source(other);
    if (!syntax || syntax.embedded) continue;
    for (const object of configObjects(syntax)) {
      const exported = exportedAs(syntax, object);
      if (exported === undefined) continue;
      const isSchema = object.shape.kind !== 'object';
      if (isSchema || (isMain && isFlatAndWhole(object.object, text)))
        candidates.push({ ...object, path: other, exported });
    }
  }
  return chosen(candidates);
}

/** The one that new settings go to: a schema before a plain object; undefined where there are several. */
function chosen(candidates: readonly ConfigModule[]): ConfigModule | undefined {
  const schemas = candidates.filter(({ shape }) => shape.kind !== 'object');
  const choice = schemas.length > 0 ? schemas : candidates;
  // The values as checked, and an object that picks from them: people read the object.
  const paths = new Set(choice.map(({ path }) => path));
  const picked = choice.filter(({ shape }) => shape.kind === 'schema' && shape.values);
  return paths.size === 1 && picked.length === 1
    ? picked[0]
    : choice.length === 1
      ? choice[0]
      : undefined;
}

/** How many times each module of a package reads the environment. */
function readsByModule(
  model: ProjectModel,
  owner: ReturnType<ProjectModel['packageOf']>,
): Map<string, number> {
  const reads = new Map<string, number>();
  for (const variable of model.environment.values()) {
    for (const { path } of variable.reads)
      if (model.packageOf(path) === owner) reads.set(path, (reads.get(path) ?? 0) + 1);
  }
  return reads;
}

function mayHoldSettings(roles: ModuleInfo['roles']): boolean {
  if (roles.has('test') || roles.has('browser')) return false;
  return roles.size !== 1 || !roles.has('build');
}

const SCHEMA_LIBRARY =
  /^(?:zod|envalid|joi|@hapi\/joi|convict|env-var|env-schema)$|^zod\/|^@t3-oss\/env-/;

/** Files that are named for holding the settings; `config/passport.js` configures something else. */
const CONFIG_FILE =
  /\/(config|configuration|env|environment|settings|constants|vars|secrets)(\/(index|all|default|app|application|common|vars|env|main|server))?\.[cm]?[jt]s$/i;

/** Does the object hold most of what its file reads, some of it directly, not in groups only? */
function isFlatAndWhole(object: TypeScript.ObjectLiteralExpression, text: string): boolean {
  const api = ts();
  const count = (part: string): number =>
    part.match(/\bprocess\.env\b|['"][A-Z][A-Z0-9]*_[A-Z0-9_]+['"]/g)?.length ?? 0;
  const hasScalar = object.properties.some(
    (one) =>
      api.isShorthandPropertyAssignment(one) ||
      (api.isPropertyAssignment(one) && !api.isObjectLiteralExpression(one.initializer)),
  );
  return hasScalar && count(object.getText()) * 2 >= count(text);
}

function exportedAs(
  syntax: SourceSyntax,
  { variable, declaration }: ConfigObject,
): string | undefined {
  if (variable === undefined || !declaration) return 'default';
  const api = ts();
  const statement = declaration.parent.parent;
  const isExported =
    api.isVariableStatement(statement) &&
    api.getModifiers(statement)?.some((one) => one.kind === api.SyntaxKind.ExportKeyword) === true;
  return isExported ? variable : exportOf(syntax, variable);
}
