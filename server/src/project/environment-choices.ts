import type * as TypeScript from 'typescript';
import type { Span } from '../engine/finding';
import { spanOf, unwrap } from '../languages/source/nodes';
import { ts } from '../languages/source/ts';
import { callContext } from './call-context';
import { isEnvironmentWord } from './environment-name';

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
  readonly valueType?: 'string' | 'number';
  /** Where the alternatives stand: calls in there happen in some environments only. */
  readonly branches?: readonly Span[];
  /** The side of `c ? a : b` that stands for nothing (`undefined`, `null`, an empty list), where the other one does not. */
  readonly empty?: 'true' | 'false';
  /** Matters only if one of the branches uses a service. */
  readonly servicesOnly?: true;
}

/** How an expression is used, up to the statement around it. */
interface Use {
  readonly kind: 'named' | 'argument' | 'override' | 'markup' | 'spread' | 'other';
  readonly name?: string;
  readonly callees: readonly string[];
}

type Shape = 'text' | 'number' | 'switch' | 'empty' | 'object' | 'function' | 'word' | 'other';

/** About errors, messages and development's own comfort: nothing that a deploy sets. */
const QUIET_NAME =
  /stack|err(or)?s?$|err(or)?_?(propert\w*|fields?|format\w*|expos\w*|verbos\w*|msg|message|handler|detail)|message|details?$|reason|trace$|pretty|colou?r|devtool|source_?map|hint|warning|banner|title|label|^text|description|^(log_?)?(prefix|suffix)$|status(_?code)?$|^(node_?env|app_?env|env|environment|mode|stage|dev|development|prod|production)$|^is[A-Z_]|hmr|webpack|^use(Strict|Effect)|minif|minim/i;
const QUIET_CODE =
  /\b(err|error|ex|exception)\b\s*[.?,)}\]:]|\b(err|error|ex|exception)$|\.stack\b|pino-pretty|prettyPrint|bunyan-?format|colada|colori[sz]e|errorhandler|<\/?[A-Z]|webpack|HotModule/i;
const QUIET_CALLEE =
  /(^|\.)(console|log|logger|logging|winston|pino|debug|next|reply|res|response|Error|\w+Error|\w+Exception|createError|expect|describe|it|test|t)(\.\w+)*$|\.(log|info|warn|error|debug|trace|verbose|render|send|json|status|end|write|emit)$|^require(\.resolve)?$|^import$/;
const FEATURE_NAME =
  /^(secure|same_?site|http_?only|trust_?proxy|cookie_?\w*|\w*_?format(ter)?|layout|transports?|targets?|logger|plugins?|middlewares?|extensions?|handlers?|modules|imports|providers|presets|mocks?|debug|playground|introspection|verbose|enabled|disabled|graphiql|swagger\w*|docs|explorer|watch|autoSchemaFile|\w*prefix|sampleRate|tracesSampleRate|ext|extension)$/i;
