import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import { someValue } from '../../base/value-visitor';
import type { BoundSource } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { ts } from '../../languages/source/ts';
import type { EnvironmentFact } from './facts';

/**
 * Reads and writes of `process.env` and `import.meta.env`: members, destructuring, aliases (`const { env } = process`).
 * Schemas and wrappers are found by the library table over call facts.
 */
export function collectEnvironment(bound: BoundSource, evaluator: Evaluator): EnvironmentFact[] {
  const api = ts();
  const facts: EnvironmentFact[] = [];
  for (const node of bound.environmentNodes) {
    const value = evaluator.evaluate(node);
    if (value.kind !== 'env' || value.name !== '*') continue;
    const isMeta = api.isPropertyAccessExpression(node) && api.isMetaProperty(node.expression);
    facts.push(...readsThrough(node, isMeta ? 'import-meta' : 'direct', bound, evaluator));
  }
  facts.push(...readsOfImportedName(bound, evaluator));
  return facts.sort((a, b) => a.span.start - b.span.start);
}

const IS_VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/**
 * `import { env } from 'node:process'` and `const { env } = process`, under any local name; variables that a framework's module exports
 * by name (`$env/static/public`).
 */
function readsOfImportedName(bound: BoundSource, evaluator: Evaluator): EnvironmentFact[] {
  const api = ts();
  const [moduleScope] = bound.scopes();
  return [...(moduleScope?.names.values() ?? [])].flatMap((declaration) => {
    const { node } = declaration;
    if (!(api.isImportSpecifier(node) || api.isBindingElement(node))) return [];
    const { name, propertyName } = node;
    if (!api.isIdentifier(name)) return [];
    const imported = propertyName && api.isIdentifier(propertyName) ? propertyName : name;
    const isByName = api.isImportSpecifier(node) && IS_VARIABLE.test(imported.text);
    if (imported.text !== 'env' && !isByName) return [];
    const value = evaluator.declared(declaration, evaluator.span(name), 0);
    if (value.kind !== 'env') return [];
    if (isByName) return [fact(node, value.name, 'import', bound, evaluator)];
    return value.name === '*' ? readsOfAlias(name, bound, evaluator) : [];
  });
}

function readsThrough(
  root: TypeScript.Expression,
  via: EnvironmentFact['via'],
  bound: BoundSource,
  evaluator: Evaluator,
): EnvironmentFact[] {
  const api = ts();
  let at: TypeScript.Node = root;
  while (
    api.isAsExpression(at.parent) ||
    api.isParenthesizedExpression(at.parent) ||
    api.isNonNullExpression(at.parent)
  )
    at = at.parent;
  const { parent } = at;
  const asked = askedKey(at, bound, evaluator);
  if (asked) return [asked];
  if (api.isPropertyAccessExpression(parent))
    return [readOf(parent, parent.name.text, via, bound, evaluator)];
  if (api.isElementAccessExpression(parent) && parent.expression === at) {
    const key = evaluator.evaluate(parent.argumentExpression);
    const options = key.kind === 'either' ? key.options : [key];
    return options.map((option) =>
      readOf(
        parent,
        option.kind === 'literal' && typeof option.value === 'string' ? option.value : undefined,
        via,
        bound,
        evaluator,
      ),
    );
  }
  if (api.isVariableDeclaration(parent) && parent.initializer === at)
    return readsOfBinding(parent.name, bound, evaluator);
  if (
    api.isBinaryExpression(parent) &&
    parent.right === at &&
    api.isObjectLiteralExpression(parent.left)
  )
    return parent.left.properties.flatMap((property) =>
      property.name && api.isIdentifier(property.name)
        ? [fact(property, property.name.text, 'destructured', bound, evaluator)]
        : [],
    );
  return [fact(root, '*', via, bound, evaluator)];
}

