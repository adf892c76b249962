import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';
import { COMPARING, LOG_FUNCTIONS, LOG_METHODS, LOGGERS } from '../../vocabulary/call-names';
import { callContext } from './call-context';
import { replacedBy } from './guarded-default';

/**
 * What a literal is there for, seen from where it stands.
 * - `value`: it is stored or passed on
 * - `message`: logged, thrown or shown; `comparison`: only compared with; `key`: a property or element name
 * - `fallback`: stands in for something missing (`a ?? 'x'`); `choice`: picked by the environment's name
 * - `default`: of a parameter or destructured name
 * - `markup`: text or attribute of JSX
 */
export type LiteralUse =
  | 'value'
  | 'message'
  | 'comparison'
  | 'key'
  | 'fallback'
  | 'choice'
  | 'default'
  | 'markup'
  | 'type';

/** Where a literal stands, in terms that survive the tree. Serialisable. */
export interface LiteralPosition {
  readonly use: LiteralUse;
  /** Properties, attributes, variables, fields, parameters and functions that hold or return it, nearest first. */
  readonly names: readonly string[];
  /** The calls that get it, innermost first, up to the function or statement around it. */
  readonly calls: readonly CallPosition[];
  /** An item of a list. */
  readonly listed: boolean;
  /** Part of a longer template or concatenation. */
  readonly part: boolean;
  /** Only reached in development or tests, by a condition on the environment's name. */
  readonly development: boolean;
  /** What the fallback stands in for reads the environment in so many words. */
  readonly afterEnvironment: boolean;
}

export interface CallPosition {
  /** The callee's text without arguments: `axios.create`, `this.http.get`; at most 80 characters. */
  readonly callee: string;
  readonly index: number;
  readonly isNew: boolean;
  /** The first argument when it is a plain string (`res.set('Access-Control-Allow-Origin', …)`). */
  readonly first?: string;
}

const LOGGER = new RegExp(`(^|\\.)(${LOGGERS.pattern})(\\.\\w+)*$`, 'i');
const LOG_METHOD = new RegExp(`\\.(${LOG_METHODS.pattern})$`);
const ERRORS =
  /(^|\.)(\w*(Error|Exception|Fault|HttpException|Boom)|createError|httpErrors?(\.\w+)?|boom\.\w+|invariant|reject)$/;
/** Calls whose result is their argument in another form. */
const WRAPPERS =
  /^(URL|Set|String|Object\.freeze|encodeURI|normalizeUrl|trimEnd|Promise\.resolve)$/;