const FEATURE_CALLEE = /(^|\.)(morgan|use|helmet|compression|session|cookieSession|format\.\w+)$/;
/** What morgan's formats are called. */
const LOG_FORMAT = /^['"`](combined|common|dev|short|tiny|json|pretty|simple)['"`]$/;
/** Switches that change what the app does to its services and to whom it talks. */
const SETTING_SWITCH =
  /^(synchronize|synchronise|migrationsRun|dropSchema|autoSync|sync|alter|force|autoMigrate|autoIndex|((use|enable|db|database|pg|postgres|mysql|mongo|redis|smtp|mail)_?)?(ssl|tls)_?(mode|conn(ection)?|enabled|on)?|rejectUnauthorized|sandbox|sandbox_?mode|test_?mode|live_?mode|rate_?limit(ing)?|cluster_?mode|send_?e?mails?)$/i;
const RESOURCE_NAME =
  /(db|database|bucket|queue|topic|table|collection|stream|channel|keyspace|domain|host|url|uri|endpoint|connection)(_?(name|string))?$/i;
/** Casts and joins: the value goes on through them. */
const TRANSPARENT_CALL =
  /^(Number|String|Boolean|parseInt|parseFloat|URL|(path\.)?(join|resolve|normalize)|Object\.(freeze|assign)|\w*\.(concat|trim|toString))$/;
const NOT_SETTINGS =
  /^(process\.env\b|\(*global\w*|(res|req|ctx|err|response|reply|request|e|document|window)\b)|^\w*[eE]rrors?\b|\bcookie\b|\.(stack|message)$/;
/** Whole groups of settings, by what they are called and how they are put together. */
const SETTINGS_NAME =
  /(prod|production|live|stag|staging|dev|development|local)_?(conf|config|configs|settings|options)$|^(conf|config|settings)_?(prod|production|live|stag|staging|dev|development|local)$/i;
const MERGE =
  /^(Object\.assign|(_|lodash)\.(assign|merge|extend|defaults)|deepmerge|merge|extend)$/;

/** @param node a `c ? a : b` whose condition may ask for the environment */
export function ternaryChoice(
  node: TypeScript.ConditionalExpression,
  text: string,
): EnvironmentChoice | undefined {
  const use = useOf(node, text);
  if (isQuiet(node, use, text)) return undefined;
  const shapes = alternatives(node).map(shapeOf);
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
    /[*/]\s*\(?\s*$/.test(text.slice(0, node.getStart())) ||
    /^\s*\)?\s*[*/]/.test(text.slice(node.end));
  const isScalar = valueType !== undefined && !isFactor && values.every((shape) => shape === first);
  return {
    weight: 'setting',
    ...name,
    branches,
    ...emptySide(shapes),
    ...(isScalar ? { whole: spanOf(node), valueType } : {}),
  };
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
  return switchChoice({ kind: 'named', name, callees: [] });
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
  if (use.name === undefined || /(prod|dev|test|stag|local)/i.test(use.name)) return undefined;
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
  return statementChoice(branches.map(statementsOf), text, branches.map(spanOf));
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
      !(api.isStringLiteralLike(clause.expression) && /^test/i.test(clause.expression.text)),
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
  const api = ts();
  let calls = 0;
  for (const statement of branches.flat()) {
    const code = textOf(statement, text);
    if (api.isReturnStatement(statement) && statement.expression) {
      const shape = shapeOf(statement.expression);
      if (QUIET_CODE.test(code)) continue;
      const name = functionNameAround(statement);
      if (QUIET_NAME.test(name ?? '')) continue;
      if (shape === 'text' || shape === 'number' || shape === 'object')
        return { weight: 'setting', ...(name === undefined ? {} : { name }), branches: spans };
    }
    if (!api.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    if (!isAssignment(expression)) {
      const callee = calleeText(expression, text);
      const isForDevelopment = callContext(statement, text).includes('development');
      if (callee === undefined || isForDevelopment) continue;
      if (!QUIET_CALLEE.test(callee) && !QUIET_CODE.test(code)) calls++;
      continue;
    }
    const target = textOf(expression.left, text);
    const name = lastWord(target);
    const shape = shapeOf(expression.right);
    if (NOT_SETTINGS.test(target) || QUIET_NAME.test(name) || QUIET_CODE.test(code)) continue;
    if (/\brequire\(|\bimport\(/.test(textOf(expression.right, text))) continue;
    if (shape === 'function') continue;
    const weight =
      FEATURE_NAME.test(name) ||
      /logg?er/i.test(name) ||
      shape === 'empty' ||
      (shape === 'switch' && !SETTING_SWITCH.test(name))
        ? 'feature'
        : 'setting';
    return { weight, name, branches: spans };
  }
  return { weight: 'feature', branches: spans, ...(calls > 0 ? {} : { servicesOnly: true }) };
}

/** Why an expression that depends on the environment's name is none of our business. */
function isQuiet(node: TypeScript.Expression, use: Use, text: string): boolean {
  if (use.kind === 'override' || use.kind === 'markup') return true;
  if (use.name !== undefined && QUIET_NAME.test(use.name)) return true;
  if (use.callees.some((callee) => QUIET_CALLEE.test(callee))) return true;
  return QUIET_CODE.test(textOf(node, text));
}

function alternatives(node: TypeScript.ConditionalExpression): readonly TypeScript.Expression[] {
  return [node.whenTrue, node.whenFalse].flatMap((branch) => {
    const inner = unwrap(branch);
    return ts().isConditionalExpression(inner) ? alternatives(inner) : [inner];
  });
}

function shapeOf(expression: TypeScript.Expression): Shape {
  const api = ts();
  const node = unwrap(expression);
  if (api.isStringLiteralLike(node))
    return node.text === '' ? 'empty' : isEnvironmentWord(node.text) ? 'word' : 'text';
  if (api.isTemplateExpression(node)) return 'text';
  if (api.isNumericLiteral(node)) return 'number';
  if (api.isArrowFunction(node) || api.isFunctionExpression(node)) return 'function';
  switch (node.kind) {
    case api.SyntaxKind.TrueKeyword:
    case api.SyntaxKind.FalseKeyword:
      return 'switch';
    case api.SyntaxKind.NullKeyword:
    case api.SyntaxKind.VoidExpression:
      return 'empty';
  }
  if (api.isIdentifier(node) && node.text === 'undefined') return 'empty';
  // `return prodConfig`, `return Object.assign({}, base, prod)`
  if (api.isIdentifier(node) && SETTINGS_NAME.test(node.text)) return 'object';
  if (api.isCallExpression(node) && MERGE.test(node.expression.getText())) return 'object';
  if (api.isObjectLiteralExpression(node)) return node.properties.length === 0 ? 'empty' : 'object';
  if (api.isArrayLiteralExpression(node)) return node.elements.length === 0 ? 'empty' : 'object';
  // `60 * 60 * 24`
  if (api.isBinaryExpression(node)) {
    const sides = [shapeOf(node.left), shapeOf(node.right)];
    if (sides.every((side) => side === 'number')) return 'number';
    if (sides.includes('text') && node.operatorToken.kind === api.SyntaxKind.PlusToken)
      return 'text';
  }
  if (/^process\.env\b/.test(node.getText())) return 'text';
  return 'other';
}

function useOf(node: TypeScript.Expression, text: string): Use {
  const api = ts();
  const { SyntaxKind } = api;
  const callees: string[] = [];
  const named = (name: string | undefined): Use => ({
    kind: 'named',
    callees,
    ...(name === undefined ? {} : { name }),
  });
  let child: TypeScript.Node = node;
  for (let at = node.parent as TypeScript.Node | undefined; at; child = at, at = at.parent) {
    if (api.isPropertyAssignment(at) || api.isPropertyDeclaration(at))
      return named(propertyName(at.name));
    if (api.isVariableDeclaration(at) || api.isParameter(at) || api.isBindingElement(at))
      return named(api.isIdentifier(at.name) ? at.name.text : undefined);
    if (api.isReturnStatement(at)) return named(functionNameAround(at));
    if (api.isArrowFunction(at)) return named(nameOfFunction(at));
    if (api.isSpreadAssignment(at) || api.isSpreadElement(at)) return { kind: 'spread', callees };
    if (api.isJsxExpression(at)) return { kind: 'markup', callees };
    if (api.isCallExpression(at) || api.isNewExpression(at)) {
      if (child === at.expression) return { kind: 'other', callees };
      const callee = textOf(at.expression, text).slice(0, 80);
      callees.push(callee);
      if (TRANSPARENT_CALL.test(callee)) continue;
      return { kind: 'argument', callees, ...argumentName(at, child, text) };
    }
    if (api.isBinaryExpression(at)) {
      const operator = at.operatorToken.kind;
      if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)
        return named(lastWord(textOf(at.left, text)));
      const isFallback =
        operator === SyntaxKind.QuestionQuestionToken || operator === SyntaxKind.BarBarToken;
      // Only the default of a variable of its own.
      if (isFallback && child === at.right && /\benv\b|config/i.test(textOf(at.left, text)))
        return { kind: 'override', callees };
      if (
        isFallback ||
        operator === SyntaxKind.PlusToken ||
        operator === SyntaxKind.AsteriskToken ||
        operator === SyntaxKind.AmpersandAmpersandToken
      )
        continue;
      return { kind: 'other', callees };
    }
    if (api.isConditionalExpression(at)) {
      if (child === at.condition) return { kind: 'other', callees };
      // `process.env.X ? process.env.X : …`
      if (/^\(?\s*process\.env\.\w+\s*\)?$/.test(textOf(at.condition, text).trim()))
        return { kind: 'override', callees };
      continue;
    }
    if (
      api.isParenthesizedExpression(at) ||
      api.isAsExpression(at) ||
      api.isSatisfiesExpression(at) ||
      api.isNonNullExpression(at) ||
      api.isTemplateSpan(at) ||
      api.isTemplateExpression(at) ||
      api.isArrayLiteralExpression(at) ||
      api.isAwaitExpression(at)
    )
      continue;
    break;
  }
  return { kind: 'other', callees };
}

/** `app.set('trust proxy', …)`, `router.get(…)`: what the call itself says it sets. */
function argumentName(
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  child: TypeScript.Node,
  text: string,
): { readonly name?: string } {
  const first = call.arguments?.[0];
  if (first && first !== child && ts().isStringLiteralLike(first))
    return { name: first.text.replace(/\W+/g, '_') };
  return { name: lastWord(textOf(call.expression, text)) };
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

function functionNameAround(node: TypeScript.Node): string | undefined {
  const api = ts();
  for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent)
    if (api.isFunctionLike(at)) return nameOfFunction(at);
  return undefined;
}

function nameOfFunction(node: TypeScript.SignatureDeclaration): string | undefined {
  const api = ts();
  if (node.name && !api.isComputedPropertyName(node.name)) return propertyName(node.name);
  const { parent } = node;
  if (api.isVariableDeclaration(parent) && api.isIdentifier(parent.name)) return parent.name.text;
  return api.isPropertyAssignment(parent) ? propertyName(parent.name) : undefined;
}

function propertyName(name: TypeScript.PropertyName | TypeScript.BindingName): string | undefined {
  const api = ts();
  return api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isPrivateIdentifier(name)
    ? name.text
    : undefined;
}

function lastWord(text: string): string {
  const key = /\[\s*['"`]([^'"`]+)['"`]\s*\]$/.exec(text)?.[1];
  if (key !== undefined) return key;
  return /([\w$]+)\W*$/.exec(text)?.[1] ?? text;
}

function textOf(node: TypeScript.Node, text: string): string {
  return text.slice(node.getStart(), node.end);
}
