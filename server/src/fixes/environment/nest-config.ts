import type * as TypeScript from 'typescript';
import { combineChanges, fileEdit, insertion, replacement } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import { ancestor, spanOf, unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { queryEach } from '../../project/query';
import { importBindings } from '../code/import-bindings';
import { importName } from '../code/imports';
import { addToList } from '../code/lists';
import { freeName, staticName, visit } from '../code/nodes';
import { styleIn } from '../code/package-style';
import { quoted, type SourceStyle } from '../code/style';
import { indentOf } from '../code/text';
import { resolveSite, type EnvironmentSite, type ResolvedSite } from './environment';
import { objectSchema, scopeOf } from './schema-shapes';
import { camelCase } from './words';

/**
 * Reads the variable through Nest's `ConfigService`: the one that the class around the literal has, or is given where the package
 * has one for all; in a module that is configured by a literal (`JwtModule.register({ secret })`), by a factory in its place.
 * @param need `default`: `get('NAME', 'literal')`; `required`: `getOrThrow('NAME')`, checked when the app starts
 * @returns undefined where there is none
 */
export function readFromConfigService(
  site: EnvironmentSite,
  need: 'default' | 'required',
): FileChange[] | undefined {
  const resolved = resolveSite(site);
  if (resolved?.access.prefix !== '' || resolved.valueType === 'boolean') return undefined;
  if (site.form !== undefined) return undefined;
  const { style, placement } = resolved;
  const settings = nestSettings(site.path, site.model);
  const reach = reachOf(resolved, settings);
  if (!reach) return undefined;
  const name = quoted(site.name, style);
  const type = style.language === 'ts' ? '<string>' : '';
  const fallback =
    resolved.valueType === 'number' ? quoted(String(placement.value), style) : placement.original;
  const call =
    need === 'default' ? `get${type}(${name}, ${fallback})` : `getOrThrow${type}(${name})`;
  const converted = (read: string): string =>
    resolved.valueType === 'number' ? `Number(${read})` : read + resolved.suffix;
  const checked =
    need === 'required' && settings ? requireInSchema(settings, site.name) : undefined;
  // Without a schema, what a method reads is checked by the first request only: the constructor reads it.
  const inConstructor =
    need === 'required' && !checked && reach.member
      ? fieldEdits(resolved, reach.member, site.name, (receiver) =>
          converted(`${receiver}.${call}`),
        )
      : undefined;
  const own = inConstructor ?? [placement.put(converted(`${reach.receiver}.${call}`), 'primary')];
  return combineChanges([fileEdit(site.path, [...reach.edits, ...own])], checked ?? []);
}

/** The service that the code has already, or can be given. */
function reachOf(resolved: ResolvedSite, settings: NestSettings | undefined): Reach | undefined {
  const has = injected(resolved.syntax, resolved.placement.node);
  if (has || !settings) return has;
  const asked = byApplication(resolved);
  if (asked || !settings.isGlobal) return asked;
  return byFactory(resolved) ?? byConstructor(resolved);
}

/** How code gets at the service. */
interface Reach {
  readonly receiver: string;
  readonly edits: readonly TextEdit[];
  /** The method that asks it, where the class was given it by its own constructor. */
  readonly member?: TypeScript.MethodDeclaration;
}

/** The service that the class, or the factory, around a node has: `this.config`, or the function's own parameter. */
function injected(syntax: SourceSyntax, node: TypeScript.Node): Reach | undefined {
  const api = ts();
  const type = serviceType(syntax);
  if (type === undefined) return undefined;
  const factory = ancestor(node, api.isArrowFunction);
  const given = factory && parameterOf(factory, type);
  if (given !== undefined) return { receiver: given, edits: [] };
  const member = memberAround(node);
  const owner = member?.parent;
  if (!member || !owner || !api.isClassLike(owner)) return undefined;
  const constructor = owner.members.find(api.isConstructorDeclaration);
  const name = constructor && parameterOf(constructor, type);
  if (name === undefined) return undefined;
  // Before `super()` there is no `this`.
  if (api.isConstructorDeclaration(member)) return { receiver: name, edits: [] };
  const isProperty = constructor?.parameters.some(
    (one) => staticName(one.name) === name && api.isParameterPropertyDeclaration(one, one.parent),
  );
  return isProperty === true ? { receiver: `this.${name}`, edits: [], member } : undefined;
}

/** The method or constructor whose `this` a node has. */
function memberAround(
  node: TypeScript.Node,
): TypeScript.MethodDeclaration | TypeScript.ConstructorDeclaration | undefined {
  const api = ts();
  const member = ancestor(
    node,
    (one): one is TypeScript.MethodDeclaration | TypeScript.ConstructorDeclaration =>
      api.isMethodDeclaration(one) || api.isConstructorDeclaration(one),
  );
  // A function of its own in between would have another `this`.
  const plain = ancestor(
    node,
    (one): one is TypeScript.FunctionDeclaration | TypeScript.FunctionExpression =>
      api.isFunctionDeclaration(one) || api.isFunctionExpression(one),
  );
  if (!member || (plain && plain.pos > member.pos)) return undefined;
  const isStatic = member.modifiers?.some((one) => one.kind === api.SyntaxKind.StaticKeyword);
  return isStatic === true ? undefined : member;
}

function serviceType(syntax: SourceSyntax): string | undefined {
  return importBindings(syntax).find(
    (one) => one.specifier === '@nestjs/config' && one.imported === 'ConfigService',
  )?.local;
}

function parameterOf(
  fn: TypeScript.ArrowFunction | TypeScript.ConstructorDeclaration,
  type: string,
): string | undefined {
  const api = ts();
  const found = fn.parameters.find(
    (one) => one.type && api.isTypeReferenceNode(one.type) && one.type.typeName.getText() === type,
  );
  return found && staticName(found.name);
}

/** Asks the application for the service, where a node stands behind `const app = await NestFactory.create(…)`. */
function byApplication({ syntax, style, placement }: ResolvedSite): Reach | undefined {
  const api = ts();
  let app: string | undefined;
  let service: string | undefined;
  visit(syntax.sourceFile, (node) => {
    if (!api.isVariableDeclaration(node) || node.end > placement.node.pos) return true;
    const block = ancestor(node, api.isBlock);
    if (block && (placement.node.pos < block.pos || block.end < placement.node.end)) return true;
    const made = node.initializer?.getText() ?? '';
    const name = staticName(node.name);
    if (/^await NestFactory\.create\w*\b/.test(made)) app = name;
    else if (app !== undefined && made.startsWith(`${app}.get(ConfigService`)) service = name;
    return true;
  });
  if (service !== undefined) return { receiver: service, edits: [] };
  if (app === undefined) return undefined;
  const imported = importName(syntax, style, {
    specifier: '@nestjs/config',
    name: 'ConfigService',
  });
  return { receiver: `${app}.get(${imported.text})`, edits: imported.edits };
}

const PROVIDER = /^@(?:Injectable|Controller|Resolver|WebSocketGateway|Processor)\b/;

/** Gives the class around a node the service, as a parameter of its constructor. */
function byConstructor({ syntax, style, placement }: ResolvedSite): Reach | undefined {
  const api = ts();
  const member = memberAround(placement.node);
  const owner = member?.parent;
  if (!member || style.language !== 'ts' || !owner || !api.isClassDeclaration(owner))
    return undefined;
  if (!api.getDecorators(owner)?.some((one) => PROVIDER.test(one.getText()))) return undefined;
  const imported = importName(syntax, style, {
    specifier: '@nestjs/config',
    name: 'ConfigService',
  });
  const name = freeName(syntax, 'config', 'configService');
  const parameter = `private readonly ${name}: ${imported.text}`;
  const constructor = owner.members.find(api.isConstructorDeclaration);
  const first = owner.members[0];
  if (!constructor) {
    // The class that it extends may want arguments of its own.
    if (
      owner.heritageClauses?.some(({ token }) => token === api.SyntaxKind.ExtendsKeyword) ||
      !first
    )
      return undefined;
    const before = owner.members.find((one) => !api.isPropertyDeclaration(one)) ?? first;
    const indent = indentOf(syntax.text, before.getStart());
    const text = `constructor(${parameter}) {}${style.lineEnd}${style.lineEnd}${indent}`;
    const edits = [...imported.edits, insertion(before.getStart(), text)];
    return { receiver: `this.${name}`, edits };
  }
  const { parameters } = constructor;
  const open = syntax.text.indexOf('(', constructor.getStart());
  const close = syntax.text.lastIndexOf(')', (constructor.body ?? constructor).getStart());
  if (open < 0 || close < open) return undefined;
  const list = {
    text: syntax.text,
    span: { start: open, end: close + 1 },
    items: parameters.map(spanOf),
  };
  const edits = [...imported.edits, ...addToList(list, parameter, { ...style, padding: '' })];
  const receiver = api.isConstructorDeclaration(member) ? name : `this.${name}`;
  return { receiver, edits, ...(api.isMethodDeclaration(member) ? { member } : {}) };
}

/** Puts a factory in place of the literal that configures a module: `register({…})` becomes `registerAsync({ useFactory })`. */
function byFactory({ syntax, style, placement }: ResolvedSite): Reach | undefined {
  const api = ts();
  const call = ancestor(
    placement.node,
    (one): one is TypeScript.CallExpression =>
      api.isCallExpression(one) &&
      /^\w+Module\.(?:register|forRoot)$/.test(one.expression.getText()),
  );
  const [options] = call?.arguments ?? [];
  if (!call || !options || call.arguments.length !== 1 || style.language !== 'ts') return undefined;
  if (!api.isObjectLiteralExpression(options) || ancestor(placement.node, api.isFunctionLike))
    return undefined;
  const { expression: callee } = call;
  if (!api.isPropertyAccessExpression(callee) || !HAS_FACTORY.test(callee.expression.getText()))
    return undefined;
  // These say something of the module itself, which a factory cannot.
  if (
    options.properties.some((one) =>
      /^(?:global|isGlobal|name|imports)$/.test(one.name?.getText() ?? ''),
    )
  )
    return undefined;
  const { text } = syntax;
  const imported = importName(syntax, style, {
    specifier: '@nestjs/config',
    name: 'ConfigService',
  });
  const indent = indentOf(text, call.getStart());
  const inner = indent + style.indent;
  const { start, end } = spanOf(options);
  const breaks = [...text.slice(start, end).matchAll(/\n(?!\r?\n)/g)];
  const head = [
    '{',
    `${inner}inject: [${imported.text}],`,
    `${inner}useFactory: (config: ${imported.text}) => (`,
  ].join(style.lineEnd);
  const edits = [
    ...imported.edits,
    replacement(spanOf(callee.name), `${callee.name.text}Async`),
    insertion(start, head),
    ...breaks.map(({ index }) => insertion(start + index + 1, style.indent)),
    insertion(end, `)${style.trailingComma}${style.lineEnd}${indent}}`),
  ];
  return { receiver: 'config', edits };
}

/** Modules that take `{ inject, useFactory }` with what they take as a literal. */
const HAS_FACTORY =
  /^(?:Jwt|TypeOrm|Sequelize|Bull|Mailer|Cache|Redis|Throttler|Http|Multer|ElasticSearch|Elasticsearch|MikroOrm|GraphQL)Module$/;

/** A field that the constructor fills, in place of the literal. */
function fieldEdits(
  { syntax, style, placement }: ResolvedSite,
  member: TypeScript.MethodDeclaration,
  name: string,
  read: (receiver: string) => string,
): TextEdit[] | undefined {
  const api = ts();
  const owner = member.parent;
  const type = serviceType(syntax);
  if (!api.isClassLike(owner) || type === undefined || style.language !== 'ts') return undefined;
  const constructor = owner.members.find(api.isConstructorDeclaration);
  const receiver = constructor && parameterOf(constructor, type);
  const body = constructor?.body;
  if (!body || receiver === undefined) return undefined;
  const field = freeName(syntax, camelCase(name), `${camelCase(name)}Value`);
  const indent = indentOf(syntax.text, constructor.getStart());
  const { lineEnd, semicolon } = style;
  const line = `this.${field} = ${read(receiver)}${semicolon}`;
  const last = body.statements[body.statements.length - 1];
  const filled = last
    ? insertion(last.end, lineEnd + indentOf(syntax.text, last.getStart()) + line)
    : replacement(spanOf(body), `{${lineEnd}${indent}${style.indent}${line}${lineEnd}${indent}}`);
  const declaration = `private readonly ${field}: ${numberOr(placement.valueType)}${semicolon}`;
  return [
    insertion(constructor.getStart(), declaration + lineEnd + lineEnd + indent),
    filled,
    placement.put(`this.${field}`, 'primary'),
  ];
}

function numberOr(type: string): string {
  return type === 'number' ? 'number' : 'string';
}

/** What a package says to `ConfigModule.forRoot`. */
interface NestSettings {
  readonly model: ProjectModel;
  readonly isGlobal: boolean;
  /** The file and the literal of the Joi schema that checks the environment when the app starts. */
  readonly schema?: {
    readonly syntax: SourceSyntax;
    readonly style: SourceStyle;
    readonly root: string;
    readonly object: TypeScript.ObjectLiteralExpression;
  };
}

const nestSettings = queryEach(
  'model',
  (path: string, model): NestSettings | undefined => {
    const owner = model.packageOf(path);
    for (const [other, { imports }] of model.modules) {
      if (model.packageOf(other) !== owner) continue;
      if (!imports.some(({ specifier }) => specifier === '@nestjs/config')) continue;
      const syntax = model.files.source(other);
      const options = syntax && rootOptions(syntax);
      if (!options) continue;
      const text = options.getText();
      const schema = validationSchema(model, syntax, options);
      return { model, isGlobal: /\bisGlobal: true\b/.test(text), ...(schema ? { schema } : {}) };
    }
    return undefined;
  },
  (path, model) => model.packageOf(path)?.dir ?? '',
);

/** The literal of `ConfigModule.forRoot({…})`. */
function rootOptions(syntax: SourceSyntax): TypeScript.ObjectLiteralExpression | undefined {
  const api = ts();
  let found: TypeScript.ObjectLiteralExpression | undefined;
  visit(syntax.sourceFile, (node) => {
    if (!api.isCallExpression(node) || node.expression.getText() !== 'ConfigModule.forRoot')
      return !found;
    const [options] = node.arguments;
    if (options && api.isObjectLiteralExpression(options)) found ??= options;
    return false;
  });
  return found;
}

function validationSchema(
  model: ProjectModel,
  syntax: SourceSyntax,
  options: TypeScript.ObjectLiteralExpression,
): NestSettings['schema'] {
  const api = ts();
  const own = options.properties.find((one) => one.name?.getText() === 'validationSchema');
  const value = own && api.isPropertyAssignment(own) ? unwrap(own.initializer) : own?.name;
  if (!value || !api.isExpression(value)) return undefined;
  const binding = importBindings(syntax).find(({ local }) => local === value.getText());
  const home = binding && model.resolveImport(syntax.path, binding.specifier).path;
  const there = binding ? (home === undefined ? undefined : model.files.source(home)) : syntax;
  if (!there) return undefined;
  const scope = scopeOf(there, there.sourceFile.statements);
  const expression =
    binding === undefined
      ? value
      : scope.variables.get(binding.imported === 'default' ? binding.local : binding.imported)
          ?.initializer;
  const shape = objectSchema(scope, expression, undefined);
  if (shape?.library !== 'joi') return undefined;
  return { syntax: there, style: styleIn(model, there), root: shape.root, object: shape.schema };
}

/** Makes the schema require the variable; undefined where there is none, or it lets it be missing. */
function requireInSchema({ schema }: NestSettings, name: string): FileChange[] | undefined {
  if (!schema) return undefined;
  const { syntax, style, root, object } = schema;
  const present = object.properties.find((one) => one.name && one.name.getText() === name);
  if (present) return /\.required\(/.test(present.getText()) ? [] : undefined;
  const items = object.properties.map(spanOf);
  const list = { text: syntax.text, span: spanOf(object), items };
  const entry = `${name}: ${root}.string().required()`;
  return [fileEdit(syntax.path, addToList(list, entry, { ...style, padding: ' ' }))];
}