/** `'X' in process.env`, `process.env.hasOwnProperty('X')`, `Object.hasOwn(process.env, 'X')`: asks whether a variable is there. */
function askedKey(
  environment: TypeScript.Node,
  bound: BoundSource,
  evaluator: Evaluator,
): EnvironmentFact | undefined {
  const api = ts();
  const { parent } = environment;
  let key: TypeScript.Expression | undefined;
  if (api.isBinaryExpression(parent)) {
    const isIn = parent.operatorToken.kind === api.SyntaxKind.InKeyword;
    key = isIn && parent.right === environment ? parent.left : undefined;
  } else if (api.isCallExpression(parent)) {
    const isAsked = /^(Object\.hasOwn|Reflect\.has|Object\.prototype\.hasOwnProperty\.call)$/.test(
      parent.expression.getText(bound.syntax.sourceFile),
    );
    key = isAsked && parent.arguments[0] === environment ? parent.arguments[1] : undefined;
  } else if (
    api.isPropertyAccessExpression(parent) &&
    parent.name.text === 'hasOwnProperty' &&
    api.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  ) {
    key = parent.parent.arguments[0];
  }
  if (!key) return undefined;
  const value = evaluator.evaluate(key);
  const name =
    value.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
  return { ...fact(key, name, 'direct', bound, evaluator), asked: true };
}

function readsOfBinding(
  name: TypeScript.BindingName,
  bound: BoundSource,
  evaluator: Evaluator,
): EnvironmentFact[] {
  const api = ts();
  if (api.isArrayBindingPattern(name)) return [];
  if (api.isIdentifier(name)) return readsOfAlias(name, bound, evaluator);
  return name.elements.map((element) => {
    const key = element.propertyName ?? element.name;
    const base = fact(
      key,
      element.dotDotDotToken
        ? '*'
        : api.isIdentifier(key) || api.isStringLiteral(key)
          ? key.text
          : undefined,
      'destructured',
      bound,
      evaluator,
    );
    if (!element.initializer) return base;
    return { ...base, fallback: evaluator.evaluate(element.initializer), operator: 'default' };
  });
}

/** `const env = process.env; env.PORT`: member accesses on the alias. */
function readsOfAlias(
  name: TypeScript.Identifier,
  bound: BoundSource,
  evaluator: Evaluator,
): EnvironmentFact[] {
  const api = ts();
  const facts: EnvironmentFact[] = [];
  const declaration = bound.lookup(name.text, name);
  const visit = (node: TypeScript.Node): void => {
    const isAccess = api.isPropertyAccessExpression(node) || api.isElementAccessExpression(node);
    if (
      isAccess &&
      api.isIdentifier(node.expression) &&
      node.expression.text === name.text &&
      bound.lookup(name.text, node) === declaration
    ) {
      const key = api.isPropertyAccessExpression(node)
        ? node.name.text
        : api.isStringLiteralLike(node.argumentExpression)
          ? node.argumentExpression.text
          : undefined;
      facts.push(readOf(node, key, 'direct', bound, evaluator));
    }
    if (
      api.isIdentifier(node) &&
      node.text === name.text &&
      (api.isBinaryExpression(node.parent) || api.isCallExpression(node.parent)) &&
      bound.lookup(name.text, node) === declaration
    ) {
      const asked = askedKey(node, bound, evaluator);
      if (asked) facts.push(asked);
    }
    if (
      api.isVariableDeclaration(node) &&
      node.initializer &&
      api.isIdentifier(node.initializer) &&
      node.initializer.text === name.text &&
      api.isObjectBindingPattern(node.name)
    )
      facts.push(...readsOfBinding(node.name, bound, evaluator));
    api.forEachChild(node, visit);
  };
  visit(bound.syntax.sourceFile);
  return facts;
}

