import type * as TypeScript from 'typescript';
import { unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings } from '../code/import-bindings';
import { staticName, visit } from '../code/nodes';

/** How a config module takes a variable in; decides what a new entry looks like. */
export type ConfigShape =
  | { readonly kind: 'object' }
  | { readonly kind: 'env-var'; readonly root: string }
  | { readonly kind: 'zod'; readonly root: string }
  | { readonly kind: 'envalid' }
  | {
      readonly kind: 'joi';
      readonly root: string;
      readonly values: string;
      readonly schema: TypeScript.ObjectLiteralExpression;
    }
  | {
      readonly kind: 't3';
      readonly root: string;
      readonly runtime: TypeScript.ObjectLiteralExpression | undefined;
    }
  | { readonly kind: 'convict' };

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

/** Finds the settings objects of a module's top level, exported or not. */
export function configObjects(syntax: SourceSyntax): ConfigObject[] {
  const api = ts();
  const variables = topLevelVariables(syntax);
  const found: ConfigObject[] = [];
  for (const declaration of variables.values()) {
    const object =
      declaration.initializer && configObjectOf(syntax, declaration.initializer, variables);
    if (object) found.push({ ...object, variable: staticName(declaration.name), declaration });
  }
  for (const statement of syntax.sourceFile.statements) {
    const exported = api.isExportAssignment(statement)
      ? statement.expression
      : moduleExports(statement);
    if (!exported || api.isIdentifier(unwrap(exported))) continue;
    const object = configObjectOf(syntax, exported, variables);
    if (object) found.push({ ...object, variable: undefined, declaration: undefined });
  }
  return found;
}

type Variables = ReadonlyMap<string, TypeScript.VariableDeclaration>;

function configObjectOf(
  syntax: SourceSyntax,
  expression: TypeScript.Expression,
  variables: Variables,
): Pick<ConfigObject, 'shape' | 'object'> | undefined {
  const api = ts();
  const inner = unwrap(expression);
  if (api.isObjectLiteralExpression(inner)) return plainObject(syntax, inner, variables);
  if (api.isPropertyAccessExpression(inner) && inner.name.text === 'data') {
    const parsed = variables.get(inner.expression.getText())?.initializer;
    return parsed ? schemaParse(syntax, unwrap(parsed), variables) : undefined;
  }
  if (!api.isCallExpression(inner)) return undefined;
  const { expression: callee } = inner;
  const [first, second] = inner.arguments;
  if (callee.getText() === 'Object.freeze' && first)
    return configObjectOf(syntax, first, variables);
  if (isImported(syntax, callee, 'envalid', 'cleanEnv')) {
    const object = literal(second, variables);
    return object && { shape: { kind: 'envalid' }, object };
  }
  if (isImported(syntax, callee, 'convict', 'default')) {
    const object = literal(first, variables);
    return object && { shape: { kind: 'convict' }, object };
  }
  const isT3 = /^@t3-oss\/env-/.test(specifierOf(syntax, callee) ?? '');
  if (isT3 && first && api.isObjectLiteralExpression(first))
    return t3Schema(syntax, first, variables);
  return schemaParse(syntax, inner, variables);
}

/** The server variables of `createEnv({ server: {…}, runtimeEnv: {…} })`. */
function t3Schema(
  syntax: SourceSyntax,
  options: TypeScript.ObjectLiteralExpression,
  variables: Variables,
): Pick<ConfigObject, 'shape' | 'object'> | undefined {
  const root = rootNamed(syntax, /^zod(\/.*)?$/);
  const object = literal(property(options, 'server'), variables);
  if (root === undefined || !object) return undefined;
  const runtime = property(options, 'runtimeEnv') ?? property(options, 'runtimeEnvStrict');
  const explicit = runtime && ts().isObjectLiteralExpression(runtime) ? runtime : undefined;
  return { shape: { kind: 't3', root, runtime: explicit }, object };
}

/** `z.object({…}).parse(process.env)`, also through a variable that holds the schema. */
function schemaParse(
  syntax: SourceSyntax,
  call: TypeScript.Expression,
  variables: Variables,
): Pick<ConfigObject, 'shape' | 'object'> | undefined {
  const api = ts();
  const root = rootNamed(syntax, /^zod(\/.*)?$/);
  if (
    root === undefined ||
    !api.isCallExpression(call) ||
    !api.isPropertyAccessExpression(call.expression)
  )
    return undefined;
  const { name, expression } = call.expression;
  if (!/^(safeP|p)arse$/.test(name.text) || call.arguments[0]?.getText() !== 'process.env')
    return undefined;
  const schema = api.isIdentifier(expression)
    ? variables.get(expression.text)?.initializer
    : expression;
  const made = schema && unwrap(schema);
  if (!made || !api.isCallExpression(made) || made.expression.getText() !== `${root}.object`)
    return undefined;
  const object = literal(made.arguments[0], variables);
  return object && { shape: { kind: 'zod', root }, object };
}

