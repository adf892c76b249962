import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { FunctionValue, UnknownValue, Value } from '../../base/value';
import type { BoundSource, ClassNode, Declaration, FunctionNode } from './bind';
import { callValue } from './evaluate/calls';
import { assignmentsToThis, classMemberValue, thisValue } from './evaluate/classes';
import { declaredValue, identifierValue } from './evaluate/declarations';
import type { Evaluation, Merge } from './evaluate/evaluation';
import { importedValue } from './evaluate/imports';
import { MAX_DEPTH, MAX_KEPT_STEPS, MAX_STEPS } from './evaluate/limits';
import { memberAssignments, type MemberAssignment } from './evaluate/member-assignments';
import { elementAccessValue, propertyAccessValue } from './evaluate/members';
import { mergesInto } from './evaluate/merges';
import { arrayValue, objectValue, returnedValue } from './evaluate/objects';
import { binaryValue, conditionalValue, prefixValue } from './evaluate/operators';
import { ownAssignments, ownerOf, type OwnAssignments } from './evaluate/own-this';
import { templateValue } from './evaluate/templates';
import { typedValue } from './evaluate/types';
import { ts } from './ts';

/** The expressions that have a value of their own kind; those of all others are unknown. */
type Evaluable =
  | TypeScript.ParenthesizedExpression
  | TypeScript.AsExpression
  | TypeScript.SatisfiesExpression
  | TypeScript.NonNullExpression
  | TypeScript.TypeAssertion
  | TypeScript.AwaitExpression
  | TypeScript.Identifier
  | TypeScript.PropertyAccessExpression
  | TypeScript.StringLiteral
  | TypeScript.NoSubstitutionTemplateLiteral
  | TypeScript.NumericLiteral
  | TypeScript.TrueLiteral
  | TypeScript.FalseLiteral
  | TypeScript.NullLiteral
  | TypeScript.ThisExpression
  | TypeScript.TemplateExpression
  | TypeScript.ElementAccessExpression
  | TypeScript.BinaryExpression
  | TypeScript.ConditionalExpression
  | TypeScript.PrefixUnaryExpression
  | TypeScript.ObjectLiteralExpression
  | TypeScript.ArrayLiteralExpression
  | TypeScript.ArrowFunction
  | TypeScript.FunctionExpression
  | TypeScript.ClassExpression
  | TypeScript.CallExpression
  | TypeScript.NewExpression
  | TypeScript.MetaProperty;

/** A value that was cut off, with all that was evaluated for it. */
interface CutOff {
  readonly value: Value;
  readonly through: ReadonlySet<TypeScript.Node>;
}

/**
 * Constant evaluation within one file: keeps what was found and keeps it finite. What the value of each kind of expression is, is told by the
 * files of `evaluate/`. Imports stay symbolic; the project model resolves them. Never throws.
 */
export class Evaluator implements Evaluation {
  private readonly memo = new Map<TypeScript.Node, Value>();
  /** How many more steps a kept value took, where it took any: from further away it would have been cut off. */
  private readonly heights = new Map<TypeScript.Node, number>();
  /** Values that were cut off for being too far from where evaluation started, by how far they began. */
  private readonly cutOffAt = new Map<TypeScript.Node, CutOff[]>();
  /** Values that lead back to themselves, as they are where evaluation starts with them: inside of others they end elsewhere. */
  private readonly circular = new Map<TypeScript.Node, Value>();
  /** What was evaluated since evaluation started. */
  private trail: TypeScript.Node[] = [];
  private readonly running = new Set<TypeScript.Node>();
  private steps = 0;
  private cuts = 0;
  /** How often evaluation came back to what it was working out. */
  private circles = 0;
  /** The farthest step since the evaluation that is running began. */
  private farthest = 0;
  private readonly thisAssignments = new Map<
    ClassNode,
    ReadonlyMap<string, TypeScript.Expression>
  >();
  private ownThisAssignments: OwnAssignments | undefined;
  private ownMemberAssignments: ReadonlyMap<string, readonly MemberAssignment[]> | undefined;
  private ownMerges: ReadonlyMap<string, readonly Merge[]> | undefined;
  /** Specifiers of modules that evaluated values refer to: they must be known in detail for the model to resolve them. */
  readonly referencedSpecifiers = new Set<string>();

