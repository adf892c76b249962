import type * as TypeScript from 'typescript';
import { combineChanges, fileEdit } from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import { ancestor } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { queryEach } from '../../project/query';
import { importBindings } from '../code/import-bindings';
import { staticName, topLevelStatement, visit } from '../code/nodes';
import { styleIn } from '../code/package-style';
import { addTypeMember, aliasedType } from '../code/type-members';
import { configEntry, INFERRED, settingOf } from './config-entry';
import type { ConfigModule } from './config-module';
import { resolveSite, type EnvironmentSite } from './environment';
import { jsonSchema, literalOf, property, scopeOf, type SchemaShape } from './schema-shapes';

/** Where a package hands the schema of its environment to Fastify: `app.register(fastifyEnv, { schema })`. */
interface FastifyEnvironment {
  readonly path: string;
  readonly syntax: SourceSyntax;
  readonly call: TypeScript.CallExpression;
  /** What the plugin is registered with, as code: `app`. */
  readonly server: string;
  readonly shape: SchemaShape;
  /** The property of the server that holds the values. */
  readonly key: string;
}

const PACKAGE = /^(?:@fastify\/env|fastify-env)$/;

const fastifyEnvironment = queryEach(
  'model',
  (path: string, model): FastifyEnvironment | undefined => {
    const owner = model.packageOf(path);
    for (const [other, { imports }] of model.modules) {
      if (model.packageOf(other) !== owner) continue;
      if (!imports.some(({ specifier }) => PACKAGE.test(specifier))) continue;
      const syntax = model.files.source(other);
      const found = syntax && registration(syntax);
      if (found) return { ...found, path: other, syntax };
    }
    return undefined;
  },
  (path, model) => model.packageOf(path)?.dir ?? '',
);

function registration(
  syntax: SourceSyntax,
): Pick<FastifyEnvironment, 'call' | 'server' | 'shape' | 'key'> | undefined {
  const api = ts();
  const plugin = importBindings(syntax).find(({ specifier }) => PACKAGE.test(specifier))?.local;
  let call: TypeScript.CallExpression | undefined;
  visit(syntax.sourceFile, (node) => {
    if (api.isCallExpression(node) && node.arguments[0]?.getText() === plugin) call ??= node;
    return !call;
  });
  if (!call || !api.isPropertyAccessExpression(call.expression)) return undefined;
  const { expression: server, name } = call.expression;
  if (name.text !== 'register' || !api.isIdentifier(server)) return undefined;
  const scope = scopeOf(syntax, [...syntax.sourceFile.statements, ...statementsAround(call)]);
  const options = literalOf(scope, call.arguments[1]);
  const shape = options && jsonSchema(scope, property(options, 'schema'));
  if (!shape) return undefined;
  const named = property(options, 'confKey');
  const key = named && api.isStringLiteralLike(named) ? named.text : named ? undefined : 'config';
  return key === undefined ? undefined : { call, server: server.text, shape, key };
}

/** The statements of the function that holds a node. */
function statementsAround(node: TypeScript.Node): readonly TypeScript.Statement[] {
  const body = functionAround(node)?.body;
  return body && ts().isBlock(body) ? body.statements : [];
}

function functionAround(node: TypeScript.Node): TypeScript.FunctionLikeDeclaration | undefined {
  const api = ts();
  return ancestor(
    node,
    (one): one is TypeScript.FunctionLikeDeclaration =>
      api.isArrowFunction(one) ||
      api.isFunctionExpression(one) ||
      api.isFunctionDeclaration(one) ||
      api.isMethodDeclaration(one),
  );
}

/**
 * Adds the variable to the schema that Fastify's plugin checks the environment by, and reads it from the server.
 * @returns undefined where the code cannot reach a server that has the values
 */