const ENVIRONMENT =
  /process\.env\b|import\.meta\.env\b|\bBun\.env\b|\bDeno\.env\b|\benv\.[A-Z]|\bgetenv\b|\bconfig(?:Service)?\.get\(|\benv\(/i;
const ENVIRONMENT_NAME =
  /\b(NODE_ENV|APP_ENV|VERCEL_ENV|__DEV__|isDev\w*|isProd\w*|isLocal\w*|IS_DEV\w*|IS_PROD\w*|is_?test|DEV\b|PROD\b|development|production|staging|window\.location|location\.host\w*)/;

/**
 * Reads the position of a string literal, template or part of a concatenation.
 * @param node has its parents
 * @param text the file's text
 */
// eslint-disable-next-line complexity, max-lines-per-function -- one branch for each kind of node around, which all add to the same position; runs for every literal
export function literalPosition(node: TypeScript.Node, text: string): LiteralPosition {
  const api = ts();
  const state = {
    use: 'value' as LiteralUse,
    names: [] as string[],
    calls: [] as CallPosition[],
    listed: false,
    part: false,
    afterEnvironment: false,
  };
  const become = (use: LiteralUse): void => {
    // The innermost reason counts: a fallback inside a log message is a message, a compared fallback a comparison.
    if (state.use === 'value' || use === 'message' || use === 'comparison') state.use = use;
  };
  /** Names beyond a call are those of its result, not of the literal. */
  const hold = (...names: readonly (string | undefined)[]): void => {
    if (state.calls.every(({ callee }) => WRAPPERS.test(callee)))
      state.names.push(...names.filter((name) => name !== undefined));
  };
  /** `if (!url) url = 'x'`, `if (!process.env.URL) return 'x'` */
  const replace = (at: TypeScript.Node, target?: TypeScript.Node): void => {
    const missing = replacedBy(at, target, text);
    if (missing === undefined) return;
    become('fallback');
    if (ENVIRONMENT.test(missing)) state.afterEnvironment = true;
  };
  let child = node;
  for (let at = node.parent as TypeScript.Node | undefined; at; child = at, at = at.parent) {
    if (api.isTemplateSpan(at) || api.isTemplateExpression(at)) {
      state.part = true;
    } else if (api.isBinaryExpression(at)) {
      const operator = at.operatorToken.kind;
      const kind = api.SyntaxKind;
      if (operator === kind.PlusToken) state.part = true;
      else if (operator === kind.QuestionQuestionToken || operator === kind.BarBarToken) {
        if (child === at.right) {
          become('fallback');
          if (ENVIRONMENT.test(text.slice(at.left.pos, at.left.end))) state.afterEnvironment = true;
        }
      } else if (operator === kind.AmpersandAmpersandToken) {
        if (child === at.left) break;
      } else if (operator >= kind.FirstAssignment && operator <= kind.LastAssignment) {
        if (child !== at.right) break;
        if (operator === kind.BarBarEqualsToken || operator === kind.QuestionQuestionEqualsToken) {
          become('fallback');
          if (ENVIRONMENT.test(text.slice(at.left.pos, at.left.end))) state.afterEnvironment = true;
        } else replace(at, at.left);
        hold(...assignedNames(at.left));
        break;
      } else if (operator !== kind.CommaToken) {
        become('comparison');
        break;
      }
    } else if (api.isConditionalExpression(at)) {
      if (child === at.condition) {
        become('comparison');
        break;
      }
      const condition = text.slice(at.condition.pos, at.condition.end);
      if (ENVIRONMENT_NAME.test(condition)) become('choice');
      else if (ENVIRONMENT.test(condition)) {
        become('fallback');
        state.afterEnvironment = true;
      }
    } else if (api.isPropertyAssignment(at)) {
      if (child === at.name) return finish('key');
      hold(nameOf(at.name));
    } else if (api.isCallExpression(at) || api.isNewExpression(at)) {
      if (child === at.expression) break;
      const callee = calleeText(at.expression, text);
      state.calls.push(callPosition(at, child, callee));
      if (ERRORS.test(callee) || isLogCall(callee)) become('message');
      else if (COMPARING.has(/\.([\w$]+)$/.exec(callee)?.[1] ?? '')) become('comparison');
      if (state.calls.length > 3) break;
    } else if (api.isArrayLiteralExpression(at)) {
      state.listed = true;
    } else if (api.isPropertyAccessExpression(at) || api.isElementAccessExpression(at)) {
      if (api.isElementAccessExpression(at) && child === at.argumentExpression)
        return finish('key');
      // `'http://x'.concat(y)`, `[ … ].join('')`: the call's result goes on.
      if (!api.isCallExpression(at.parent) || at.parent.expression !== at) break;
      const method = api.isPropertyAccessExpression(at) ? at.name.text : '';
      if (COMPARING.has(method)) {
        if (/^(replace|replaceAll|split|concat|trim)$/.test(method)) {
          at = at.parent;
          continue;
        }
        become('comparison');
        break;
      }
      at = at.parent;
    } else if (api.isJsxAttribute(at)) {
      if (api.isIdentifier(at.name)) hold(at.name.text);
      become('markup');
      break;
    } else if (api.isJsxExpression(at)) {
      if (!api.isJsxAttribute(at.parent)) return finish('message');
    } else if (api.isVariableDeclaration(at) || api.isPropertyDeclaration(at)) {
      hold(nameOf(at.name));
      break;
    } else if (api.isParameter(at) || api.isBindingElement(at)) {
      if (child !== at.initializer) return finish('key');
      become('default');
      hold(nameOf(at.name));
      break;
    } else if (api.isEnumMember(at)) {
      hold(nameOf(at.name));
    } else if (api.isEnumDeclaration(at)) {
      hold(at.name.text);
      break;
    } else if (api.isReturnStatement(at) || api.isArrowFunction(at)) {
      if (api.isReturnStatement(at)) replace(at);
      const owner = api.isArrowFunction(at) ? at : functionAround(at);
      if (!owner) break;
      // A nameless callback's result goes to whoever calls back.
      hold(...functionNames(owner));
      break;
    } else if (api.isThrowStatement(at)) {
      become('message');
      break;
    } else if (api.isCaseClause(at)) {
      become('comparison');
      break;
    } else if (
      api.isLiteralTypeNode(at) ||
      api.isTypeNode(at) ||
      api.isImportDeclaration(at) ||
      api.isExportDeclaration(at) ||
      api.isExternalModuleReference(at)
    ) {
      return finish('type');
    } else if (api.isTaggedTemplateExpression(at)) {
      break;
    } else if (api.isStatement(at) || api.isSourceFile(at) || api.isFunctionLike(at)) {
      break;
    }
  }
  return finish(state.use);

  function finish(use: LiteralUse): LiteralPosition {
    return {
      use,
      names: state.names,
      calls: state.calls,
      listed: state.listed,
      part: state.part,
      development: isDevelopmentOnly(node),
      afterEnvironment: state.afterEnvironment,
    };
  }
}

/**
 * Might a name like this hold the literal? A look at its parent alone, to be asked before {@link literalPosition} of the many
 * literals of a file.
 * @returns false only when no such name can be the nearest
 */
export function mayBeHeldAs(node: TypeScript.Node, name: RegExp, text: string): boolean {
  const api = ts();
  const { parent } = node;
  if (
    api.isPropertyAssignment(parent) ||
    api.isVariableDeclaration(parent) ||
    api.isPropertyDeclaration(parent)
  ) {
    const held = parent.name === node ? '' : nameOf(parent.name);
    return held === undefined || name.test(held);
  }
  if (api.isCallExpression(parent) || api.isNewExpression(parent))
    return WRAPPERS.test(calleeText(parent.expression, text));
  return !(
    api.isImportDeclaration(parent) ||
    api.isExpressionStatement(parent) ||
    api.isCaseClause(parent) ||
    api.isElementAccessExpression(parent)
  );
}

/** The callee without arguments and white space; of long chains the end. */
function calleeText(expression: TypeScript.Expression, text: string): string {
  return text
    .slice(expression.getStart(), expression.end)
    .replace(/\([^()]*\)/g, '()')
    .replace(/\s+/g, '')
    .slice(-80);
}

function callPosition(
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  child: TypeScript.Node,
  callee: string,
): CallPosition {
  const api = ts();
  const args: readonly TypeScript.Node[] = call.arguments ?? [];
  const first = call.arguments?.[0];
  return {
    callee,
    index: args.indexOf(child),
    isNew: api.isNewExpression(call),
    ...(first && api.isStringLiteralLike(first) ? { first: first.text } : {}),
  };
}

function isLogCall(callee: string): boolean {
  const object = callee.replace(/(?:\.|(?<![\w$]))[\w$]+$/, '');
  if (object === '') return LOG_FUNCTIONS.has(callee);
  return (
    LOGGER.test(object) ||
    (LOG_METHOD.test(callee) &&
      /(^|\.)(this|l|assert|\w*builder|swagger|\w*i18n\w*|new\w*\(\))/i.test(object))
  );
}

function nameOf(name: TypeScript.Node): string | undefined {
  const api = ts();
  if (api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isPrivateIdentifier(name))
    return name.text.replace(/^#/, '');
  return undefined;
}

function assignedNames(left: TypeScript.Expression): string[] {
  const api = ts();
  const names: string[] = [];
  let at = left;
  while (names.length < 4) {
    if (api.isPropertyAccessExpression(at)) {
      names.push(at.name.text.replace(/^#/, ''));
      at = at.expression;
    } else if (api.isElementAccessExpression(at)) {
      if (api.isStringLiteralLike(at.argumentExpression)) names.push(at.argumentExpression.text);
      at = at.expression;
    } else {
      if (api.isIdentifier(at)) names.push(at.text);
      break;
    }
  }
  return names;
}

function functionAround(node: TypeScript.Node): TypeScript.Node | undefined {
  const api = ts();
  let at = node.parent as TypeScript.Node | undefined;
  while (at && !api.isFunctionLike(at)) at = at.parent;
  return at;
}

function functionNames(owner: TypeScript.Node): string[] {
  const api = ts();
  if (
    api.isFunctionDeclaration(owner) ||
    api.isMethodDeclaration(owner) ||
    api.isGetAccessorDeclaration(owner) ||
    api.isFunctionExpression(owner)
  ) {
    const own = owner.name && nameOf(owner.name);
    if (own !== undefined) return [own];
  }
  const { parent } = owner;
  if (
    api.isVariableDeclaration(parent) ||
    api.isPropertyAssignment(parent) ||
    api.isPropertyDeclaration(parent)
  ) {
    const name = nameOf(parent.name);
    return name === undefined ? [] : [name];
  }
  return [];
}

function isDevelopmentOnly(node: TypeScript.Node): boolean {
  const api = ts();
  for (let at: TypeScript.Node | undefined = node; at;) {
    if (callContext(at).includes('development')) return true;
    let owner = at.parent as TypeScript.Node | undefined;
    while (owner && !api.isFunctionLike(owner)) owner = owner.parent;
    at = owner;
  }
  return false;
}