/** An object whose values read the environment, directly or through env-var or a validated copy. */
function plainObject(
  syntax: SourceSyntax,
  object: TypeScript.ObjectLiteralExpression,
  variables: Variables,
): Pick<ConfigObject, 'shape' | 'object'> | undefined {
  const api = ts();
  const counts = { direct: 0, envVar: 0, validated: 0 };
  const envVar = rootNamed(syntax, /^env-var$/);
  const joi = validatedByJoi(syntax, variables);
  visit(object, (node) => {
    if (api.isFunctionLike(node)) return false;
    if (api.isPropertyAccessExpression(node) || api.isElementAccessExpression(node)) {
      const target = node.expression.getText();
      if (/^(process\.env|import\.meta\.env)$/.test(target)) counts.direct += 1;
      else if (joi && target === joi.values) counts.validated += 1;
    } else if (api.isCallExpression(node)) {
      if (node.expression.getText() === `${envVar ?? ''}.get`) counts.envVar += 1;
      // The package's own helpers: `getOsEnv('PORT')`.
      else if (
        node.arguments.length > 0 &&
        node.arguments[0] &&
        api.isStringLiteral(node.arguments[0])
      ) {
        if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(node.arguments[0].text)) counts.direct += 1;
      }
    } else if (api.isIdentifier(node) && destructuresEnvironment(variables, node.text)) {
      counts.direct += 1;
    }
    return true;
  });
  if (joi && counts.validated >= 2) return { shape: { kind: 'joi', ...joi }, object };
  if (envVar !== undefined && counts.envVar >= 2)
    return { shape: { kind: 'env-var', root: envVar }, object };
  return counts.direct >= 2 ? { shape: { kind: 'object' }, object } : undefined;
}

/** `const { value: envVars, error } = schema.validate(process.env)` over `Joi.object({…})`. */
function validatedByJoi(
  syntax: SourceSyntax,
  variables: Variables,
):
  | {
      readonly root: string;
      readonly values: string;
      readonly schema: TypeScript.ObjectLiteralExpression;
    }
  | undefined {
  const api = ts();
  const root = rootNamed(syntax, /^(joi|@hapi\/joi)$/);
  if (root === undefined) return undefined;
  let values: string | undefined;
  let schema: TypeScript.ObjectLiteralExpression | undefined;
  visit(syntax.sourceFile, (node) => {
    if (
      api.isVariableDeclaration(node) &&
      node.initializer &&
      /\bvalidate\(process\.env\b/.test(node.initializer.getText().replace(/\s/g, ''))
    ) {
      if (!api.isObjectBindingPattern(node.name)) return true;
      const value = node.name.elements.find(
        (one) => (one.propertyName ?? one.name).getText() === 'value',
      );
      values = value?.name.getText();
    }
    if (api.isCallExpression(node) && api.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      const isSchema =
        (name.text === 'object' && expression.getText() === root) ||
        (name.text === 'keys' && expression.getText() === `${root}.object()`);
      if (isSchema && !schema) schema = literal(node.arguments[0], variables);
    }
    return true;
  });
  return values !== undefined && schema ? { root, values, schema } : undefined;
}

function destructuresEnvironment(variables: Variables, name: string): boolean {
  const declaration = variables.get(name);
  return (
    declaration !== undefined &&
    !ts().isIdentifier(declaration.name) &&
    declaration.initializer?.getText() === 'process.env'
  );
}

function topLevelVariables(syntax: SourceSyntax): Map<string, TypeScript.VariableDeclaration> {
  const api = ts();
  const found = new Map<string, TypeScript.VariableDeclaration>();
  for (const statement of syntax.sourceFile.statements) {
    if (!api.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (api.isIdentifier(declaration.name)) found.set(declaration.name.text, declaration);
      else
        for (const element of declaration.name.elements) {
          if (api.isBindingElement(element) && api.isIdentifier(element.name))
            found.set(element.name.text, declaration);
        }
    }
  }
  return found;
}

function literal(
  expression: TypeScript.Expression | undefined,
  variables: Variables,
): TypeScript.ObjectLiteralExpression | undefined {
  const api = ts();
  if (!expression) return undefined;
  const inner = unwrap(expression);
  if (api.isObjectLiteralExpression(inner)) return inner;
  const initializer = api.isIdentifier(inner) ? variables.get(inner.text)?.initializer : undefined;
  return initializer && api.isObjectLiteralExpression(unwrap(initializer))
    ? (unwrap(initializer) as TypeScript.ObjectLiteralExpression)
    : undefined;
}

function property(
  object: TypeScript.ObjectLiteralExpression,
  name: string,
): TypeScript.Expression | undefined {
  const api = ts();
  for (const one of object.properties) {
    if (api.isPropertyAssignment(one) && staticName(one.name) === name)
      return unwrap(one.initializer);
  }
  return undefined;
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

/** The local name under which a package is used as a whole (`z` of zod, `Joi`, `env` of env-var). */
function rootNamed(syntax: SourceSyntax, specifier: RegExp): string | undefined {
  return importBindings(syntax).find(
    (one) => specifier.test(one.specifier) && /^(\*|default|z)$/.test(one.imported),
  )?.local;
}

function specifierOf(syntax: SourceSyntax, callee: TypeScript.Expression): string | undefined {
  const root = ts().isPropertyAccessExpression(callee)
    ? callee.expression.getText()
    : callee.getText();
  return importBindings(syntax).find(({ local }) => local === root)?.specifier;
}

function isImported(
  syntax: SourceSyntax,
  callee: TypeScript.Expression,
  specifier: string,
  name: string,
): boolean {
  const root = ts().isPropertyAccessExpression(callee)
    ? callee.expression.getText()
    : callee.getText();
  const binding = importBindings(syntax).find(({ local }) => local === root);
  if (binding?.specifier !== specifier) return false;
  if (ts().isPropertyAccessExpression(callee)) return callee.name.text === name;
  return binding.imported === name || (name === 'default' && binding.imported === '*');
}
