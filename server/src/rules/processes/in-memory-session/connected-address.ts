import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../../engine/finding';
import { importBindings } from '../../../fixes/code/import-bindings';
import { inFrontOf } from '../../../fixes/code/import-place';
import { freeName, staticName, topLevelStatement, visit } from '../../../fixes/code/nodes';
import type { ServiceSite } from '../../../fixes/redis-client';
import type { RequiredAddress } from '../../../fixes/required-address';
import { unwrap } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';

/** An address that the file has already, said again at another place. */
export interface ConnectedAddress extends RequiredAddress {
  readonly edits: readonly TextEdit[];
}

/**
 * What the file's own connect call is given, when that can be said again: `process.env.X`, `config.db.url`, a constant of the
 * module. Where a parameter or a variable in between hides the name (`connect(db, (err, db) => …)`), the address gets another
 * name in front of the call.
 * @param callee what connects
 */
export function connectedAddress(site: ServiceSite, callee: RegExp): ConnectedAddress | undefined {
  const api = ts();
  const { syntax, style, place } = site;
  let found: TypeScript.Expression | undefined;
  visit(syntax.sourceFile, (node) => {
    if (found || (!api.isCallExpression(node) && !api.isNewExpression(node))) return;
    const [argument] = node.arguments ?? [];
    if (!argument || !callee.test(node.expression.getText().replace(/\s+/g, ''))) return;
    const address = unwrap(argument);
    if (isAddress(address, site)) found = address;
  });
  if (!found) return undefined;
  const text = found.getText();
  const root = rootOf(found)?.text ?? '';
  if (scopeOf(root, place) === scopeOf(root, found))
    return { text, imports: [], statements: [], changes: [], edits: [] };
  const statement = topLevelStatement(found);
  if (!statement || scopeOf(root, found) !== syntax.sourceFile) return undefined;
  const name = freeName(syntax, 'sessionUrl', 'sessionStoreUrl');
  const line = `${style.constant} ${name} = ${text}${style.semicolon}`;
  const edits = [inFrontOf(syntax, style, statement, line)];
  return { text: name, imports: [], statements: [], changes: [], edits };
}

/** Is an expression one that means the same elsewhere in the file, and that names an address? */
function isAddress(expression: TypeScript.Expression, { syntax }: ServiceSite): boolean {
  const api = ts();
  const root = rootOf(expression);
  if (!root) return false;
  const isImported = importBindings(syntax).some(({ local }) => local === root.text);
  if (api.isIdentifier(expression)) return scopeOf(root.text, expression) === syntax.sourceFile;
  if (/^(process|config|env|settings)$/.test(root.text)) return true;
  return (
    isImported &&
    api.isPropertyAccessExpression(expression) &&
    /(?:ur[il]|db|database|mongo\w*|connection\w*)$/i.test(expression.name.text)
  );
}

/** `a.b.c` → `a`; undefined for anything else than names. */
function rootOf(expression: TypeScript.Expression): TypeScript.Identifier | undefined {
  const api = ts();
  let at = expression;
  while (api.isPropertyAccessExpression(at)) at = at.expression;
  return api.isIdentifier(at) ? at : undefined;
}

/** The function, block or file that declares a name as seen from a node; undefined for globals. */
function scopeOf(name: string, from: TypeScript.Node): TypeScript.Node | undefined {
  const api = ts();
  for (
    let at: TypeScript.Node | undefined = from;
    at;
    at = at.parent as TypeScript.Node | undefined
  ) {
    const own = api.isFunctionLike(at)
      ? at.parameters.map((parameter) => parameter.name)
      : api.isBlock(at) || api.isSourceFile(at)
        ? at.statements.flatMap(declaredBy)
        : api.isCatchClause(at) && at.variableDeclaration
          ? [at.variableDeclaration.name]
          : [];
    if (own.some((each) => bindsName(each, name))) return at;
    if (
      api.isSourceFile(at) &&
      importBindings({ sourceFile: at }).some((one) => one.local === name)
    )
      return at;
  }
  return undefined;
}

function declaredBy(statement: TypeScript.Statement): readonly TypeScript.BindingName[] {
  const api = ts();
  if (api.isVariableStatement(statement))
    return statement.declarationList.declarations.map((one) => one.name);
  return (api.isFunctionDeclaration(statement) || api.isClassDeclaration(statement)) &&
    statement.name
    ? [statement.name]
    : [];
}

function bindsName(binding: TypeScript.BindingName, name: string): boolean {
  const api = ts();
  if (api.isIdentifier(binding)) return staticName(binding) === name;
  return binding.elements.some((one) => api.isBindingElement(one) && bindsName(one.name, name));
}
