import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { spanOf } from '../../languages/source/nodes';
import { ts } from '../../languages/source/ts';
import { canonicalName } from '../facts/canonical';

/** What one side of a choice names. Serialisable. */
export interface BranchSide {
  /** What it calls, makes or hands on: canonical names where an import says them, else the text. */
  readonly names: readonly string[];
  /** Its strings. */
  readonly strings: readonly string[];
  /** Nothing at all: `undefined`, `null`. */
  readonly isEmpty: boolean;
}

/** A choice between two or more sides. Serialisable. */
export interface Branch {
  /** The condition, or what is switched on. */
  readonly asked: Value;
  readonly askedSpan: Span;
  readonly form: 'condition' | 'switch';
  readonly sides: readonly BranchSide[];
  /** The property or variable that gets the value, where it is an expression. */
  readonly name?: string;
}

type Choice =
  TypeScript.ConditionalExpression | TypeScript.IfStatement | TypeScript.SwitchStatement;

/**
 * Reads the sides of a choice: both of `a ? b : c`, an `if` with its `else` or with what follows its `return`, the cases of a
 * `switch`.
 * @param evaluate constant evaluation in the file
 * @returns undefined for an `if` without another side
 */
export function readBranch(
  node: Choice,
  evaluate: (node: TypeScript.Expression) => Value,
): Branch | undefined {
  const api = ts();
  if (api.isConditionalExpression(node)) {
    const name = nameOf(node.parent);
    return {
      asked: evaluate(node.condition),
      askedSpan: spanOf(node.condition),
      form: 'condition',
      sides: [node.whenTrue, node.whenFalse].map((side) => readSide([side], evaluate)),
      ...(name === undefined ? {} : { name }),
    };
  }
  const asked = { asked: evaluate(node.expression), askedSpan: spanOf(node.expression) };
  if (api.isIfStatement(node)) {
    const others = node.elseStatement ? [node.elseStatement] : following(node);
    if (others.length === 0) return undefined;
    return {
      ...asked,
      form: 'condition',
      sides: [readSide([node.thenStatement], evaluate), readSide(others, evaluate)],
    };
  }
  const sides = node.caseBlock.clauses
    .filter((clause) => clause.statements.length > 0)
    .map((clause) => readSide(clause.statements, evaluate));
  return sides.length > 1 ? { ...asked, form: 'switch', sides } : undefined;
}

/** What runs when an `if` that leaves does not apply: the statements after it. */
function following(node: TypeScript.IfStatement): readonly TypeScript.Node[] {
  const api = ts();
  const then = api.isBlock(node.thenStatement)
    ? node.thenStatement.statements.at(-1)
    : node.thenStatement;
  const { parent } = node;
  if (!then || !(api.isReturnStatement(then) || api.isThrowStatement(then))) return [];
  if (!api.isBlock(parent) && !api.isSourceFile(parent)) return [];
  const index = parent.statements.indexOf(node);
  return parent.statements.slice(index + 1, index + 6);
}

function readSide(
  nodes: readonly TypeScript.Node[],
  evaluate: (node: TypeScript.Expression) => Value,
): BranchSide {
  const api = ts();
  const names: string[] = [];
  const strings: string[] = [];
  const add = (expression: TypeScript.Expression): void => {
    const text = expression.getText().replace(/\s+/g, '');
    names.push((canonicalName(evaluate(expression)) ?? text).slice(-80));
  };
  const visit = (node: TypeScript.Node): void => {
    if (names.length + strings.length > 60) return;
    if (api.isCallExpression(node) || api.isNewExpression(node)) {
      if (!LOGGING.test(node.expression.getText())) add(node.expression);
      else return;
    } else if (api.isStringLiteralLike(node)) strings.push(node.text.slice(0, 200));
    else if (api.isPropertyAssignment(node) && api.isIdentifier(node.name)) {
      if (OPTIONS.test(node.name.text)) names.push(node.name.text);
      const isMail = names.some((name) => name.endsWith('createTransport'));
      if (node.name.text === 'host' && isMail) names.push('smtp');
      if (api.isIdentifier(node.initializer)) add(node.initializer);
    }
    api.forEachChild(node, visit);
  };
  for (const node of nodes) {
    if (api.isIdentifier(node) || api.isPropertyAccessExpression(node)) add(node);
    visit(node);
  }
  const [only] = nodes;
  const isEmpty =
    nodes.length === 1 &&
    only !== undefined &&
    (only.kind === api.SyntaxKind.NullKeyword ||
      (api.isIdentifier(only) && only.text === 'undefined'));
  return { names: isEmpty ? [] : names, strings, isEmpty };
}

const LOGGING = /^(console|log|logger|this\.logger|debug)\b/;
const OPTIONS = /^(SES|jsonTransport|streamTransport|sendmail|diskStorage|memoryStorage)$/;

function nameOf(parent: TypeScript.Node): string | undefined {
  const api = ts();
  if (
    (api.isPropertyAssignment(parent) || api.isVariableDeclaration(parent)) &&
    api.isIdentifier(parent.name)
  )
    return parent.name.text;
  return undefined;
}