  constructor(readonly bound: BoundSource) {}

  /** No value was given up for the size of the file, so that none depends on the order in which they were asked for. */
  get isWhole(): boolean {
    return this.steps <= MAX_STEPS;
  }

  /**
   * The symbolic value of an expression: the same whatever was asked before.
   * @param depth how many steps led here from where evaluation started
   */
  evaluate(node: TypeScript.Expression, depth = 0): Value {
    const known = this.known(node, depth);
    if (known) return known;
    const isCircle = this.running.has(node);
    if (isCircle || depth > MAX_DEPTH || this.steps++ > MAX_STEPS) {
      if (isCircle) this.circles++;
      this.cutOff();
      return this.unknown(node);
    }
    if (this.running.size === 0) this.trail = [];
    const { cuts, circles, farthest } = this;
    const from = this.trail.push(node) - 1;
    this.farthest = depth;
    this.running.add(node);
    const value = this.compute(node, depth);
    this.running.delete(node);
    const height = this.farthest - depth;
    if (farthest > this.farthest) this.farthest = farthest;
    if (cuts === this.cuts) {
      this.memo.set(node, value);
      if (height > 0) this.heights.set(node, height);
    } else if (circles === this.circles) this.keepCutOff(node, depth, value, from);
    else if (depth === 0 && this.running.size === 0) this.circular.set(node, value);
    return value;
  }

  private known(node: TypeScript.Expression, depth: number): Value | undefined {
    const value = this.memo.get(node);
    const end = depth + (this.heights.get(node) ?? 0);
    if (value && (depth === 0 || end <= MAX_DEPTH)) {
      if (end > this.farthest) this.farthest = end;
      return value;
    }
    return this.knownCutOff(node, depth);
  }

  private knownCutOff(node: TypeScript.Expression, depth: number): Value | undefined {
    const isStart = depth === 0 && this.running.size === 0;
    const circular = isStart ? this.circular.get(node) : undefined;
    const cut = this.cutOffAt.get(node)?.[depth];
    // It was cut off before it came back to what is being worked out now; this time it comes there first.
    if (!cut || [...this.running].some((each) => cut.through.has(each))) return circular;
    for (const each of cut.through) this.trail.push(each);
    this.cutOff();
    return cut.value;
  }

  private keepCutOff(node: TypeScript.Expression, depth: number, value: Value, from: number): void {
    const through = new Set(this.trail.slice(from));
    if (through.size > MAX_KEPT_STEPS) return;
    const kept = this.cutOffAt.get(node) ?? [];
    kept[depth] = { value, through };
    this.cutOffAt.set(node, kept);
  }

  /** Says that the value that is being worked out is not all there is, as evaluation has come too far. */
  cutOff(): void {
    this.cuts++;
  }

  // eslint-disable-next-line complexity -- one line for each kind of expression
  private compute(expression: TypeScript.Expression, depth: number): Value {
    const { SyntaxKind } = ts();
    const node = expression as Evaluable;
    const span = this.span(node);
    switch (node.kind) {
      case SyntaxKind.ParenthesizedExpression:
      case SyntaxKind.AsExpression:
      case SyntaxKind.SatisfiesExpression:
      case SyntaxKind.NonNullExpression:
      case SyntaxKind.TypeAssertionExpression:
      case SyntaxKind.AwaitExpression:
        return this.evaluate(node.expression, depth);
      case SyntaxKind.Identifier:
        return this.named(node, span, depth);
      case SyntaxKind.PropertyAccessExpression:
        return propertyAccessValue(this, node, span, depth);
      case SyntaxKind.StringLiteral:
      case SyntaxKind.NoSubstitutionTemplateLiteral:
        return { kind: 'literal', value: node.text, direct: true, span };
      case SyntaxKind.NumericLiteral:
        return { kind: 'literal', value: Number(node.text), direct: true, span };
      case SyntaxKind.TrueKeyword:
        return { kind: 'literal', value: true, direct: true, span };
      case SyntaxKind.FalseKeyword:
        return { kind: 'literal', value: false, direct: true, span };
      case SyntaxKind.NullKeyword:
        return { kind: 'literal', value: null, direct: true, span };
      case SyntaxKind.ThisKeyword:
        return thisValue(this, node, span);
      case SyntaxKind.TemplateExpression:
        return templateValue(this, node, span, depth);
      case SyntaxKind.ElementAccessExpression:
        return elementAccessValue(this, node, span, depth);
      case SyntaxKind.BinaryExpression:
        return binaryValue(this, node, span, depth);
      case SyntaxKind.ConditionalExpression:
        return conditionalValue(this, node, span, depth);
      case SyntaxKind.PrefixUnaryExpression:
        return prefixValue(this, node, span, depth);
      case SyntaxKind.ObjectLiteralExpression:
        return objectValue(this, node, span, depth);
      case SyntaxKind.ArrayLiteralExpression:
        return arrayValue(this, node, span, depth);
      case SyntaxKind.ArrowFunction:
      case SyntaxKind.FunctionExpression:
        return { kind: 'function', id: this.bound.functionId(node), isClass: false, span };
      case SyntaxKind.ClassExpression:
        return { kind: 'function', id: this.bound.classId(node), isClass: true, span };
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression:
        return callValue(this, node, span, depth);
      case SyntaxKind.MetaProperty:
        return { kind: 'global', name: 'import.meta', span };
    }
    return this.unknown(expression);
  }

