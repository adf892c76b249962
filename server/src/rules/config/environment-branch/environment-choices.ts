import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { spanOf } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import { callContext } from '../../../project/facts/call-context';
import { isTestSection } from '../../../project/services/environment-sections';
import { ENVIRONMENTS, PARTNERS } from '../../../vocabulary/environments';
import {
  FEATURE_CALLEE,
  FEATURE_NAME,
  LOG_FORMAT,
  NOT_SETTINGS,
  QUIET_CALLEE,
  QUIET_CODE,
  QUIET_NAME,
  RESOURCE_NAME,
  SETTING_SWITCH,
} from './environment-choice-words';
import { alternatives, shapeOf, type Shape } from './expression-shape';
import {
  functionNameAround,
  lastWord,
  propertyName,
  textOf,
  useOf,
  type Use,
} from './expression-use';

/**
 * What a condition chooses between, seen from where the choice stands.
 * - `setting`: a value that configures something
 * - `feature`: what runs, or a switch that many people leave to the environment's name (cookie flags, log formats)
 */
export interface EnvironmentChoice {
  readonly weight: 'setting' | 'feature';
  /** The property, variable or function that gets the value. */
  readonly name?: string;
  /** The whole expression, where it could be the default of a variable. */
  readonly whole?: Span;
  readonly valueType?: 'string' | 'number' | 'boolean';
  /** Where the alternatives stand: calls in there happen in some environments only. */
  readonly branches?: readonly Span[];
  /** The side of `c ? a : b` that stands for nothing (`undefined`, `null`, an empty list), where the other one does not. */
  readonly empty?: 'true' | 'false';
  /** Matters only if one of the branches uses a service. */
  readonly servicesOnly?: true;
  /** What does not run where the condition holds, because the function is left with nothing to show for it. */
  readonly skipped?: Span;
}

/** @param node a `c ? a : b` whose condition may ask for the environment */
export function ternaryChoice(
  node: TypeScript.ConditionalExpression,
  text: string,
): EnvironmentChoice | undefined {
  const use = useOf(node, text);
  return partnerChoice(node, use) ?? ownChoice(node, use, text);
}

function ownChoice(
  node: TypeScript.ConditionalExpression,
  use: Use,
  text: string,
): EnvironmentChoice | undefined {
  const shapes = alternatives(node).map(shapeOf);
  if (isQuiet(node, use, text)) return undefined;
  // `production ? 'production' : 'development'` is the name again.
  if (shapes.every((shape) => shape === 'word')) return undefined;
  const name = use.name === undefined ? {} : { name: use.name };
  const isPlain = shapes.every((shape) => shape === 'empty' || shape === 'switch');
  if (isPlain) return switchChoice(use);
  const branches = alternatives(node).map((branch) => spanOf(branch));
  const isFeature =
    use.kind === 'spread' ||
    use.kind === 'other' ||
    shapes.includes('function') ||
    alternatives(node).every((branch) => LOG_FORMAT.test(textOf(branch, text))) ||
    FEATURE_NAME.test(use.name ?? '') ||
    use.callees.some((callee) => FEATURE_CALLEE.test(callee)) ||
    /logg?er|morgan|\b(pino|bunyan|winston|log4js)\b/i.test(
      `${use.name ?? ''} ${textOf(node.whenTrue, text)}`,
    );
  if (isFeature) return { weight: 'feature', ...name, branches };
  const values = shapes.map((shape) => (shape === 'word' ? 'text' : shape));
  const [first] = values;
  const valueType = first === 'text' ? 'string' : first === 'number' ? 'number' : undefined;
  // A factor is no value that anybody would set.
  const isFactor =
    /[*/]\s*(?:\(\s*)?$/.test(text.slice(0, node.getStart())) ||
    /^\s*(?:\)\s*)?[*/]/.test(text.slice(node.end));
  const isScalar = valueType !== undefined && !isFactor && values.every((shape) => shape === first);
  return {
    weight: 'setting',
    ...name,
    branches,
    ...emptySide(shapes),
    ...(isScalar ? { whole: spanOf(node), valueType } : {}),
  };
}

function partnerChoice(
  node: TypeScript.ConditionalExpression,
  { kind, name }: Use,
): EnvironmentChoice | undefined {
  if (kind === 'override' || !choosesPartner(node)) return undefined;
  // A variable called after the environment would be asked for in the same way.
  const isOwn = name !== undefined && !QUIET_NAME.test(name);
  return {
    weight: 'setting',
    ...(name === undefined ? {} : { name }),
    ...(isOwn ? { whole: spanOf(node), valueType: 'string' as const } : {}),
  };
}

