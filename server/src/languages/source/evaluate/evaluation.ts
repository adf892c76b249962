import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { FunctionValue, UnknownValue, Value } from '../../../base/value';
import type { BoundSource, ClassNode, Declaration, FunctionNode } from '../bind';
import type { MemberAssignment } from './member-assignments';

/**
 * What each kind of expression asks of the evaluation that it is part of. Expressions hold each other in every order; through this
 * they come back to one another, and to what was found before.
 */
export interface Evaluation {
  readonly bound: BoundSource;
  /** Specifiers of modules that evaluated values refer to: they must be known in detail for the model to resolve them. */
  readonly referencedSpecifiers: Set<string>;
  /**
   * The symbolic value of an expression.
   * @param depth how many steps led here from where evaluation started
   */
  evaluate(node: TypeScript.Expression, depth?: number): Value;
  /** Says that the value that is being worked out is not all there is, as evaluation has come too far. */
  cutOff(): void;
  /** The value of a name where it is used. */
  named(node: TypeScript.Identifier, span: Span, depth: number): Value;
  /** The value of a declared name; `span` is where it is used, for values that have no defining expression. */
  declared(declaration: Declaration, span: Span, depth: number): Value;
  /** What `this.name` holds in a class of the file; undefined when nothing says so. */
  ofClass(classId: number, name: string, depth: number): Value | undefined;
  /** The first assignment to each `this.x` anywhere in a class, by `x`. */
  assignedToThis(node: ClassNode): ReadonlyMap<string, TypeScript.Expression>;
  /** The first assignment to each `this.x` in functions that share a `this` which is no class's, by `x`. */
  assignedToOwn(self: TypeScript.Node): ReadonlyMap<string, TypeScript.Expression> | undefined;
  /** The plain assignments in the file to members of a variable of a name, whichever variable of that name it is. */
  assignedToMembers(name: string): readonly MemberAssignment[] | undefined;
  /** The statements in the file that merge objects into a variable of a name, whichever variable of that name it is. */
  mergedInto(name: string): readonly Merge[] | undefined;
  /** A function of the file as a value. */
  functionOf(node: FunctionNode): FunctionValue;
  /** What stands for an expression of which nothing is known but its name, if it is one. */
  unknown(node: TypeScript.Expression): UnknownValue;
  /** The node's range without leading trivia. */
  span(node: TypeScript.Node): Span;
}

/** `merge(config, a, b)`, a statement: what is merged into a variable of the file. */
export interface Merge {
  readonly call: TypeScript.CallExpression;
  /** In the order in which they overwrite each other. */
  readonly sources: readonly TypeScript.Expression[];
}
