import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { textWithHoles } from '../../base/values';
import { fileEdit, removal, replacement } from '../../engine/edits/edits';
import type { FileChange, Fix, TextEdit } from '../../engine/finding';
import { ancestor, nodeAround, spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { removeFromList } from '../code/lists';
import { staticName } from '../code/nodes';
import { styleIn } from '../code/package-style';
import type { SourceStyle } from '../code/style';
import { addRequired } from './json-schema';
import { readFromPackage } from './read-config';
import { readRequired } from './required';

/** A default that takes the place of a missing variable, as a rule found it. */
export interface DefaultFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** The default itself: a literal or template. */
  readonly span: Span;
  /** The variable that it replaces. */
  readonly name: string;
}

interface Site extends DefaultFixRequest {
  readonly syntax: SourceSyntax;
  readonly style: SourceStyle;
  readonly node: TypeScript.Expression;
}

/**
 * The fix that takes a default away, so that the start fails without the variable: `process.env.X ?? 'y'`,
 * `x ? x : 'y'`, and the defaults of zod, joi, envalid, convict, env-var, JSON schemas and Nest's ConfigService. It does not
 * apply where nothing would then stop the start.
 */
export function requireVariableFix(request: DefaultFixRequest): Fix {
  return {
    id: 'env-required',
    kind: 'suggest',
    title: `Require \`${request.name}\`: drop the default`,
    build: () => {
      const { model, path, span } = request;
      const syntax = model.files.source(path);
      const node = syntax && expressionAt(syntax, span);
      if (!node || isOptionalService(model, request.name)) return undefined;
      const style = styleIn(model, syntax);
      const site = { ...request, syntax, style, node };
      const read = directRead(site);
      if (read) return read.changes;
      const edits = editsFor(site);
      return edits && [fileEdit(path, edits)];
    },
  };
}

/**
 * Does another variable say whether this service is used at all (`REDIS_ENABLED`, `DB_CLIENT` with SQLite as default)? Then a
 * deploy without it need not set this one.
 */
function isOptionalService(model: ProjectModel, name: string): boolean {
  const [prefix = ''] = name.split('_');
  const isSwitch = new RegExp(
    `^(?:${prefix}_(?:\\w+_)?(?:ENABLED?|DISABLED?|ON|OFF)|(?:ENABLE|DISABLE|USE|WITH|HAS)_${prefix})$`,
  );
  const isDriver = new RegExp(`^${prefix}_(?:CLIENT|DIALECT|DRIVER|TYPE|ENGINE)$`);
  return [...model.environment.values()].some(
    ({ name: other, reads }) =>
      other !== name &&
      reads.length > 0 &&
      (isSwitch.test(other) ||
        (isDriver.test(other) &&
          reads.some(({ fact }) => /sqlite|memory|none/i.test(fallbackText(fact.fallback))))),
  );
}

function fallbackText(fallback: Value | undefined): string {
  return (fallback && textWithHoles(fallback)) ?? '';
}

function editsFor(site: Site): readonly TextEdit[] | undefined {
  const api = ts();
  const { node } = site;
  const { parent } = node;
  if (api.isPropertyAssignment(parent) && staticName(parent.name) === 'default')
    return defaultProperty(site, parent);
  if (!api.isCallExpression(parent) || !api.isPropertyAccessExpression(parent.expression))
    return undefined;
  const { name } = parent.expression;
  if (name.text === 'default' && parent.arguments[0] === node)
    return defaultCall(site, parent, parent.expression);
  const [key] = parent.arguments;
  const readsKey = key && api.isStringLiteralLike(key) && key.text === site.name;
  // Nest's ConfigService; other getters with a default need not have a strict sibling.
  return name.text === 'get' && readsKey && site.syntax.text.includes('@nestjs/config')
    ? [replacement(spanOf(name), 'getOrThrow'), removal({ start: key.end, end: node.end })]
    : undefined;
}

/**
 * `process.env.X ?? 'y'`, `process.env.X ? process.env.X : 'y'`.
 * @returns undefined where the default stands elsewhere; without changes where the variable cannot be required
 */
