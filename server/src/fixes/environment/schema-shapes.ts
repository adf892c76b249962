import type * as TypeScript from 'typescript';
import { unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings } from '../code/import-bindings';
import { staticName, visit } from '../code/nodes';

/** A schema that checks the environment. */
export interface SchemaShape {
  readonly kind: 'schema';
  /** How an entry is written; `json` is the JSON schema of env-schema. */
  readonly library: 'zod' | 'joi' | 'envalid' | 't3' | 'json' | 'typebox';
  /** What its rules are written with: `z`, `Joi`, `Type`; empty where nothing is. */
  readonly root: string;
  /** The literal with an entry for each variable. */
  readonly schema: TypeScript.ObjectLiteralExpression;
  /** The JSON schema around it, which lists what is required. */
  readonly holder?: TypeScript.ObjectLiteralExpression;
  /** `{ PORT: process.env.PORT }`: what is checked, where it is listed variable by variable. */
  readonly input?: TypeScript.ObjectLiteralExpression;
  /** The checked values as code, where the exported object picks from them: `env`, `result.data`. */
  readonly values?: string;
}

/** What names stand for at the top level of a module, or in a function of it. */
export interface Scope {
  readonly syntax: SourceSyntax;
  readonly variables: ReadonlyMap<string, TypeScript.VariableDeclaration>;
  readonly functions: ReadonlyMap<string, TypeScript.FunctionLikeDeclaration>;
}

/** The names that the statements of a module, or of a function body within it, declare. */
export function scopeOf(
  syntax: SourceSyntax,
  statements: readonly TypeScript.Statement[],
  outer?: Scope,
): Scope {
  const api = ts();
  const variables = new Map(outer?.variables);
  const functions = new Map(outer?.functions);
  for (const statement of statements) {
    if (api.isFunctionDeclaration(statement) && statement.name)
      functions.set(statement.name.text, statement);
    if (!api.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (api.isIdentifier(declaration.name)) {
        const { initializer } = declaration;
        variables.set(declaration.name.text, declaration);
        if (
          initializer &&
          (api.isArrowFunction(initializer) || api.isFunctionExpression(initializer))
        )
          functions.set(declaration.name.text, initializer);
      } else
        for (const element of declaration.name.elements) {
          if (api.isBindingElement(element) && api.isIdentifier(element.name))
            variables.set(element.name.text, declaration);
        }
    }
  }
  return { syntax, variables, functions };
}

/**
 * The schema whose checked values an expression is: `schema.parse(process.env)`, `parsed.data`, `cleanEnv(process.env, {…})`,
 * `loadEnv()` of the same module, and names for any of these.
 */
export function checkedValues(
  scope: Scope,
  expression: TypeScript.Expression,
  depth = 0,
): SchemaShape | undefined {
  const api = ts();
  const inner = unwrap(expression);
  if (depth > MAX_DEPTH) return undefined;
  if (api.isIdentifier(inner)) return checkedName(scope, inner.text, depth);
  if (api.isPropertyAccessExpression(inner) && RESULT.test(inner.name.text))
    return checkResult(scope, inner.expression, depth + 1);
  if (!api.isCallExpression(inner)) return undefined;
  return (
    libraryCall(scope, inner) ??
    schemaMethod(scope, inner, /^parse$/) ??
    returned(scope, inner, depth)
  );
}

/** The schema whose checked values a name holds: also `const { value: env, error } = schema.validate(process.env)`. */
export function checkedName(scope: Scope, name: string, depth = 0): SchemaShape | undefined {
  const declaration = scope.variables.get(name);
  if (!declaration?.initializer) return undefined;
  if (ts().isIdentifier(declaration.name))
    return checkedValues(scope, declaration.initializer, depth + 1);
  return RESULT.test(elementOf(declaration.name, name) ?? '')
    ? checkResult(scope, declaration.initializer, depth + 1)
    : undefined;
}

const MAX_DEPTH = 6;

/** What holds the values of a check that does not throw. */
const RESULT = /^(?:data|value)$/;

/** The schema of a check that answers the values among other things: `schema.safeParse(process.env)`, `schema.validate(…)`. */
function checkResult(
  scope: Scope,
  expression: TypeScript.Expression,
  depth: number,
): SchemaShape | undefined {
  const api = ts();
  const inner = unwrap(expression);
  if (depth > MAX_DEPTH) return undefined;
  if (api.isIdentifier(inner)) {
    const declaration = scope.variables.get(inner.text);
    return declaration?.initializer && api.isIdentifier(declaration.name)
      ? checkResult(scope, declaration.initializer, depth + 1)
      : undefined;
  }
  return api.isCallExpression(inner)
    ? schemaMethod(scope, inner, /^(?:safeParse|validate)$/)
    : undefined;
}