export function readFromFastifyEnvironment(
  site: EnvironmentSite,
  need: 'default' | 'required',
): FileChange[] | undefined {
  const { model, path } = site;
  const resolved = resolveSite(site);
  if (resolved?.access.prefix !== '' || site.form !== undefined) return undefined;
  const known = fastifyEnvironment(path, model);
  const { placement } = resolved;
  const server = known && serverAt(known, path, placement.node);
  if (!known || server === undefined) return undefined;
  const module: ConfigModule = {
    ...{ shape: known.shape, object: known.shape.schema, path: known.path },
    ...{ exported: 'default', variable: undefined, declaration: undefined },
  };
  const entry = configEntry(model, module, settingOf(site, resolved, need));
  const typed =
    entry && entry.edits.length > 0 ? declared(model, known, site.name, resolved.valueType) : [];
  return (
    entry &&
    typed &&
    combineChanges([fileEdit(known.path, entry.edits)], typed, [
      fileEdit(path, [
        placement.put(`${server}.${known.key}.${entry.key}${resolved.suffix}`, 'primary'),
      ]),
    ])
  );
}

/** How code reaches a server whose values are there by the time that it runs. */
function serverAt(
  { path, call, server }: FastifyEnvironment,
  from: string,
  node: TypeScript.Node,
): string | undefined {
  const api = ts();
  if (from === path) {
    const own = functionAround(call);
    const around = functionAround(node);
    if (around !== own) return isWithin(node, own) ? server : undefined;
    const isAwaited = api.isAwaitExpression(call.parent);
    return isAwaited && node.getStart() > call.end ? server : undefined;
  }
  // A plugin: the instance is what it is given.
  for (let fn = functionAround(node); fn; fn = functionAround(fn)) {
    const [first] = fn.parameters;
    const name = first && staticName(first.name);
    if (name === undefined) continue;
    if (/^Fastify\w*Instance\b/.test(first?.type?.getText() ?? '')) return name;
    const isOutermost = functionAround(fn) === undefined;
    if (isOutermost && /^(?:fastify|app|server|instance)$/.test(name) && isPlugin(fn)) return name;
  }
  return undefined;
}

function isWithin(node: TypeScript.Node, fn: TypeScript.Node | undefined): boolean {
  return fn === undefined || (fn.pos <= node.pos && node.end <= fn.end);
}

/** `export default async function (fastify) {}`, `module.exports = async (app) => {}`, `fp(async (fastify) => {})`. */
function isPlugin(fn: TypeScript.FunctionLikeDeclaration): boolean {
  const statement = topLevelStatement(fn)?.getText() ?? '';
  return /^(?:export\b|module\.exports\b)/.test(statement);
}

/** Adds the member to the interface that tells TypeScript of the values; undefined where it cannot be told. */
function declared(
  model: ProjectModel,
  { path, key }: FastifyEnvironment,
  name: string,
  type: string,
): FileChange[] | undefined {
  if (!/\.[cm]?tsx?$/.test(path)) return [];
  const owner = model.packageOf(path);
  for (const file of model.files.paths) {
    if (!/\.[cm]?tsx?$/.test(file) || model.packageOf(file) !== owner) continue;
    if (!/declare module ['"]fastify['"]/.test(model.files.text(file) ?? '')) continue;
    const syntax = model.files.source(file);
    const annotation = syntax && memberType(syntax, key);
    if (!annotation) continue;
    if (INFERRED.test(aliasedType(syntax, annotation).getText())) return [];
    const edits = addTypeMember(syntax, styleIn(model, syntax), annotation, name, type);
    return edits && [fileEdit(file, edits)];
  }
  return undefined;
}

/** The type of a member of `FastifyInstance`, as a module declares it. */
function memberType(syntax: SourceSyntax, key: string): TypeScript.TypeNode | undefined {
  const api = ts();
  let found: TypeScript.TypeNode | undefined;
  visit(syntax.sourceFile, (node) => {
    if (!api.isPropertySignature(node) || node.name.getText() !== key) return true;
    if (api.isInterfaceDeclaration(node.parent) && node.parent.name.text === 'FastifyInstance')
      found ??= node.type;
    return true;
  });
  return found;
}
