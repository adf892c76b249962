import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { bindSource, type BoundSource } from '../../languages/source/bind';
import { Evaluator } from '../../languages/source/evaluate';
import { parseEdited, parseSource, syntaxErrors } from '../../languages/source/parse';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { collectCalls } from './collect-calls';
import { collectClasses } from './collect-classes';
import { collectEnvironment } from './collect-environment';
import { collectFunctions } from './collect-functions';
import { collectExports, collectImports, scanActions } from './collect-modules';
import { collectState } from './collect-state';
import { collectWrites } from './collect-writes';
import type { Mark, SourceFacts } from './facts';
import type { SourceContext, SourceHandler } from './source-handlers';

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

export interface Collected {
  readonly facts: SourceFacts;
  readonly failures: readonly HandlerFailure[];
  readonly syntax: SourceSyntax;
}

/**
 * Parses and walks one file once: facts for the project, marks for the rules. Never throws for what a rule does.
 * @param path relative to the root
 * @param text the file's text
 * @param rules whose handlers run
 * @param before what an older text was parsed to, which is used up
 */
export function collectFacts(
  path: string,
  text: string,
  rules: readonly RuleHandlers[],
  before?: SourceSyntax,
): Collected {
  const api = ts();
  const syntax = before ? parseEdited(before, text) : parseSource(path, text);
  const kinds = new Set<TypeScript.SyntaxKind>(CORE_KINDS().map((kind) => kind));
  for (const rule of rules)
    for (const handler of rule.handlers)
      for (const kind of handler.kinds) kinds.add(api.SyntaxKind[kind]);
  const bound = bindSource(syntax, kinds);
  const evaluator = new Evaluator(bound);
  const { marks, failures } = runHandlers(bound, evaluator, rules);
  const imports = collectImports(bound);
  const exports = collectExports(bound, evaluator);
  const writes = collectWrites(bound, evaluator);
  const facts: SourceFacts = {
    path,
    detail: 'full',
    imports,
    exports,
    calls: collectCalls(bound, evaluator),
    environment: collectEnvironment(bound, evaluator),
    functions: collectFunctions(bound, evaluator),
    classes: collectClasses(bound, evaluator),
    writes,
    state: collectState(bound, evaluator, writes, exports),
    marks,
    hasShebang: text.startsWith('#!'),
    directives: directivesOf(syntax.sourceFile),
    ...scanActions(syntax.text),
    syntaxErrors: syntaxErrors(syntax.sourceFile),
    demands: [...evaluator.referencedSpecifiers],
  };
  return { facts, failures, syntax };
}

const CORE_KINDS = (): readonly TypeScript.SyntaxKind[] => {
  const { SyntaxKind } = ts();
  return [
    SyntaxKind.Identifier,
    SyntaxKind.CallExpression,
    SyntaxKind.NewExpression,
    SyntaxKind.PropertyAccessExpression,
    SyntaxKind.BinaryExpression,
    SyntaxKind.PrefixUnaryExpression,
    SyntaxKind.PostfixUnaryExpression,
    SyntaxKind.DeleteExpression,
    SyntaxKind.ImportDeclaration,
    SyntaxKind.ImportEqualsDeclaration,
    SyntaxKind.ExportDeclaration,
    SyntaxKind.ExportAssignment,
    SyntaxKind.FunctionDeclaration,
    SyntaxKind.ClassDeclaration,
    SyntaxKind.EnumDeclaration,
    SyntaxKind.VariableStatement,
    SyntaxKind.ReturnStatement,
    SyntaxKind.ImportType,
    SyntaxKind.TaggedTemplateExpression,
  ];
};

function runHandlers(
  bound: BoundSource,
  evaluator: Evaluator,
  rules: readonly RuleHandlers[],
): { marks: Record<string, Mark[]>; failures: HandlerFailure[] } {
  const api = ts();
  const marks: Record<string, Mark[]> = {};
  const failures: HandlerFailure[] = [];
  for (const { ruleId, handlers } of rules) {
    const own: Mark[] = [];
    const context: SourceContext = {
      syntax: bound.syntax,
      evaluate: (node) => evaluator.evaluate(node),
      functionOf: (node) => bound.enclosingFunction(node),
      mark(at, data = {}) {
        const node = 'kind' in at ? at : undefined;
        const span: Span = node ? evaluator.span(node) : (at as Span);
        own.push({ span, fn: node ? bound.enclosingFunction(node) : 0, data });
      },
    };
    try {
      for (const handler of handlers)
        for (const kind of handler.kinds)
          for (const node of bound.nodes.get(api.SyntaxKind[kind]) ?? [])
            handler.handle(node, context);
    } catch (error) {
      failures.push({ ruleId, error });
    }
    if (own.length > 0)
      marks[ruleId] = own.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }
  return { marks, failures };
}

function directivesOf(sourceFile: TypeScript.SourceFile): string[] {
  const api = ts();
  const directives: string[] = [];
  for (const statement of sourceFile.statements) {
    if (!api.isExpressionStatement(statement) || !api.isStringLiteral(statement.expression)) break;
    directives.push(statement.expression.text);
  }
  return directives;
}