function directRead({
  model,
  path,
  name,
  node,
}: Site): { readonly changes: readonly FileChange[] | undefined } | undefined {
  const api = ts();
  const { parent } = node;
  if (!api.isBinaryExpression(parent) && !api.isConditionalExpression(parent)) return undefined;
  const left = api.isBinaryExpression(parent) ? parent.left : parent.whenTrue;
  const isLast = api.isBinaryExpression(parent) ? parent.right === node : parent.whenFalse === node;
  // `a || b || 'y'` needs one of two variables: no single one can be required.
  if (!isLast || !isReadOf(left, name)) return { changes: undefined };
  let whole: TypeScript.Expression = parent;
  while (api.isParenthesizedExpression(whole.parent)) whole = whole.parent;
  const site = { model, path, span: spanOf(whole), name, valueType: 'string' } as const;
  return { changes: readFromPackage(site, 'required') ?? readRequired(site) };
}

function isReadOf(node: TypeScript.Expression, name: string): boolean {
  const api = ts();
  if (api.isPropertyAccessExpression(node)) return node.name.text === name;
  return (
    api.isElementAccessExpression(node) &&
    api.isStringLiteralLike(node.argumentExpression) &&
    node.argumentExpression.text === name
  );
}

/** `{ default: 'y' }` of envalid, convict or a JSON schema. */
function defaultProperty(
  site: Site,
  property: TypeScript.PropertyAssignment,
): readonly TextEdit[] | undefined {
  const api = ts();
  const object = property.parent;
  const { text } = site.syntax;
  const keys = object.properties.map((one) => one.name && staticName(one.name));
  // Convict takes null for "none": a format other than nullable then rejects it.
  if (keys.includes('env'))
    return keys.includes('nullable') ? undefined : [replacement(spanOf(site.node), 'null')];
  const without = removeFromList(
    { text, span: spanOf(object), items: object.properties.map(spanOf) },
    object.properties.indexOf(property),
  );
  const holder = object.parent;
  if (api.isCallExpression(holder) && holder.arguments.length === 1)
    return object.properties.length === 1 ? [removal(spanOf(object))] : without;
  const schema = keys.includes('type') ? schemaAround(object) : undefined;
  const required = schema && addRequired(site.syntax, site.style, schema, site.name);
  return required && [...without, ...required];
}

/** The JSON schema that holds a property's own. */
function schemaAround(
  object: TypeScript.ObjectLiteralExpression,
): TypeScript.ObjectLiteralExpression | undefined {
  const api = ts();
  const own = object.parent;
  const properties = own.parent.parent as TypeScript.Node | undefined;
  return api.isPropertyAssignment(own) &&
    properties &&
    api.isPropertyAssignment(properties) &&
    staticName(properties.name) === 'properties'
    ? properties.parent
    : undefined;
}

/** `z.string().default('y')`, `Joi.string().default('y')`, `env.get('X').default('y')`. */
function defaultCall(
  site: Site,
  call: TypeScript.CallExpression,
  callee: TypeScript.PropertyAccessExpression,
): readonly TextEdit[] | undefined {
  let whole: TypeScript.Expression = call;
  while (
    ts().isPropertyAccessExpression(whole.parent) ||
    (ts().isCallExpression(whole.parent) && whole.parent.expression === whole)
  )
    whole = whole.parent;
  const chain = whole.getText();
  if (/\.(optional|nullish|nullable|allow)\(/.test(chain)) return undefined;
  const own = { start: callee.expression.end, end: call.end };
  // Without a default zod and its kin require by themselves, joi and env-var when told to.
  const isOptional =
    /^joi\b/i.test(chain) || /\.get\((['"`])[A-Z]/.test(chain) || site.syntax.text.includes('yup');
  if (!isOptional) return [removal(own)];
  return [/\.required\(/.test(chain) ? removal(own) : replacement(own, `${gap(callee)}required()`)];
}

/** The dot of a chain with the line break in front of it. */
function gap(callee: TypeScript.PropertyAccessExpression): string {
  const { text } = callee.getSourceFile();
  return text.slice(callee.expression.end, callee.name.getStart());
}

/** The expression of a span, parentheses and casts around it included. */
function expressionAt(syntax: SourceSyntax, span: Span): TypeScript.Expression | undefined {
  const api = ts();
  const node = nodeAround(syntax, span);
  let found = node && (api.isExpression(node) ? node : ancestor(node, api.isExpression));
  while (found && (api.isParenthesizedExpression(found.parent) || api.isAsExpression(found.parent)))
    found = found.parent;
  return found;
}