function readOf(
  access: TypeScript.Expression,
  name: string | undefined,
  via: EnvironmentFact['via'],
  bound: BoundSource,
  evaluator: Evaluator,
): EnvironmentFact {
  const api = ts();
  const at = converted(access, bound);
  const { parent } = at;
  const base = {
    ...fact(access, name, via, bound, evaluator),
    ...(isSecond(at) ? ({ second: true } as const) : {}),
  };
  if (api.isDeleteExpression(parent)) return { ...base, write: true, removes: true };
  const replacement = replacementOf(at, name, bound, evaluator);
  if (replacement) return { ...base, ...replacement };
  if (stopsWithout(at)) return { ...base, required: true };
  if (isAsked(access)) return { ...base, asked: true };
  if (!api.isBinaryExpression(parent) || parent.left !== at) return base;
  const operator = parent.operatorToken.kind;
  if (operator < api.SyntaxKind.FirstAssignment || operator > api.SyntaxKind.LastAssignment)
    return base;
  const value = evaluator.evaluate(parent.right);
  // `X = X || 'default'` and `X ??= 'default'` only fill a gap.
  const fills =
    operator !== api.SyntaxKind.EqualsToken ||
    (value.kind === 'either' && value.options[0]?.kind === 'env' && value.options[0].name === name);
  const keeps = someValue(value, (part) => part.kind === 'env' && part.name === name);
  return {
    ...base,
    write: true,
    ...(fills ? { fallback: value } : {}),
    ...(keeps && !fills ? { keeps } : {}),
  };
}

/** A read with what only casts or converts it: `Number(process.env.X!)`. */
function converted(access: TypeScript.Expression, bound: BoundSource): TypeScript.Expression {
  const api = ts();
  let at = access;
  while (
    api.isParenthesizedExpression(at.parent) ||
    api.isNonNullExpression(at.parent) ||
    api.isAsExpression(at.parent) ||
    (api.isCallExpression(at.parent) &&
      at.parent.arguments[0] === at &&
      /^(Number|parseInt|parseFloat|String|Boolean|Number\.parseInt)$/.test(
        at.parent.expression.getText(bound.syntax.sourceFile),
      )) ||
    (api.isPrefixUnaryExpression(at.parent) && at.parent.operator === api.SyntaxKind.PlusToken)
  )
    at = at.parent;
  return at;
}

/** `process.env.HOSTS?.split(',')`: what is made of a variable where it is set; undefined for whatever else is done with it. */
function madeOf(read: TypeScript.Expression): TypeScript.Expression | undefined {
  const api = ts();
  const { parent } = read;
  if (!api.isPropertyAccessExpression(parent) || parent.expression !== read) return undefined;
  const isReached = parent.questionDotToken !== undefined || api.isCallExpression(read);
  return isReached &&
    MAKING.test(parent.name.text) &&
    api.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
    ? parent.parent
    : undefined;
}

const MAKING = /^(split|trim|map|filter|toLowerCase|toUpperCase)$/;

/**
 * What takes over when a read yields nothing: the rest of an `a || b || c` chain, wherever in it the read stands, or the other
 * side of `x ? x : y`.
 */
function replacementOf(
  read: TypeScript.Expression,
  name: string | undefined,
  bound: BoundSource,
  evaluator: Evaluator,
): Partial<Pick<EnvironmentFact, 'fallback' | 'operator' | 'required'>> | undefined {
  const api = ts();
  const others: Value[] = [];
  let operator: EnvironmentFact['operator'];
  let at: TypeScript.Expression = read;
  for (;;) {
    const { parent } = at;
    const made = madeOf(at);
    if (made) {
      at = made;
    } else if (api.isParenthesizedExpression(parent)) {
      at = parent;
    } else if (
      api.isBinaryExpression(parent) &&
      (parent.operatorToken.kind === api.SyntaxKind.QuestionQuestionToken ||
        parent.operatorToken.kind === api.SyntaxKind.BarBarToken)
    ) {
      if (parent.left === at) {
        if (failsAtOnce(parent.right)) return others.length === 0 ? STOPS : undefined;
        others.push(evaluator.evaluate(parent.right));
        operator ??= parent.operatorToken.kind === api.SyntaxKind.BarBarToken ? '||' : '??';
      }
      at = parent;
    } else if (
      api.isConditionalExpression(parent) &&
      parent.whenTrue === at &&
      name !== undefined &&
      parent.condition.getText(bound.syntax.sourceFile).includes(name)
    ) {
      others.push(evaluator.evaluate(parent.whenFalse));
      operator ??= '||';
      at = parent;
    } else break;
  }
  const [only] = others;
  if (!only || operator === undefined) return undefined;
  const fallback: Value =
    others.length === 1
      ? only
      : { kind: 'either', operator: '||', options: others, span: only.span };
  return { fallback, operator };
}

