import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../base/line-ends';
import type { Span } from '../../base/span';
import { insertion, replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { ancestor, nodeAround, spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { inPrologue } from '../code/import-place';
import { importName } from '../code/imports';
import { freeName, mentions, nodeAt, topLevelStatement } from '../code/nodes';
import { styleIn } from '../code/package-style';
import { placementAt, type Binding, type Placement, type ValueType } from '../code/placement';
import { requireHelper } from '../code/require-helper';
import { specifierFor } from '../code/specifier';
import { quoted, type SourceStyle } from '../code/style';
import { environmentAccess, type EnvironmentAccess } from './environment-access';
import { runsBeforeEnvironmentFile } from './environment-order';
import { camelCase } from './words';

/** A literal that an environment variable takes over from. */
export interface EnvironmentSite {
  readonly model: ProjectModel;
  readonly path: string;
  readonly span: Span;
  /** The variable's name, with the prefix that {@link environmentAccess} asks for. */
  readonly name: string;
  /** Needed where the span is no plain literal; otherwise the literal decides. */
  readonly valueType?: ValueType;
  /**
   * What the span is, where it is no plain expression: `list` of strings, which the variable holds with commas between them; a
   * `switch`, the value of a property that is true or false.
   */
  readonly form?: 'list' | 'switch';
}

/** What a site looks like from inside its file. */
export interface ResolvedSite {
  readonly syntax: SourceSyntax;
  readonly style: SourceStyle;
  readonly access: EnvironmentAccess;
  readonly placement: Placement;
  readonly valueType: ValueType;
  /** What makes the value out of the variable's text, as the end of a chain: `.split(',')`. */
  readonly suffix: string;
}

/** @returns undefined where no environment variable can take over, or it is not certain how the code reads one */
export function resolveSite(site: Omit<EnvironmentSite, 'name'>): ResolvedSite | undefined {
  const { model, path, span } = site;
  const syntax = model.files.source(path);
  const access = environmentAccess(model, path);
  if (!syntax || !access) return undefined;
  const style = styleIn(model, syntax);
  const placement =
    site.form === 'list'
      ? listPlacement(syntax, style, span)
      : site.form === 'switch'
        ? switchPlacement(syntax, span)
        : placementAt(syntax, style, span);
  if (!placement) return undefined;
  const valueType = site.valueType ?? placement.valueType;
  const suffix = site.form === 'list' ? LIST : isKey(placement.value) ? lineBreaks(style) : '';
  return { syntax, style, access, placement, valueType, suffix };
}

const LIST = ".split(',')";

/** Keys in PEM have lines; most places that keep variables have none, and say `\n` for them. */
function isKey(value: Placement['value']): boolean {
  return typeof value === 'string' && value.includes('-----BEGIN ');
}

function lineBreaks(style: SourceStyle): string {
  return `.replace(/\\\\n/g, ${style.quote}\\n${style.quote})`;
}

/** A list of plain strings (`['https://a.example', 'https://b.example']`) as one text. */
function listPlacement(
  syntax: SourceSyntax,
  style: SourceStyle,
  span: Span,
): Placement | undefined {
  const api = ts();
  const node = nodeAt(syntax, span, api.isArrayLiteralExpression);
  const items = node && stringItems(node);
  // `[…] as const` is about these very values.
  if (!items || api.isAsExpression(node.parent)) return undefined;
  const value = items.join(',');
  return {
    node,
    original: quoted(value, style),
    value,
    valueType: 'string',
    put: (expression) => replacement(spanOf(node), expression),
  };
}

/** `synchronize: !isProduction` */
function switchPlacement(syntax: SourceSyntax, span: Span): Placement | undefined {
  const api = ts();
  const property = nodeAround(syntax, span);
  const node = property && nodeAt(syntax, span, api.isExpression);
  if (!node || !api.isPropertyAssignment(node.parent)) return undefined;
  return {
    node,
    original: node.getText(),
    value: undefined,
    valueType: 'boolean',
    put: (expression) => replacement(spanOf(node), expression),
  };
}

/** The texts of a list that holds nothing but strings without commas; undefined for any other. */
export function stringItems(
  node: TypeScript.ArrayLiteralExpression,
): readonly string[] | undefined {
  const items = node.elements.flatMap((item) =>
    ts().isStringLiteralLike(item) && !item.text.includes(',') ? [item.text] : [],
  );
  return items.length === node.elements.length ? items : undefined;
}

/**
 * Reads the variable, with today's value as default: `process.env.NAME ?? 'literal'`, `Number(process.env.NAME ?? 3000)`,
 * `process.env.NAME !== 'false'`.
 */
export function readWithDefault(site: EnvironmentSite): TextEdit[] | undefined {
  const resolved = resolveSite(site);
  if (!resolved) return undefined;
  const { placement, access, style } = resolved;
  const { text, binding } = defaultExpression(access.read(site.name), resolved, style);
  return [placement.put(text, binding)];
}

/** The expression that reads a variable with today's value as default, and how tightly it binds. */
export function defaultExpression(
  read: string,
  resolved: Pick<ResolvedSite, 'placement' | 'valueType'> & Partial<Pick<ResolvedSite, 'suffix'>>,
  style: Pick<SourceStyle, 'quote' | 'coalesce'>,
): { readonly text: string; readonly binding: Binding } {
  const { placement, valueType, suffix = '' } = resolved;
  if (valueType === 'boolean') {
    if (placement.value === undefined) {
      const text = `${read} === undefined ? ${placement.original} : ${read} === ${quoted('true', style)}`;
      return { text, binding: 'conditional' };
    }
    const text =
      placement.value === true
        ? `${read} !== ${quoted('false', style)}`
        : `${read} === ${quoted('true', style)}`;
    return { text, binding: 'equality' };
  }
  const either = `${read} ${style.coalesce} ${placement.original}`;
  if (suffix !== '') return { text: `(${either})${suffix}`, binding: 'primary' };
  return valueType === 'number'
    ? { text: `Number(${either})`, binding: 'primary' }
    : { text: either, binding: 'nullish' };
}

/**
 * Reads the variable and stops the start without it. `process.env.X` is `string | undefined`, so the forms are, in this order:
 * - the package's own helper: `requireEnv('X')`, imported where needed;
 * - a constant after the imports and a check: narrowing a `const` reaches module level, arrow functions and function
 *   expressions, and JavaScript needs none;
 * - TypeScript inside function declarations and classes, where narrowing does not reach, or an exported constant: a local
 *   `requireEnv` function, whose return type is `string` everywhere.
 * Reading at load, not on use, makes a missing variable stop the start instead of the first request.
 */
export function readRequired(site: EnvironmentSite): TextEdit[] | undefined {
  const resolved = resolveSite(site);
  // A bundler inlines what it finds at build time: there is no start that could be stopped.
  if (!resolved || resolved.access.prefix !== '' || resolved.valueType === 'boolean')
    return undefined;
  const { syntax, style, placement } = resolved;
  // What is read at load would stop every start that takes its values from a `.env`.
  const isEarly = runsBeforeEnvironmentFile(site.model, site.path);
  if (isEarly && !runsLater(placement.node)) return undefined;
  const helper = requireHelper(site.model, site.path);
  const name = quoted(site.name, style);
  if (helper) {
    if (placement.node.getStart() >= 0 && helper.path === site.path) {
      return [placement.put(converted(`${helper.name}(${name})`, resolved), 'primary')];
    }
    const imported = importName(syntax, style, {
      specifier: specifierFor(site.model, site.path, helper.path),
      name: helper.exported ?? 'default',
      local: helper.name,
    });
    return [
      ...imported.edits,
      placement.put(converted(`${imported.text}(${name})`, resolved), 'primary'),
    ];
  }
  const own = ownConstant(placement);
  if (own && resolved.valueType === 'string' && resolved.suffix === '')
    return requiredConstant(site, resolved, own);
  return hoisted(site, resolved, isEarly ? 'on-use' : 'at-load');
}

/** The literal is all of a top-level `const x = 'literal'`: the constant stays, its value changes. */
function requiredConstant(
  site: EnvironmentSite,
  resolved: ResolvedSite,
  declaration: TypeScript.VariableDeclaration & { readonly name: TypeScript.Identifier },
): TextEdit[] {
  const { syntax, style, placement, access } = resolved;
  const statement = declaration.parent.parent as TypeScript.VariableStatement;
  const constant = declaration.name.text;
  const isExported =
    (ts().getModifiers(statement) ?? []).length > 0 ||
    mentions(syntax, constant).some(
      (one) => ts().isExportSpecifier(one.parent) || ts().isExportAssignment(one.parent),
    );
  const isNarrowed = mentions(syntax, constant).every(narrowingReaches);
  if (style.language === 'ts' && (isExported || !isNarrowed || declaration.type)) {
    const edits = localHelper(syntax, style, access, statement);
    return [
      ...edits.edits,
      replacement(spanOf(placement.node), `${edits.name}(${quoted(site.name, style)})`),
    ];
  }
  const guard = guardText(constant, site.name, style);
  return [
    replacement(spanOf(placement.node), access.read(site.name)),
    insertion(statement.end, style.lineEnd + guard),
  ];
}

/** A constant of its own after the imports, used in place of the literal. */
function hoisted(
  site: EnvironmentSite,
  resolved: ResolvedSite,
  when: 'at-load' | 'on-use',
): TextEdit[] | undefined {
  const { syntax, style, placement, access } = resolved;
  const statement = topLevelStatement(placement.node);
  if (!statement || syntax.embedded) return undefined;
  const constant = freeName(syntax, site.name, camelCase(site.name), `${site.name}_VALUE`);
  if (when === 'on-use' || isOptional(placement.node)) {
    const helper = localHelper(syntax, style, access, statement);
    const read = `${helper.name}(${quoted(site.name, style)})`;
    return [...helper.edits, placement.put(converted(read, resolved), 'primary')];
  }
  const use = placement.put(converted(constant, resolved), 'primary');
  if (style.language === 'ts' && !narrowingReaches(placement.node)) {
    const helper = localHelper(syntax, style, access, statement);
    const text = `const ${constant} = ${helper.name}(${quoted(site.name, style)})${style.semicolon}`;
    return [...helper.edits, inPrologue(syntax, style, statement, text), use];
  }
  const text =
    `${style.constant} ${constant} = ${access.read(site.name)}${style.semicolon}` +
    style.lineEnd +
    guardText(constant, site.name, style);
  return [inPrologue(syntax, style, statement, text), use];
}

/** A function `requireEnv` in this file. */
function localHelper(
  syntax: SourceSyntax,
  style: SourceStyle,
  access: EnvironmentAccess,
  before: TypeScript.Statement,
): { readonly edits: TextEdit[]; readonly name: string } {
  const name = freeName(syntax, 'requireEnv', 'requiredVariable');
  const { indent, semicolon } = style;
  const environment = access.read('X').replace(/\.X$|\[['"]X['"]\]$/, '');
  const isTyped = style.language === 'ts';
  const lines = [
    isTyped ? `function ${name}(name: string): string {` : `function ${name}(name) {`,
    `${indent}const value = ${environment}[name]${semicolon}`,
    `${indent}if (!value) {`,
    `${indent}${indent}throw new Error(\`\${name} must be set\`)${semicolon}`,
    `${indent}}`,
    `${indent}return value${semicolon}`,
    '}',
  ];
  return { edits: [inPrologue(syntax, style, before, lines.join(style.lineEnd))], name };
}

/**
 * The check that stops the start where a variable is missing.
 * @param constant what holds its value, or the expression that reads it
 */
export function guardText(constant: string, name: string, style: SourceStyle): string {
  const message = quoted(`${name} must be set`, style);
  const lines = [
    `if (!${constant}) {`,
    `${style.indent}throw new Error(${message})${style.semicolon}`,
    '}',
  ];
  return withLineEnd(lines.join('\n'), style.lineEnd);
}

function converted(text: string, resolved: ResolvedSite): string {
  return resolved.valueType === 'number' ? `Number(${text})` : text + resolved.suffix;
}

function ownConstant(
  placement: Placement,
): (TypeScript.VariableDeclaration & { readonly name: TypeScript.Identifier }) | undefined {
  const api = ts();
  const declaration = placement.node.parent;
  if (!api.isVariableDeclaration(declaration) || !api.isIdentifier(declaration.name))
    return undefined;
  if (
    declaration.initializer !== placement.node ||
    !api.isVariableDeclarationList(declaration.parent)
  )
    return undefined;
  const list = declaration.parent;
  const isAlone = (list.flags & api.NodeFlags.Const) !== 0 && list.declarations.length === 1;
  if (!isAlone || !api.isSourceFile(list.parent.parent)) return undefined;
  return declaration as TypeScript.VariableDeclaration & { readonly name: TypeScript.Identifier };
}

/** Does the code run when something is called, not while the module is loaded? */
function runsLater(node: TypeScript.Node): boolean {
  const api = ts();
  return (
    ancestor(
      node,
      (one): one is TypeScript.Node =>
        api.isFunctionLike(one) ||
        (api.isPropertyDeclaration(one) &&
          api.getModifiers(one)?.some((each) => each.kind === api.SyntaxKind.StaticKeyword) !==
            true),
    ) !== undefined
  );
}

/**
 * Does the code run in some deploys only: in a branch that the settings decide on, or any branch of the module itself
 * (`key ? new Client(…) : null`)? A check at load would demand the variable of all of them.
 */
function isOptional(node: TypeScript.Node): boolean {
  const api = ts();
  let condition = '';
  for (let at = node; !api.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (api.isFunctionLike(at)) {
      if (SETTING.test(condition)) return true;
      condition = '';
    } else if (api.isIfStatement(parent) && parent.expression !== at)
      condition += parent.expression.getText();
    else if (api.isConditionalExpression(parent) && parent.condition !== at)
      condition += parent.condition.getText();
    else if (
      api.isBinaryExpression(parent) &&
      parent.right === at &&
      parent.operatorToken.kind === api.SyntaxKind.AmpersandAmpersandToken
    )
      condition += parent.left.getText();
  }
  return condition !== '';
}

const SETTING =
  /\bprocess\.env\b|\b_?(env|config|settings|options)\b|NODE_ENV|\bis_?(Prod|Dev)|enabled/i;

/** TypeScript keeps the narrowing of a `const` inside arrow functions and function expressions, not in declarations. */
function narrowingReaches(node: TypeScript.Node): boolean {
  const api = ts();
  let at = node.parent as TypeScript.Node | undefined;
  while (at) {
    if (api.isFunctionDeclaration(at) || api.isClassDeclaration(at) || api.isTypeQueryNode(at))
      return false;
    if (api.isPropertyDeclaration(at) || api.isClassStaticBlockDeclaration(at)) return false;
    at = at.parent;
  }
  return true;
}
