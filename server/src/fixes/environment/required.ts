import type * as TypeScript from 'typescript';
import { combineChanges, fileEdit, insertion, replacement } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import { ancestor, spanOf } from '../../languages/source/nodes';
import { ts } from '../../languages/source/ts';
import { inPrologue } from '../code/import-place';
import { freeName, mentions, topLevelStatement } from '../code/nodes';
import type { Placement } from '../code/placement';
import { requireHelper } from '../code/require-helper';
import { quoted } from '../code/style';
import { resolveSite, type EnvironmentSite, type ResolvedSite } from './environment';
import { environmentFileLoad, runsBeforeEnvironmentFile } from './environment-order';
import { guardText, requireFunction, type RequireFunction } from './require-function';
import { camelCase } from './words';

/**
 * Reads the variable and stops the start without it. `process.env.X` is `string | undefined`, so the forms are, in this order:
 * - the package's own helper: `requireEnv('X')`, imported where needed;
 * - a constant after the imports and a check: narrowing a `const` reaches module level, arrow functions and function
 *   expressions, and JavaScript needs none;
 * - TypeScript inside function declarations and classes, where narrowing does not reach, or an exported constant: a new
 *   `requireEnv` function, whose return type is `string` everywhere (see `requireFunction` for where it stands).
 * Reading at load, not on use, makes a missing variable stop the start instead of the first request.
 */
export function readRequired(site: EnvironmentSite): FileChange[] | undefined {
  const resolved = resolveSite(site);
  // A bundler inlines what it finds at build time: there is no start that could be stopped.
  if (!resolved || resolved.access.prefix !== '' || resolved.valueType === 'boolean')
    return undefined;
  const { placement, syntax } = resolved;
  const { model, path } = site;
  const statement = topLevelStatement(placement.node);
  if (!statement || syntax.embedded) return undefined;
  // What is read at load would stop every start that takes its values from a `.env`.
  const isEarly = runsBeforeEnvironmentFile(model, path);
  const load = environmentFileLoad(model, path);
  const isBehindLoad = load !== undefined && load.end <= placement.node.getStart();
  const isLate = runsLater(placement.node);
  if (isEarly && !isLate && !isBehindLoad) return undefined;
  const own = ownConstant(placement);
  if (
    !requireHelper(model, path) &&
    own &&
    resolved.valueType === 'string' &&
    resolved.suffix === ''
  )
    return requiredConstant(site, resolved, own);
  const isInPlace =
    isEarly || isOptional(placement.node) || (!isLate && requireHelper(model, path) !== undefined);
  return isInPlace ? inPlace(site, resolved, statement) : hoisted(site, resolved, statement);
}

/** A call that reads the variable where it is used. */
function inPlace(
  site: EnvironmentSite,
  resolved: ResolvedSite,
  statement: TypeScript.Statement,
): FileChange[] | undefined {
  const { syntax, style, placement } = resolved;
  const helper = requireFunction(site.model, syntax, style, statement, 'shared');
  const read = converted(`${helper.text}(${quoted(site.name, style)})`, resolved);
  return withHelper(site, helper, [placement.put(read, 'primary')]);
}

/** The literal is all of a top-level `const x = 'literal'`: the constant stays, its value changes. */
function requiredConstant(
  site: EnvironmentSite,
  resolved: ResolvedSite,
  declaration: TypeScript.VariableDeclaration & { readonly name: TypeScript.Identifier },
): FileChange[] | undefined {
  const { syntax, style, placement, access } = resolved;
  const statement = declaration.parent.parent as TypeScript.VariableStatement;
  const constant = declaration.name.text;
  const isExported =
    (ts().getModifiers(statement) ?? []).length > 0 ||
    mentions(syntax, constant).some(
      (one) => ts().isExportSpecifier(one.parent) || ts().isExportAssignment(one.parent),
    );
  const isNarrowed = mentions(syntax, constant).every(narrowingReaches);
  if (style.language === 'ts' && (isExported || !isNarrowed || declaration.type))
    return inPlace(site, resolved, statement);
  const guard = guardText(constant, site.name, style);
  return [
    fileEdit(site.path, [
      replacement(spanOf(placement.node), access.read(site.name)),
      insertion(statement.end, style.lineEnd + guard),
    ]),
  ];
}

/** A constant of its own after the imports, used in place of the literal. */
function hoisted(
  site: EnvironmentSite,
  resolved: ResolvedSite,
  statement: TypeScript.Statement,
): FileChange[] | undefined {
  const { syntax, style, placement, access } = resolved;
  const constant = freeName(syntax, site.name, camelCase(site.name), `${site.name}_VALUE`);
  const use = placement.put(converted(constant, resolved), 'primary');
  const isNarrowed = style.language === 'js' || narrowingReaches(placement.node);
  if (!isNarrowed || requireHelper(site.model, site.path)) {
    const helper = requireFunction(site.model, syntax, style, statement, 'shared');
    const text = `${style.constant} ${constant} = ${helper.text}(${quoted(site.name, style)})${style.semicolon}`;
    return withHelper(site, helper, [inPrologue(syntax, style, statement, text), use]);
  }
  const text =
    `${style.constant} ${constant} = ${access.read(site.name)}${style.semicolon}` +
    style.lineEnd +
    guardText(constant, site.name, style);
  return [fileEdit(site.path, [inPrologue(syntax, style, statement, text), use])];
}

function withHelper(
  { path }: EnvironmentSite,
  helper: RequireFunction,
  edits: readonly TextEdit[],
): FileChange[] | undefined {
  return combineChanges(helper.changes, [fileEdit(path, [...helper.edits, ...edits])]);
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
