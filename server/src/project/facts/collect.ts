import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { bindSource, type BoundSource, type NodesByKind } from '../../languages/source/bind';
import { Evaluator } from '../../languages/source/evaluate';
import { hasErrors, parseEdited, parseSource } from '../../languages/source/parse';
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
import {
  editOf,
  keptBy,
  nothingKept,
  type Collection,
  type Edit,
  type Kept,
  type LeftMark,
} from './kept';
import { partAt, partsOf, type Part } from './parts';
import type { HandlerFailure, RuleHandlers, SourceContext } from './source-handlers';

export interface Collected {
  readonly facts: SourceFacts;
  readonly failures: readonly HandlerFailure[];
  readonly syntax: SourceSyntax;
  /** Some of it was taken from before an edit: its `demands` may hold more than the text still asks for. */
  readonly isPart: boolean;
}

/** What was collected of a tree, as long as somebody keeps that. */
const collections = new WeakMap<SourceSyntax, Collection>();

/**
 * Parses and walks one file once: facts for the project, marks for the rules. Never throws for what a rule does. Of an edited file, what
 * the edit cannot have changed is taken from before.
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
  const known = before && collections.get(before);
  const unbroken = known?.unbroken ?? (before && !hasErrors(before) ? known : undefined);
  // Before the tree is used up.
  const sinceLast = editSince(known, text, rules);
  const sinceUnbroken = unbroken === known ? undefined : editSince(unbroken, text, rules);
  const syntax = before ? parseEdited(before, text) : parseSource(path, text);
  const isBroken = hasErrors(syntax);
  const bound = bindSource(syntax, kindsOf(rules));
  const parts = partsOf(syntax.sourceFile);
  let collection: Collection | undefined;
  // What an error takes from where it belongs is back when the error is gone.
  for (const edit of isBroken ? [sinceLast, sinceUnbroken] : [sinceUnbroken, sinceLast]) {
    const kept = edit && keptBy(edit, parts, bound);
    collection = kept && collect(bound, parts, rules, kept);
    if (collection) break;
  }
  collection ??= collect(bound, parts, rules, nothingKept(bound));
  if (!collection) throw new Error('a collection that keeps nothing is always whole');
  collections.set(syntax, isBroken && unbroken ? { ...collection, unbroken } : collection);
  const { facts, failures, isPart } = collection;
  return { facts, failures, syntax, isPart };
}

function editSince(
  last: Collection | undefined,
  text: string,
  rules: readonly RuleHandlers[],
): Edit | undefined {
  return last?.rules === rules ? editOf(last, text) : undefined;
}

/** @returns undefined where what is kept cannot be trusted, as values depend on the order in which they are asked for */
function collect(
  bound: BoundSource,
  parts: readonly Part[],
  rules: readonly RuleHandlers[],
  kept: Kept,
): Collection | undefined {
  const { syntax } = bound;
  const evaluator = new Evaluator(bound);
  const { nodes } = kept;
  const { marks, failures } = runHandlers(bound, evaluator, rules, nodes, parts);
  const imports = collectImports(bound);
  const exports = collectExports(bound, evaluator);
  const writes = [...kept.writes, ...collectWrites(bound, evaluator, nodes)].sort(
    (a, b) => a.span.start - b.span.start,
  );
  const calls = [...kept.calls, ...collectCalls(bound, evaluator, nodes)].sort(
    (a, b) => a.span.start - b.span.start || b.span.end - a.span.end,
  );
  const environment = collectEnvironment(bound, evaluator);
  const functions = collectFunctions(bound, evaluator, nodes, kept.functionOf);
  const classes = collectClasses(bound, evaluator);
  const state = collectState(bound, evaluator, writes, exports);
  if (kept.isPart && (!evaluator.isWhole || failures.length > 0)) return undefined;
  const left = [...kept.marks, ...marks].sort(
    (a, b) =>
      a.mark.span.start - b.mark.span.start || a.mark.span.end - b.mark.span.end || a.part - b.part,
  );
  const facts: SourceFacts = {
    path: syntax.path,
    detail: 'full',
    imports,
    exports,
    calls,
    environment,
    functions,
    classes,
    writes,
    state,
    marks: byRule(left, rules),
    hasShebang: syntax.text.startsWith('#!'),
    directives: directivesOf(syntax.sourceFile),
    ...scanActions(syntax.text),
    demands: [...new Set([...kept.demands, ...evaluator.referencedSpecifiers])].sort(),
  };
  const isSure = evaluator.isWhole && failures.length === 0;
  return {
    facts,
    failures,
    text: syntax.text,
    rules,
    parts,
    marks: left,
    isSure,
    isPart: kept.isPart,
  };
}

function byRule(
  left: readonly LeftMark[],
  rules: readonly RuleHandlers[],
): Record<string, readonly Mark[]> {
  const groups = new Map<string, Mark[]>();
  for (const { ruleId, mark } of left) {
    const group = groups.get(ruleId);
    if (group) group.push(mark);
    else groups.set(ruleId, [mark]);
  }
  const marks: Record<string, readonly Mark[]> = {};
  for (const { ruleId } of rules) {
    const group = groups.get(ruleId);
    if (group) marks[ruleId] = group;
  }
  return marks;
}

const kindsOfRules = new WeakMap<readonly RuleHandlers[], ReadonlySet<TypeScript.SyntaxKind>>();

function kindsOf(rules: readonly RuleHandlers[]): ReadonlySet<TypeScript.SyntaxKind> {
  const known = kindsOfRules.get(rules);
  if (known) return known;
  const kinds = new Set(CORE_KINDS());
  for (const rule of rules)
    for (const handler of rule.handlers)
      for (const kind of handler.kinds) kinds.add(ts().SyntaxKind[kind]);
  kindsOfRules.set(rules, kinds);
  return kinds;
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
  nodes: NodesByKind,
  parts: readonly Part[],
): { marks: LeftMark[]; failures: HandlerFailure[] } {
  const api = ts();
  const marks: LeftMark[] = [];
  const failures: HandlerFailure[] = [];
  for (const { ruleId, handlers } of rules) {
    let handled: TypeScript.Node | undefined;
    const context: SourceContext = {
      syntax: bound.syntax,
      evaluate: (node) => evaluator.evaluate(node),
      functionOf: (node) => bound.enclosingFunction(node),
      mark(at, data = {}) {
        const node = 'kind' in at ? at : undefined;
        const span: Span = node ? evaluator.span(node) : (at as Span);
        marks.push({
          ruleId,
          mark: { span, fn: node ? bound.enclosingFunction(node) : 0, data },
          part: handled ? partAt(parts, evaluator.span(handled).start) : -1,
        });
      },
    };
    try {
      for (const handler of handlers)
        for (const kind of handler.kinds)
          for (const node of nodes.get(api.SyntaxKind[kind]) ?? []) {
            handled = node;
            handler.handle(node, context);
          }
    } catch (error) {
      failures.push({ ruleId, error });
    }
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