/** `server: isProduction ? 'production' : 'sandbox'`: which of the environments of somebody else's service is used. */
function choosesPartner(node: TypeScript.ConditionalExpression): boolean {
  const words = alternatives(node).map((branch) =>
    ts().isStringLiteralLike(branch) ? branch.text : '',
  );
  return words.every((word) => ENVIRONMENTS.is(word)) && words.some((word) => PARTNERS.is(word));
}

function emptySide([whenTrue, whenFalse, ...more]: readonly Shape[]): Pick<
  EnvironmentChoice,
  'empty'
> {
  if (more.length > 0 || (whenTrue === 'empty') === (whenFalse === 'empty')) return {};
  return { empty: whenTrue === 'empty' ? 'true' : 'false' };
}

/** `synchronize: NODE_ENV !== 'production'`: the condition itself is the value. */
export function flagChoice(node: TypeScript.PropertyAssignment): EnvironmentChoice | undefined {
  const name = propertyName(node.name);
  if (name === undefined || QUIET_NAME.test(name)) return undefined;
  const choice = switchChoice({ kind: 'named', name, callees: [] });
  return choice && isTruth(node.initializer)
    ? { ...choice, whole: spanOf(node.initializer), valueType: 'boolean' }
    : choice;
}

/** True or false for sure: `!x`, a comparison, something called `isProduction`. */
function isTruth(node: TypeScript.Expression): boolean {
  const api = ts();
  const { SyntaxKind } = api;
  if (api.isPrefixUnaryExpression(node)) return node.operator === SyntaxKind.ExclamationToken;
  if (api.isBinaryExpression(node))
    return [
      SyntaxKind.EqualsEqualsEqualsToken,
      SyntaxKind.ExclamationEqualsEqualsToken,
      SyntaxKind.EqualsEqualsToken,
      SyntaxKind.ExclamationEqualsToken,
    ].includes(node.operatorToken.kind);
  return /(?:^|\.)(?:is|in)[A-Z]\w*$/.test(node.getText());
}

/** `shop_${NODE_ENV}`: the environment's name is part of the name of something the app uses. */
export function namedResource(
  node: TypeScript.TemplateExpression,
  text: string,
): EnvironmentChoice | undefined {
  const use = useOf(node, text);
  if (isQuiet(node, use, text)) return undefined;
  const isResource =
    (use.name !== undefined && RESOURCE_NAME.test(use.name)) ||
    use.callees.some((callee) => /connect(ion)?$|(^|\.)(MongoClient|Sequelize)$/i.test(callee));
  return isResource ? { weight: 'setting' } : undefined;
}

function switchChoice(use: Use): EnvironmentChoice | undefined {
  if (use.name === undefined || ENVIRONMENTS.isIn(use.name)) return undefined;
  return { weight: SETTING_SWITCH.test(use.name) ? 'setting' : 'feature', name: use.name };
}