/** What a function without parameters of the same module answers, wherever it does. */
function returned(
  scope: Scope,
  call: TypeScript.CallExpression,
  depth: number,
): SchemaShape | undefined {
  const api = ts();
  const fn =
    api.isIdentifier(call.expression) && call.arguments.length === 0
      ? scope.functions.get(call.expression.text)
      : undefined;
  const body = fn?.parameters.length === 0 ? fn.body : undefined;
  if (!body) return undefined;
  if (!api.isBlock(body)) return checkedValues(scope, body, depth + 1);
  const inside = scopeOf(scope.syntax, body.statements, scope);
  const found: (SchemaShape | undefined)[] = [];
  visit(body, (node) => {
    if (api.isFunctionLike(node)) return false;
    if (api.isReturnStatement(node) && node.expression)
      found.push(checkedValues(inside, node.expression, depth + 1));
    return true;
  });
  return found.length === 1 ? found[0] : undefined;
}

/** `cleanEnv(process.env, {…})`, `createEnv({…})`, `envSchema({…})`, `Joi.attempt(process.env, schema)`. */
function libraryCall(scope: Scope, call: TypeScript.CallExpression): SchemaShape | undefined {
  const { expression: callee } = call;
  const [first, second] = call.arguments;
  if (isImported(scope.syntax, callee, /^envalid$/, 'cleanEnv')) {
    const schema = literalOf(scope, second);
    return schema && { kind: 'schema', library: 'envalid', root: '', schema };
  }
  if (/^@t3-oss\/env-/.test(specifierOf(scope.syntax, callee) ?? ''))
    return t3Schema(scope, literalOf(scope, first));
  if (isImported(scope.syntax, callee, /^env-schema$/, 'default')) {
    const options = literalOf(scope, first);
    return options && jsonSchema(scope, property(options, 'schema'));
  }
  const joi = rootNamed(scope.syntax, JOI);
  return joi !== undefined && callee.getText() === `${joi}.attempt` && isEnvironment(first)
    ? objectSchema(scope, second, undefined)
    : undefined;
}

/** The server variables of `createEnv({ server: {…}, runtimeEnv: {…} })`. */
function t3Schema(
  scope: Scope,
  options: TypeScript.ObjectLiteralExpression | undefined,
): SchemaShape | undefined {
  const root = rootNamed(scope.syntax, ZOD);
  const schema = options && literalOf(scope, property(options, 'server'));
  if (root === undefined || !schema) return undefined;
  const runtime = property(options, 'runtimeEnv') ?? property(options, 'runtimeEnvStrict');
  const listed = runtime && ts().isObjectLiteralExpression(runtime) ? runtime : undefined;
  return { kind: 'schema', library: 't3', root, schema, ...(listed ? { input: listed } : {}) };
}

/**
 * The schema that `@fastify/env` and `env-schema` take: `{ type: 'object', required: […], properties: {…} }`, or one of TypeBox.
 * @param expression the literal, or a name for it
 */
export function jsonSchema(
  scope: Scope,
  expression: TypeScript.Expression | undefined,
): SchemaShape | undefined {
  const api = ts();
  const given = expression && resolved(scope, expression);
  if (!given) return undefined;
  if (api.isCallExpression(given)) {
    const root = rootNamed(scope.syntax, TYPEBOX);
    const schema =
      root !== undefined && given.expression.getText() === `${root}.Object`
        ? literalOf(scope, given.arguments[0])
        : undefined;
    return schema && { kind: 'schema', library: 'typebox', root: root ?? '', schema };
  }
  if (!api.isObjectLiteralExpression(given)) return undefined;
  const schema = literalOf(scope, property(given, 'properties'));
  return schema && { kind: 'schema', library: 'json', root: '', schema, holder: given };
}

/** `schema.parse(process.env)` and its like, of zod or joi. */
function schemaMethod(
  scope: Scope,
  call: TypeScript.CallExpression,
  method: RegExp,
): SchemaShape | undefined {
  const api = ts();
  const { expression: callee } = call;
  const [input] = call.arguments;
  if (!api.isPropertyAccessExpression(callee) || !method.test(callee.name.text)) return undefined;
  const listed = input && literalOf(scope, input);
  if (!isEnvironment(input) && !(listed && readsEnvironment(listed))) return undefined;
  return objectSchema(scope, callee.expression, isEnvironment(input) ? undefined : listed);
}