/** Does something stand in front of the read, in a chain of alternatives: `window.config?.url ?? process.env.URL`? */
function isSecond(read: TypeScript.Expression): boolean {
  const api = ts();
  let at = read;
  for (let { parent } = at; ; { parent } = at) {
    if (api.isParenthesizedExpression(parent)) at = parent;
    else if (!api.isBinaryExpression(parent)) return false;
    else {
      const operator = parent.operatorToken.kind;
      const isChoice =
        operator === api.SyntaxKind.QuestionQuestionToken ||
        operator === api.SyntaxKind.BarBarToken;
      if (isChoice && parent.right === at) return !api.isLiteralExpression(parent.left);
      if (!isChoice && operator !== api.SyntaxKind.AmpersandAmpersandToken) return false;
      at = parent;
    }
  }
}

/** `if (!process.env.X) throw …`, alone or as one of several that are missing. */
function stopsWithout(read: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = read;
  const isNegated =
    api.isPrefixUnaryExpression(parent) && parent.operator === api.SyntaxKind.ExclamationToken;
  if (!isNegated) return false;
  let at: TypeScript.Node = parent;
  while (
    api.isParenthesizedExpression(at.parent) ||
    (api.isBinaryExpression(at.parent) &&
      at.parent.operatorToken.kind === api.SyntaxKind.BarBarToken)
  )
    at = at.parent;
  const statement = at.parent;
  return (
    api.isIfStatement(statement) &&
    statement.expression === at &&
    /\bthrow\b|\bprocess\.(exit|abort)\(/.test(statement.thenStatement.getText())
  );
}

/** `if (process.env.X)`, `process.env.X === 'yes'`, `process.env.X?.split(',')`: whatever it is, code goes on. */
function isAsked(read: TypeScript.Expression): boolean {
  const api = ts();
  let at: TypeScript.Node = read;
  while (api.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (api.isPrefixUnaryExpression(parent))
    return parent.operator === api.SyntaxKind.ExclamationToken;
  if (api.isCallExpression(parent))
    return api.isIdentifier(parent.expression) && parent.expression.text === 'Boolean';
  if (api.isPropertyAccessExpression(parent)) return parent.questionDotToken !== undefined;
  if (api.isBinaryExpression(parent)) return ASKING.has(api.SyntaxKind[parent.operatorToken.kind]);
  if (api.isIfStatement(parent)) return parent.expression === at;
  if (api.isConditionalExpression(parent)) return parent.condition === at;
  return api.isTypeOfExpression(parent);
}

const ASKING = new Set([
  'AmpersandAmpersandToken',
  'EqualsEqualsToken',
  'EqualsEqualsEqualsToken',
  'ExclamationEqualsToken',
  'ExclamationEqualsEqualsToken',
]);

/** Nothing takes over: the process stops. */
const STOPS = { required: true } as const;

/** `?? fail('X')`, `|| (() => { throw … })()`: in place of a value, the process stops. */
function failsAtOnce(expression: TypeScript.Expression): boolean {
  const api = ts();
  if (!api.isCallExpression(expression)) return false;
  const callee = expression.expression.getText();
  return (
    /^(fail|raise|panic|die|throw\w*|missing\w*|process\.exit)$/i.test(callee) ||
    /\bthrow\b/.test(callee)
  );
}

function fact(
  node: TypeScript.Node,
  name: string | undefined,
  via: EnvironmentFact['via'],
  bound: BoundSource,
  evaluator: Evaluator,
): EnvironmentFact {
  return {
    name,
    span: evaluator.span(node),
    fn: bound.enclosingFunction(node),
    via,
    required: false,
    write: false,
  };
}
