import type * as TypeScript from 'typescript';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { queryEach } from '../../project/query';
import { visit } from './nodes';

/** A function of the package that takes a variable's name and returns its value or throws. */
export interface RequireHelper {
  readonly path: string;
  /** The name it is exported under: `default`, a name; undefined when it is local to its file. */
  readonly exported: string | undefined;
  readonly name: string;
}

/**
 * The package's own "required variable" helper (`requireEnv('X')`, `getOsEnv('X')`), wherever it is exported from; a helper that
 * is local to the given file wins.
 */
export function requireHelper(model: ProjectModel, path: string): RequireHelper | undefined {
  const candidates = [
    ...(ANY_VARIABLE.test(model.files.text(path) ?? '') ? [path] : []),
    ...readersOfAny(path, model),
  ];
  const isTypeScript = /\.[cm]?tsx?$/.test(path);
  for (const candidate of candidates) {
    const syntax = model.files.source(candidate);
    if (!syntax || isTypeScript !== /\.[cm]?tsx?$/.test(candidate)) continue;
    for (const statement of syntax.sourceFile.statements) {
      const helper = helperIn(statement);
      if (helper === undefined) continue;
      const exported = exportedName(syntax, statement, helper);
      if (exported !== undefined || candidate === path)
        return { path: candidate, exported, name: helper };
    }
  }
  return undefined;
}

/** `env[name]`. */
const ANY_VARIABLE = /\benv\s*\[\s*\w+\s*\]/;

/** The modules of a file's package that read a variable whose name they are given. */
const readersOfAny = queryEach(
  'model',
  (path: string, model): readonly string[] =>
    [...model.modules].flatMap(([other, { roles }]) =>
      model.packageOf(other) === model.packageOf(path) &&
      !roles.has('test') &&
      ANY_VARIABLE.test(model.files.text(other) ?? '')
        ? [other]
        : [],
    ),
  (path, model) => model.packageOf(path)?.dir,
);

function helperIn(statement: TypeScript.Statement): string | undefined {
  const api = ts();
  if (api.isFunctionDeclaration(statement) && statement.name) {
    return isRequireFunction(statement) ? statement.name.text : undefined;
  }
  if (!api.isVariableStatement(statement)) return undefined;
  const [declaration] = statement.declarationList.declarations;
  if (!declaration?.initializer || !api.isIdentifier(declaration.name)) return undefined;
  const { initializer } = declaration;
  if (!api.isArrowFunction(initializer) && !api.isFunctionExpression(initializer)) return undefined;
  return isRequireFunction(initializer) ? declaration.name.text : undefined;
}

/** `(name: string, …optional) => string` whose body reads `process.env[name]`, and throws or exits. */
function isRequireFunction(fn: TypeScript.FunctionLikeDeclaration): boolean {
  const api = ts();
  const [parameter, ...others] = fn.parameters;
  if (!parameter || !api.isIdentifier(parameter.name) || !fn.body) return false;
  if (
    fn.modifiers?.some((one) => one.kind === api.SyntaxKind.AsyncKeyword) === true ||
    fn.asteriskToken
  )
    return false;
  if (others.some((other) => !other.initializer && !other.questionToken)) return false;
  if (parameter.type && parameter.type.kind !== api.SyntaxKind.StringKeyword) return false;
  if (fn.type && fn.type.kind !== api.SyntaxKind.StringKeyword) return false;
  const name = parameter.name.text;
  const found = new Set<'reads' | 'stops' | 'converts'>();
  visit(fn.body, (node) => {
    if (api.isElementAccessExpression(node) && /\benv$/.test(node.expression.getText())) {
      if (node.argumentExpression.getText() === name) found.add('reads');
    }
    if (api.isThrowStatement(node)) found.add('stops');
    if (api.isCallExpression(node)) {
      const callee = node.expression.getText();
      if (callee === 'process.exit') found.add('stops');
      if (/^(Number|parseInt|parseFloat|Boolean|JSON\.parse)$|\.(split|map)$/.test(callee)) {
        found.add('converts');
      }
    }
  });
  return found.has('reads') && found.has('stops') && !found.has('converts');
}

function exportedName(
  syntax: SourceSyntax,
  statement: TypeScript.Statement,
  name: string,
): string | undefined {
  const api = ts();
  if (api.canHaveModifiers(statement)) {
    const modifiers = api.getModifiers(statement) ?? [];
    const has = (kind: TypeScript.SyntaxKind): boolean =>
      modifiers.some((one) => one.kind === kind);
    if (has(api.SyntaxKind.ExportKeyword))
      return has(api.SyntaxKind.DefaultKeyword) ? 'default' : name;
  }
  return exportOf(syntax, name);
}

/**
 * The name under which a file exports one of its variables by a statement of its own: `export { a as b }`, `export default a`,
 * `module.exports = a`, `module.exports = { a }`, `exports.b = a`.
 */
export function exportOf(syntax: SourceSyntax, name: string): string | undefined {
  for (const statement of syntax.sourceFile.statements) {
    const exported = namedExport(statement, name) ?? commonJsExport(statement, name);
    if (exported !== undefined) return exported;
  }
  return undefined;
}

/** `export default a` → `default`, `export { a as b }` → `b`. */
function namedExport(statement: TypeScript.Statement, name: string): string | undefined {
  const api = ts();
  if (api.isExportAssignment(statement)) {
    const { expression } = statement;
    return api.isIdentifier(expression) && expression.text === name ? 'default' : undefined;
  }
  if (!api.isExportDeclaration(statement) || statement.moduleSpecifier) return undefined;
  const { exportClause } = statement;
  if (!exportClause || !api.isNamedExports(exportClause)) return undefined;
  return exportClause.elements.find((one) => (one.propertyName ?? one.name).text === name)?.name
    .text;
}

/** `module.exports = a` → `default`, `module.exports = { b: a }` and `exports.b = a` → `b`. */
function commonJsExport(statement: TypeScript.Statement, name: string): string | undefined {
  const api = ts();
  if (!api.isExpressionStatement(statement) || !api.isBinaryExpression(statement.expression))
    return undefined;
  const { left, right } = statement.expression;
  const target = left.getText();
  if (target !== 'module.exports')
    return right.getText() === name ? /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1] : undefined;
  if (api.isIdentifier(right)) return right.text === name ? 'default' : undefined;
  if (!api.isObjectLiteralExpression(right)) return undefined;
  for (const property of right.properties) {
    if (api.isShorthandPropertyAssignment(property) && property.name.text === name) return name;
    if (!api.isPropertyAssignment(property) || !api.isIdentifier(property.name)) continue;
    if (property.initializer.getText() === name) return property.name.text;
  }
  return undefined;
}