/** `z.object({…})` and `Joi.object({…})`, with whatever is chained to it that keeps its keys. */
export function objectSchema(
  scope: Scope,
  expression: TypeScript.Expression | undefined,
  input: TypeScript.ObjectLiteralExpression | undefined,
): SchemaShape | undefined {
  const api = ts();
  let at = expression && resolved(scope, expression);
  for (const [library, names] of [
    ['zod', ZOD],
    ['joi', JOI],
  ] as const) {
    const root = rootNamed(scope.syntax, names);
    for (; root !== undefined && at && api.isCallExpression(at);) {
      const callee = at.expression;
      if (!api.isPropertyAccessExpression(callee)) break;
      const isObject = /^(?:strictObject|looseObject|object)$/.test(callee.name.text);
      const isKeys = callee.name.text === 'keys';
      const holder = callee.expression.getText();
      if ((isObject && holder === root) || (isKeys && holder === `${root}.object()`)) {
        const schema = literalOf(scope, at.arguments[0]);
        const listed = input ? { input } : {};
        return schema && { kind: 'schema', library, root, schema, ...listed };
      }
      if (!KEEPS_KEYS.test(callee.name.text)) break;
      at = resolved(scope, callee.expression);
    }
  }
  return undefined;
}

const ZOD = /^zod(?:\/.*)?$/;
const JOI = /^(?:joi|@hapi\/joi)$/;
const TYPEBOX = /^(?:@sinclair\/typebox|typebox|@fastify\/type-provider-typebox)$/;

/** Methods of object schemas after which each entry still is a key of the values. */
const KEEPS_KEYS =
  /^(?:refine|superRefine|check|strict|strip|passthrough|loose|catchall|describe|unknown|required|prefs|preferences|options|label|and|with|or|xor|when|messages)$/;

/** The literal that an expression is or names. */
export function literalOf(
  scope: Scope,
  expression: TypeScript.Expression | undefined,
): TypeScript.ObjectLiteralExpression | undefined {
  const found = expression && resolved(scope, expression);
  return found && ts().isObjectLiteralExpression(found) ? found : undefined;
}

/** What a name stands for, or the expression itself. */
function resolved(scope: Scope, expression: TypeScript.Expression): TypeScript.Expression {
  const api = ts();
  const inner = unwrap(expression);
  const declaration = api.isIdentifier(inner) ? scope.variables.get(inner.text) : undefined;
  return declaration?.initializer && api.isIdentifier(declaration.name)
    ? unwrap(declaration.initializer)
    : inner;
}

/** `process.env`, or a copy of it. */
function isEnvironment(expression: TypeScript.Expression | undefined): boolean {
  return /^(?:\{\s*\.\.\.)?process\.env\b(?![.[])/.test(expression?.getText() ?? '');
}

/** `{ PORT: process.env.PORT }` */
function readsEnvironment({ properties }: TypeScript.ObjectLiteralExpression): boolean {
  return (
    properties.length > 0 &&
    properties.every(
      (one) =>
        ts().isPropertyAssignment(one) && /^process\.env[.[]/.test(one.initializer.getText()),
    )
  );
}

/** The value of a property of a literal. */
export function property(
  object: TypeScript.ObjectLiteralExpression,
  name: string,
): TypeScript.Expression | undefined {
  const api = ts();
  for (const one of object.properties) {
    if (api.isPropertyAssignment(one) && staticName(one.name) === name)
      return unwrap(one.initializer);
    if (api.isShorthandPropertyAssignment(one) && one.name.text === name) return one.name;
  }
  return undefined;
}

/** The property that a pattern takes a name from. */
function elementOf(pattern: TypeScript.BindingName, name: string): string | undefined {
  const api = ts();
  if (!api.isObjectBindingPattern(pattern)) return undefined;
  const element = pattern.elements.find((one) => one.name.getText() === name);
  return element && (element.propertyName ?? element.name).getText();
}

/** The local name under which a package is used as a whole: `z` of zod, `Joi`, `Type` of TypeBox. */
export function rootNamed(syntax: SourceSyntax, specifier: RegExp): string | undefined {
  return importBindings(syntax).find(
    (one) =>
      !one.typeOnly &&
      specifier.test(one.specifier) &&
      /^(?:\*|default|z|Type)$/.test(one.imported),
  )?.local;
}

function specifierOf(syntax: SourceSyntax, callee: TypeScript.Expression): string | undefined {
  const root = ts().isPropertyAccessExpression(callee)
    ? callee.expression.getText()
    : callee.getText();
  return importBindings(syntax).find(({ local }) => local === root)?.specifier;
}

/** Does an expression name something that a package exports? */
export function isImported(
  syntax: SourceSyntax,
  callee: TypeScript.Expression,
  specifier: RegExp,
  name: string,
): boolean {
  const isMember = ts().isPropertyAccessExpression(callee);
  const root = isMember ? callee.expression.getText() : callee.getText();
  const binding = importBindings(syntax).find(({ local }) => local === root);
  if (!binding || !specifier.test(binding.specifier)) return false;
  if (isMember) return callee.name.text === name;
  return binding.imported === name || (name === 'default' && binding.imported === '*');
}