const KEPT_GLOBALLY = /\bglobal\w*\)?[.[]/;

/** @param node an `if` whose condition may ask for the environment, the first of its chain */
export function ifChoice(
  node: TypeScript.IfStatement,
  text: string,
): EnvironmentChoice | undefined {
  const api = ts();
  const branches: TypeScript.Statement[] = [];
  // What happens to an error is chosen, not a setting.
  if (QUIET_CODE.test(textOf(node.expression, text))) return undefined;
  let at: TypeScript.Statement | undefined = node;
  while (at && api.isIfStatement(at)) {
    branches.push(at.thenStatement);
    at = at.elseStatement;
  }
  if (at) branches.push(at);
  // A client kept on the global object so that hot reloading does not make another: the same in every deploy.
  if (branches.some((branch) => KEPT_GLOBALLY.test(textOf(branch, text)))) return undefined;
  const choice = statementChoice(branches.map(statementsOf), text, branches.map(spanOf));
  const isExit = branches.length === 1 && leaves(statementsOf(node.thenStatement), text);
  return choice && isExit
    ? { ...choice, skipped: { start: node.end, end: node.parent.end } }
    : choice;
}

/** `return;`, `return true;`, with no more than a message before it. */
function leaves(statements: readonly TypeScript.Statement[], text: string): boolean {
  const last = statements.at(-1);
  if (!last || !ts().isReturnStatement(last)) return false;
  const shape = last.expression ? shapeOf(last.expression) : 'empty';
  return (
    (shape === 'empty' || shape === 'switch') &&
    statements
      .slice(0, -1)
      .every(
        (statement) => ts().isExpressionStatement(statement) && !isTellingCall(statement, text),
      )
  );
}

/** @param node a `switch` over the environment's name */
export function caseChoice(
  node: TypeScript.SwitchStatement,
  text: string,
): EnvironmentChoice | undefined {
  const api = ts();
  const clauses = node.caseBlock.clauses.filter(
    (clause) =>
      api.isDefaultClause(clause) ||
      !(api.isStringLiteralLike(clause.expression) && isTestSection(clause.expression.text)),
  );
  const bodies = clauses.map((clause) =>
    clause.statements.flatMap((statement) =>
      api.isBlock(statement) ? [...statement.statements] : [statement],
    ),
  );
  return statementChoice(bodies, text, clauses.map(spanOf));
}

function statementChoice(
  branches: readonly (readonly TypeScript.Statement[])[],
  text: string,
  spans: readonly Span[],
): EnvironmentChoice | undefined {
  let calls = 0;
  for (const statement of branches.flat()) {
    const choice = returnedChoice(statement, text) ?? assignedChoice(statement, text);
    if (choice) return { ...choice, branches: spans };
    if (isTellingCall(statement, text)) calls++;
  }
  return { weight: 'feature', branches: spans, ...(calls > 0 ? {} : { servicesOnly: true }) };
}

/** `return 'https://…';`, `return { … };` */
function returnedChoice(
  statement: TypeScript.Statement,
  text: string,
): EnvironmentChoice | undefined {
  if (!ts().isReturnStatement(statement) || !statement.expression) return undefined;
  if (QUIET_CODE.test(textOf(statement, text))) return undefined;
  const name = functionNameAround(statement);
  if (QUIET_NAME.test(name ?? '')) return undefined;
  const shape = shapeOf(statement.expression);
  return shape === 'text' || shape === 'number' || shape === 'object'
    ? { weight: 'setting', ...(name === undefined ? {} : { name }) }
    : undefined;
}

/** `config.level = 'debug';` */
function assignedChoice(
  statement: TypeScript.Statement,
  text: string,
): EnvironmentChoice | undefined {
  if (!ts().isExpressionStatement(statement) || !isAssignment(statement.expression))
    return undefined;
  const { left, right } = statement.expression;
  const target = textOf(left, text);
  const name = lastWord(target);
  if (NOT_SETTINGS.test(target) || QUIET_NAME.test(name)) return undefined;
  if (QUIET_CODE.test(textOf(statement, text))) return undefined;
  if (/\brequire\(|\bimport\(/.test(textOf(right, text))) return undefined;
  const shape = shapeOf(right);
  if (shape === 'function') return undefined;
  const isFeature =
    FEATURE_NAME.test(name) ||
    /logg?er/i.test(name) ||
    shape === 'empty' ||
    (shape === 'switch' && !SETTING_SWITCH.test(name));
  return { weight: isFeature ? 'feature' : 'setting', name };
}

/** Does a statement call something that is neither for development nor of no consequence to a deploy? */
function isTellingCall(statement: TypeScript.Statement, text: string): boolean {
  if (!ts().isExpressionStatement(statement) || isAssignment(statement.expression)) return false;
  const callee = calleeText(statement.expression, text);
  if (callee === undefined || callContext(statement).includes('development')) return false;
  return !QUIET_CALLEE.test(callee) && !QUIET_CODE.test(textOf(statement, text));
}

/** Why an expression that depends on the environment's name is none of our business. */
function isQuiet(node: TypeScript.Expression, use: Use, text: string): boolean {
  if (use.kind === 'override' || use.kind === 'markup') return true;
  if (use.name !== undefined && QUIET_NAME.test(use.name)) return true;
  if (use.callees.some((callee) => QUIET_CALLEE.test(callee))) return true;
  // Types that are handed to a getter are no markup.
  return QUIET_CODE.test(textOf(node, text).replace(/\bget\w*<[\w\s|'"]+>(?=\()/g, 'get'));
}

function isAssignment(
  expression: TypeScript.Expression,
): expression is TypeScript.BinaryExpression {
  const api = ts();
  return (
    api.isBinaryExpression(expression) &&
    expression.operatorToken.kind === api.SyntaxKind.EqualsToken
  );
}

function calleeText(expression: TypeScript.Expression, text: string): string | undefined {
  const api = ts();
  const node = api.isAwaitExpression(expression) ? expression.expression : expression;
  return api.isCallExpression(node) || api.isNewExpression(node)
    ? textOf(node.expression, text)
    : undefined;
}

function statementsOf(statement: TypeScript.Statement): readonly TypeScript.Statement[] {
  return ts().isBlock(statement) ? statement.statements : [statement];
}
