import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import type { SourceSyntax } from '../../languages/source/syntax';

/** Handlers for source files see a tree; they leave marks. Everything that needs the project happens in `judge`. */
export interface SourceContext {
  readonly syntax: SourceSyntax;
  /** Constant evaluation of an expression; imports stay symbolic until `judge`. */
  evaluate(node: TypeScript.Expression): Value;
  /** The function around a node: index into `SourceFacts.functions`, 0 for module level. */
  functionOf(node: TypeScript.Node): number;
  /** Leaves a mark that `judge` gets; `data` must be serialisable. */
  mark(at: TypeScript.Node | Span, data?: Readonly<Record<string, unknown>>): void;
}

/** A typed source handler, made with {@link onSource}. */
export interface SourceHandler {
  readonly kinds: readonly (keyof KindToNode)[];
  handle(node: TypeScript.Node, context: SourceContext): void;
}

/** The node kinds that rules can ask for, by name, with their types. */
export interface KindToNode {
  StringLiteral: TypeScript.StringLiteral;
  NoSubstitutionTemplateLiteral: TypeScript.NoSubstitutionTemplateLiteral;
  TemplateExpression: TypeScript.TemplateExpression;
  NumericLiteral: TypeScript.NumericLiteral;
  CallExpression: TypeScript.CallExpression;
  NewExpression: TypeScript.NewExpression;
  BinaryExpression: TypeScript.BinaryExpression;
  ConditionalExpression: TypeScript.ConditionalExpression;
  IfStatement: TypeScript.IfStatement;
  SwitchStatement: TypeScript.SwitchStatement;
  TryStatement: TypeScript.TryStatement;
  PropertyAccessExpression: TypeScript.PropertyAccessExpression;
  ElementAccessExpression: TypeScript.ElementAccessExpression;
  PropertyAssignment: TypeScript.PropertyAssignment;
  VariableDeclaration: TypeScript.VariableDeclaration;
  PropertyDeclaration: TypeScript.PropertyDeclaration;
  Parameter: TypeScript.ParameterDeclaration;
  BindingElement: TypeScript.BindingElement;
  ObjectLiteralExpression: TypeScript.ObjectLiteralExpression;
  ClassDeclaration: TypeScript.ClassDeclaration;
  Decorator: TypeScript.Decorator;
  JsxAttribute: TypeScript.JsxAttribute;
}

/**
 * Makes a source handler for node kinds.
 * @param kinds names of TypeScript node kinds
 * @param handle gets each node of those kinds, typed
 */
export function onSource<K extends keyof KindToNode>(
  kinds: readonly K[],
  handle: (node: KindToNode[K], context: SourceContext) => void,
): SourceHandler {
  return { kinds, handle: (node, context) => handle(node as KindToNode[K], context) };
}

/** A rule's source handlers, under the rule's id. */
export interface RuleHandlers {
  readonly ruleId: string;
  readonly handlers: readonly SourceHandler[];
}

/** A rule whose handler threw on a file. */
export interface HandlerFailure {
  readonly ruleId: string;
  readonly error: unknown;
}