  /** The value of a name where it is used. */
  named(node: TypeScript.Identifier, span: Span, depth: number): Value {
    return identifierValue(this, node, span, depth);
  }

  /** The value of a declared name; `span` is where it is used, for values that have no defining expression. */
  declared(declaration: Declaration, span: Span, depth: number): Value {
    return declaredValue(this, declaration, span, depth);
  }

  /** The value of what is imported; `members` lead to it from the module, as in {@link ImportValue}. */
  imported(specifier: string, members: readonly string[], span: Span): Value {
    return importedValue(this, specifier, members, span);
  }

  /** A value known by its annotation only; undefined for annotations that name no importable type. */
  typed(type: TypeScript.TypeNode, span: Span): Value | undefined {
    return typedValue(this, type, span);
  }

  /** The value a getter or one-line function returns, when that is all it does. */
  returned(node: FunctionNode, depth: number): Value | undefined {
    return returnedValue(this, node, depth);
  }

  /** What `this.name` holds in a class of the file; undefined when nothing says so. */
  ofClass(classId: number, name: string, depth: number): Value | undefined {
    return classMemberValue(this, classId, name, depth);
  }

  /** The first assignment to each `this.x` anywhere in a class, by `x`. */
  assignedToThis(node: ClassNode): ReadonlyMap<string, TypeScript.Expression> {
    const known = this.thisAssignments.get(node);
    if (known) return known;
    const found = assignmentsToThis(this.bound, node);
    this.thisAssignments.set(node, found);
    return found;
  }

  /** The first assignment to each `this.x` in functions that share a `this` which is no class's, by `x`. */
  assignedToOwn(self: TypeScript.Node): ReadonlyMap<string, TypeScript.Expression> | undefined {
    const owner = ownerOf(self);
    if (owner === undefined) return undefined;
    this.ownThisAssignments ??= ownAssignments(this.bound);
    return this.ownThisAssignments.get(owner);
  }

  /** The plain assignments in the file to members of a variable of a name, whichever variable of that name it is. */
  assignedToMembers(name: string): readonly MemberAssignment[] | undefined {
    this.ownMemberAssignments ??= memberAssignments(this.bound);
    return this.ownMemberAssignments.get(name);
  }

  /** The statements in the file that merge objects into a variable of a name, whichever variable of that name it is. */
  mergedInto(name: string): readonly Merge[] | undefined {
    this.ownMerges ??= mergesInto(this.bound);
    return this.ownMerges.get(name);
  }

  /** A function of the file as a value. */
  functionOf(node: FunctionNode): FunctionValue {
    return {
      kind: 'function',
      id: this.bound.functionId(node),
      isClass: false,
      span: this.span(node),
    };
  }

  /** What stands for an expression of which nothing is known but its name, if it is one. */
  unknown(node: TypeScript.Expression): UnknownValue {
    const span = this.span(node);
    return ts().isIdentifier(node)
      ? { kind: 'unknown', name: node.text, span }
      : { kind: 'unknown', span };
  }

  /** The node's range without leading trivia. */
  span(node: TypeScript.Node): Span {
    return { start: node.getStart(this.bound.syntax.sourceFile), end: node.end };
  }
}
