import type * as TypeScript from 'typescript';
import { unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings } from '../code/import-bindings';
import { visit } from '../code/nodes';
import {
  checkedName,
  checkedValues,
  isImported,
  literalOf,
  scopeOf,
  type SchemaShape,
  type Scope,
} from './schema-shapes';

/** How a config module takes a variable in; decides what a new entry looks like. */
export type ConfigShape =
  | { readonly kind: 'object' }
  | { readonly kind: 'env-var'; readonly getter: string }
  | { readonly kind: 'convict'; readonly isChecked: boolean }
  | SchemaShape;

/** An exported object of a module that new settings can be added to. */
export interface ConfigObject {
  readonly shape: ConfigShape;
  /** The literal that gets the entry: the exported object itself, or the schema it comes from. */
  readonly object: TypeScript.ObjectLiteralExpression;
  /** The name of the exported variable in its module; undefined for `export default {…}`. */
  readonly variable: string | undefined;
  /** The declaration of the exported variable, where there is one. */
  readonly declaration: TypeScript.VariableDeclaration | undefined;
}

type Shaped = Pick<ConfigObject, 'shape' | 'object'>;

/** Finds the settings objects of a module's top level, exported or not. */
export function configObjects(syntax: SourceSyntax): ConfigObject[] {
  const api = ts();
  const scope = scopeOf(syntax, syntax.sourceFile.statements);
  const found: ConfigObject[] = [];
  for (const [variable, declaration] of scope.variables) {
    const { initializer, name } = declaration;
    if (!initializer) continue;
    const object = api.isIdentifier(name)
      ? configObjectOf(scope, initializer)
      : // `const { value: env, error } = schema.validate(process.env)`
        checkedBy(checkedName(scope, variable));
    if (object) found.push({ ...object, variable, declaration });
  }
  for (const statement of syntax.sourceFile.statements) {
    const exported = api.isExportAssignment(statement)
      ? statement.expression
      : moduleExports(statement);
    if (!exported || api.isIdentifier(unwrap(exported))) continue;
    const object = configObjectOf(scope, exported);
    if (object) found.push({ ...object, variable: undefined, declaration: undefined });
  }
  return found;
}

function configObjectOf(scope: Scope, expression: TypeScript.Expression): Shaped | undefined {
  const api = ts();
  const inner = unwrap(expression);
  if (api.isObjectLiteralExpression(inner)) return plainObject(scope, inner);
  if (api.isCallExpression(inner)) {
    const { expression: callee } = inner;
    const [first] = inner.arguments;
    if (callee.getText() === 'Object.freeze' && first) return configObjectOf(scope, first);
    if (isImported(scope.syntax, callee, /^convict$/, 'default')) {
      const object = literalOf(scope, first);
      const isChecked = /\.validate\(/.test(scope.syntax.text);
      return object && { shape: { kind: 'convict', isChecked }, object };
    }
  }
  return checkedBy(checkedValues(scope, inner));
}

function checkedBy(shape: SchemaShape | undefined): Shaped | undefined {
  return shape && { shape, object: shape.schema };
}

/** An object whose values read the environment, directly or through env-var or a validated copy. */
function plainObject(scope: Scope, object: TypeScript.ObjectLiteralExpression): Shaped | undefined {
  const api = ts();
  for (const one of object.properties) {
    const spread = api.isSpreadAssignment(one) && checkedValues(scope, one.expression);
    if (spread) return checkedBy(spread);
  }
  const counts = { direct: 0, envVar: 0 };
  const picked = new Map<string, number>();
  const getters = envVarGetters(scope);
  visit(object, (node) => {
    if (api.isFunctionLike(node)) return false;
    if (api.isPropertyAccessExpression(node) || api.isElementAccessExpression(node)) {
      const target = node.expression.getText();
      if (/^(process\.env|import\.meta\.env)$/.test(target)) counts.direct += 1;
      else picked.set(target, (picked.get(target) ?? 0) + 1);
    } else if (api.isCallExpression(node)) {
      const [argument] = node.arguments;
      if (getters.includes(node.expression.getText())) counts.envVar += 1;
      // The package's own helpers: `getOsEnv('PORT')`.
      else if (argument && api.isStringLiteral(argument)) {
        if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(argument.text)) counts.direct += 1;
      }
    } else if (api.isIdentifier(node) && destructuresEnvironment(scope, node.text)) {
      counts.direct += 1;
    }
    return true;
  });
  for (const [values, count] of picked) {
    const schema = count >= 2 ? checkedValues(scope, targetOf(object, values)) : undefined;
    if (schema) return { shape: { ...schema, values }, object };
  }
  const getter = getters.find((one) => object.getText().includes(`${one}(`));
  if (getter !== undefined && counts.envVar >= 2)
    return { shape: { kind: 'env-var', getter }, object };
  return counts.direct >= 2 ? { shape: { kind: 'object' }, object } : undefined;
}

/** The first expression of an object with this text that something is picked from. */
function targetOf(object: TypeScript.ObjectLiteralExpression, text: string): TypeScript.Expression {
  const api = ts();
  let found: TypeScript.Expression | undefined;
  visit(object, (node) => {
    if (api.isPropertyAccessExpression(node) || api.isElementAccessExpression(node))
      if (node.expression.getText() === text) found ??= node.expression;
    return !found;
  });
  return found ?? object;
}

/** How a module asks env-var for a variable: `env.get`, `get`. */
function envVarGetters({ syntax, variables }: Scope): readonly string[] {
  const bindings = importBindings(syntax).filter(({ specifier }) => specifier === 'env-var');
  return bindings.flatMap(({ imported, local }) => {
    if (imported === 'get') return [local];
    if (imported !== 'from') return [`${local}.get`];
    return [...variables].flatMap(([name, { initializer }]) =>
      initializer?.getText().startsWith(`${local}(`) === true ? [`${name}.get`] : [],
    );
  });
}

function destructuresEnvironment({ variables }: Scope, name: string): boolean {
  const declaration = variables.get(name);
  return (
    declaration !== undefined &&
    !ts().isIdentifier(declaration.name) &&
    declaration.initializer?.getText() === 'process.env'
  );
}

function moduleExports(statement: TypeScript.Statement): TypeScript.Expression | undefined {
  const api = ts();
  if (!api.isExpressionStatement(statement) || !api.isBinaryExpression(statement.expression))
    return undefined;
  const { left, right, operatorToken } = statement.expression;
  return operatorToken.kind === api.SyntaxKind.EqualsToken && left.getText() === 'module.exports'
    ? right
    : undefined;
}
