import type * as TypeScript from 'typescript';
import type { SourceContext, SourceHandler } from '../engine/rule';
import type { Span } from '../engine/finding';
import {
  bindSource,
  type BoundSource,
  type ClassNode,
  type FunctionNode,
} from '../languages/source/bind';
import { Evaluator } from '../languages/source/evaluate';
import { givenParameters } from '../languages/source/evaluate/parameters';
import { importedBy } from '../languages/source/imports';
import { parseSource, syntaxErrors } from '../languages/source/parse';
import type { SourceSyntax } from '../languages/source/syntax';
import { ts } from '../languages/source/ts';
import type { Value } from '../languages/source/value';
import { callContext } from './call-context';
import { collectEnvironment } from './collect-environment';
import { collectExports, collectImports } from './collect-modules';
import { collectState } from './collect-state';
import { collectWrites } from './collect-writes';
import { runsOnce } from './lazy';
import type {
  CallContext,
  CallFact,
  ClassFact,
  DecoratorFact,
  FunctionFact,
  Mark,
  SourceFacts,
} from './facts';

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
 */
export function collectFacts(
  path: string,
  text: string,
  rules: readonly RuleHandlers[],
): Collected {
  const api = ts();
  const syntax = parseSource(path, text);
  const kinds = new Set<TypeScript.SyntaxKind>(CORE_KINDS().map((kind) => kind));
  for (const rule of rules)
    for (const handler of rule.handlers)
      for (const kind of handler.kinds) kinds.add(api.SyntaxKind[kind]);
  const bound = bindSource(syntax, kinds);
  const evaluator = new Evaluator(bound);
  const collector = new Collector(bound, evaluator);
  const { marks, failures } = runHandlers(bound, evaluator, rules);
  const imports = collectImports(bound);
  const exports = collectExports(bound, evaluator);
  const writes = collectWrites(bound, evaluator);
  const facts: SourceFacts = {
    path,
    detail: 'full',
    imports,
    exports,
    calls: collector.calls(),
    environment: collectEnvironment(bound, evaluator),
    functions: collector.functions(),
    classes: collector.classes(),
    writes,
    state: collectState(bound, evaluator, writes, exports),
    marks,
    hasShebang: text.startsWith('#!'),
    directives: directivesOf(syntax.sourceFile),
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

/** Array and string methods that mean nothing to any rule: their calls are not worth a fact. */
const PLAIN_METHODS = new Set(
  'map filter reduce some every find findIndex includes indexOf join split slice concat trim replace replaceAll startsWith endsWith toString toLowerCase toUpperCase match test flat flatMap sort reverse keys values entries hasOwnProperty charAt substring substr padStart padEnd localeCompare toFixed'.split(
    ' ',
  ),
);

class Collector {
  constructor(
    private readonly bound: BoundSource,
    private readonly evaluator: Evaluator,
  ) {}

  /** Every call or `new` that might mean something to a rule or the library table. */
  calls(): CallFact[] {
    const api = ts();
    const nodes = [
      ...(this.bound.nodes.get(api.SyntaxKind.CallExpression) ?? []),
      ...(this.bound.nodes.get(api.SyntaxKind.NewExpression) ?? []),
    ] as (TypeScript.CallExpression | TypeScript.NewExpression)[];
    const facts: CallFact[] = [];
    for (const node of nodes) {
      const fact = this.call(node);
      if (fact) facts.push(fact);
    }
    for (const node of this.bound.nodes.get(api.SyntaxKind.TaggedTemplateExpression) ?? []) {
      const tagged = node as TypeScript.TaggedTemplateExpression;
      const callee = this.evaluator.evaluate(tagged.tag);
      if (callee.kind === 'import')
        facts.push(
          this.fact(tagged, callee, [this.evaluator.evaluate(tagged.template)], tagged.tag),
        );
    }
    return facts.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  }

  private call(node: TypeScript.CallExpression | TypeScript.NewExpression): CallFact | undefined {
    const api = ts();
    const { expression } = node;
    if (api.isCallExpression(node) && importedBy(node, this.bound) !== undefined) return undefined;
    if (api.isPropertyAccessExpression(expression) && PLAIN_METHODS.has(expression.name.text))
      return undefined;
    const callee: Value =
      expression.kind === api.SyntaxKind.ImportKeyword
        ? { kind: 'global', name: 'import', span: this.evaluator.span(expression) }
        : expression.kind === api.SyntaxKind.SuperKeyword
          ? this.baseClass(node)
          : this.evaluator.evaluate(expression);
    if (callee.kind === 'literal') return undefined;
    const args = (node.arguments ?? []).map((argument) =>
      this.evaluator.evaluate(api.isSpreadElement(argument) ? argument.expression : argument),
    );
    return this.fact(node, callee, args, expression);
  }

  /** What `super(…)` constructs: the expression behind `extends`. */
  private baseClass(node: TypeScript.Node): Value {
    const api = ts();
    let at: TypeScript.Node = node;
    while (!api.isClassLike(at) && !api.isSourceFile(at)) at = at.parent;
    const heritage = api.isClassLike(at)
      ? at.heritageClauses?.find((clause) => clause.token === api.SyntaxKind.ExtendsKeyword)
          ?.types[0]
      : undefined;
    return heritage
      ? this.evaluator.evaluate(heritage.expression)
      : { kind: 'unknown', span: this.evaluator.span(node) };
  }

  private fact(
    node: TypeScript.Expression,
    callee: Value,
    args: readonly Value[],
    expression: TypeScript.Expression,
  ): CallFact {
    const api = ts();
    const name = api.isPropertyAccessExpression(expression) ? expression.name : expression;
    const bound = boundName(node);
    return {
      callee,
      args,
      isNew: api.isNewExpression(node) || expression.kind === api.SyntaxKind.SuperKeyword,
      span: this.evaluator.span(node),
      nameSpan: this.evaluator.span(name),
      fn: this.bound.enclosingFunction(node),
      awaited: isAwaited(node),
      ...(bound === undefined ? {} : { boundTo: bound }),
      context: this.contextOf(node, name),
    };
  }

  private contextOf(node: TypeScript.Expression, name: TypeScript.Node): CallContext[] {
    const context = callContext(node, this.bound.syntax.text);
    if (/sync$/i.test(name.getText()) && runsOnce(node, this.bound)) context.push('once');
    return context;
  }

  functions(): FunctionFact[] {
    const api = ts();
    const returned = this.returned();
    const callees = new Map<number, Value[]>();
    for (const kind of [api.SyntaxKind.CallExpression, api.SyntaxKind.NewExpression]) {
      for (const node of this.bound.nodes.get(kind) ?? []) {
        const call = node as TypeScript.CallExpression | TypeScript.NewExpression;
        if (api.isCallExpression(call) && importedBy(call, this.bound) !== undefined) continue;
        if (runsOnce(call, this.bound)) continue;
        const fn = this.bound.enclosingFunction(node);
        const targets = [this.evaluator.evaluate(call.expression)];
        // Functions handed to other functions run on behalf of the caller (callbacks, promise chains).
        for (const argument of call.arguments ?? []) {
          const value = this.evaluator.evaluate(
            api.isSpreadElement(argument) ? argument.expression : argument,
          );
          targets.push(...functionsIn(value, 0));
        }
        for (const target of targets) {
          if (!isProjectFunction(target)) continue;
          const list = callees.get(fn);
          if (list) list.push(withoutArguments(target));
          else callees.set(fn, [withoutArguments(target)]);
        }
      }
    }
    return this.bound.functions.map((node, id): FunctionFact => {
      if (!node) {
        const span = { start: 0, end: this.bound.syntax.text.length };
        return {
          id,
          name: undefined,
          span,
          parent: -1,
          async: false,
          parameters: [],
          callees: callees.get(0) ?? [],
          decorators: [],
        };
      }
      const owner = node.parent;
      const modifiers = api.canHaveModifiers(node) ? api.getModifiers(node) : undefined;
      return {
        id,
        name: functionName(node),
        span: this.evaluator.span(node),
        parent: this.bound.enclosingFunction(node),
        async:
          modifiers?.some((modifier) => modifier.kind === api.SyntaxKind.AsyncKeyword) ?? false,
        parameters: givenParameters(node).map((parameter) =>
          api.isIdentifier(parameter.name) ? parameter.name.text : '',
        ),
        ...(api.isClassLike(owner) ? { classId: this.bound.classId(owner) } : {}),
        ...(isOfModel(node) ? { ofModel: true as const } : {}),
        callees: callees.get(id) ?? [],
        decorators: this.decorators(node),
        ...returned(node, id),
      };
    });
  }

  /** What each function returns, for those whose returns say something. */
  private returned(): (node: FunctionNode, id: number) => { returns?: Value } {
    const api = ts();
    const byFunction = new Map<number, Value[]>();
    for (const node of this.bound.nodes.get(api.SyntaxKind.ReturnStatement) ?? []) {
      const { expression } = node as TypeScript.ReturnStatement;
      const fn = this.bound.enclosingFunction(node);
      const list = byFunction.get(fn) ?? [];
      if (expression && list.length < 4)
        byFunction.set(fn, [...list, this.evaluator.evaluate(expression)]);
    }
    return (node, id) => {
      const values =
        node.body && !api.isBlock(node.body)
          ? [this.evaluator.evaluate(node.body)]
          : (byFunction.get(id) ?? []);
      const telling = values.filter(
        (value) => (value.kind !== 'unknown' && value.kind !== 'literal') || values.length === 1,
      );
      const [only] = telling;
      if (!only) return {};
      const span = this.evaluator.span(node);
      return {
        returns:
          telling.length === 1
            ? only
            : { kind: 'either', operator: 'assigned', options: telling, span },
      };
    };
  }

  classes(): ClassFact[] {
    const api = ts();
    return this.bound.classes.map((node, id): ClassFact => {
      const heritage = node.heritageClauses?.find(
        (clause) => clause.token === api.SyntaxKind.ExtendsKeyword,
      )?.types[0];
      const members = node.members.flatMap((member) => {
        const name =
          member.name &&
          (api.isIdentifier(member.name) ||
            api.isStringLiteral(member.name) ||
            api.isPrivateIdentifier(member.name))
            ? member.name.text
            : undefined;
        if (name === undefined) return [];
        const isStatic =
          api.canHaveModifiers(member) &&
          (api
            .getModifiers(member)
            ?.some((modifier) => modifier.kind === api.SyntaxKind.StaticKeyword) ??
            false);
        const value = this.memberValue(member);
        return value ? [{ name, value, isStatic }] : [];
      });
      for (const parameter of node.members.find((member) => api.isConstructorDeclaration(member))
        ?.parameters ?? []) {
        if (!api.isIdentifier(parameter.name) || !parameter.modifiers?.length || !parameter.type)
          continue;
        const value = this.evaluator.typed(parameter.type, this.evaluator.span(parameter));
        if (value) members.push({ name: parameter.name.text, value, isStatic: false });
      }
      for (const [name, expression] of this.evaluator.assignedToThis(node)) {
        const declared = members.findIndex((member) => member.name === name);
        if (declared !== -1 && members[declared]?.value.kind !== 'typed') continue;
        const value = this.evaluator.evaluate(expression);
        if (value.kind === 'unknown' || value.kind === 'parameter') continue;
        if (declared !== -1) members.splice(declared, 1);
        members.push({ name, value, isStatic: false });
      }
      return {
        id,
        name: node.name?.text,
        span: this.evaluator.span(node.name ?? node),
        ...(heritage ? { extends: this.evaluator.evaluate(heritage.expression) } : {}),
        decorators: this.decorators(node),
        members,
      };
    });
  }

  private memberValue(member: TypeScript.ClassElement): Value | undefined {
    const api = ts();
    // Reading a getter gives what it returns.
    const got = api.isGetAccessor(member) ? this.evaluator.returned(member, 0) : undefined;
    if (got && got.kind !== 'unknown') return got;
    if (api.isMethodDeclaration(member) || api.isGetAccessor(member) || api.isSetAccessor(member))
      return {
        kind: 'function',
        id: this.bound.functionId(member),
        isClass: false,
        span: this.evaluator.span(member),
      };
    if (!api.isPropertyDeclaration(member)) return undefined;
    if (member.initializer) return this.evaluator.evaluate(member.initializer);
    return member.type ? this.evaluator.typed(member.type, this.evaluator.span(member)) : undefined;
  }

  private decorators(node: FunctionNode | ClassNode): DecoratorFact[] {
    const api = ts();
    if (!api.canHaveDecorators(node)) return [];
    return (api.getDecorators(node) ?? []).map((decorator): DecoratorFact => {
      const { expression } = decorator;
      const call = api.isCallExpression(expression) ? expression : undefined;
      return {
        callee: this.evaluator.evaluate(call?.expression ?? expression),
        args: (call?.arguments ?? []).map((argument) => this.evaluator.evaluate(argument)),
        span: this.evaluator.span(decorator),
      };
    });
  }
}

/** Could this be a function of the project? Locals, methods of own classes and objects, and anything imported from a file of it. */
function isProjectFunction(value: Value): boolean {
  switch (value.kind) {
    case 'function':
    case 'import':
    case 'typed':
    case 'call':
      return true;
    case 'either':
      return value.options.some(isProjectFunction);
    case 'member':
      return value.object.kind === 'parameter' || isProjectFunction(value.object);
    default:
      return false;
  }
}

/** Functions handed over directly, or as members of an options object. */
function functionsIn(value: Value, depth: number): readonly Value[] {
  switch (value.kind) {
    case 'function':
      return [value];
    case 'member':
      return value.object.kind === 'function' ? [value] : [];
    case 'object':
      return depth < 2
        ? value.properties.flatMap((property) => functionsIn(property.value, depth + 1))
        : [];
    case 'array':
      return depth < 2 ? value.items.flatMap((item) => functionsIn(item, depth + 1)) : [];
    default:
      return [];
  }
}

/** Instances are known by their class; what their constructors got only makes facts large. */
function withoutArguments(value: Value): Value {
  if (value.kind === 'member') return { ...value, object: withoutArguments(value.object) };
  return value.kind === 'call' && value.isNew ? { ...value, args: [] } : value;
}

function functionName(node: FunctionNode): string | undefined {
  const api = ts();
  if (api.isConstructorDeclaration(node)) return 'constructor';
  if (
    node.name &&
    (api.isIdentifier(node.name) ||
      api.isStringLiteral(node.name) ||
      api.isPrivateIdentifier(node.name))
  )
    return node.name.text;
  const { parent } = node;
  if (
    api.isVariableDeclaration(parent) ||
    api.isPropertyAssignment(parent) ||
    api.isPropertyDeclaration(parent)
  )
    return api.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (api.isBinaryExpression(parent) && api.isPropertyAccessExpression(parent.left))
    return parent.left.name.text;
  return undefined;
}

/** `schema.methods.verify = function …`, `schema.statics = { find() {} }`, `User.prototype.verify = …`. */
function isOfModel(node: FunctionNode): boolean {
  const api = ts();
  const isMember = api.isMethodDeclaration(node) && api.isObjectLiteralExpression(node.parent);
  const table = isMember
    ? node.parent
    : api.isPropertyAssignment(node.parent)
      ? node.parent.parent
      : undefined;
  const { parent } = table ?? node;
  if (!api.isBinaryExpression(parent) || parent.right !== (table ?? node)) return false;
  const { left } = parent;
  const holder = table ? left : api.isPropertyAccessExpression(left) ? left.expression : undefined;
  return (
    holder !== undefined &&
    api.isPropertyAccessExpression(holder) &&
    /^(methods|statics|prototype)$/.test(holder.name.text)
  );
}

function isAwaited(node: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = node;
  return (
    api.isAwaitExpression(parent) ||
    api.isReturnStatement(parent) ||
    (api.isArrowFunction(parent) && parent.body === node)
  );
}

function boundName(node: TypeScript.Expression): string | undefined {
  const api = ts();
  let at: TypeScript.Node = node;
  while (
    api.isAwaitExpression(at.parent) ||
    api.isParenthesizedExpression(at.parent) ||
    api.isAsExpression(at.parent)
  )
    at = at.parent;
  const { parent } = at;
  if (
    api.isVariableDeclaration(parent) ||
    api.isPropertyDeclaration(parent) ||
    api.isPropertyAssignment(parent)
  )
    return api.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (
    api.isBinaryExpression(parent) &&
    parent.right === at &&
    parent.operatorToken.kind === api.SyntaxKind.EqualsToken
  ) {
    if (api.isIdentifier(parent.left)) return parent.left.text;
    if (api.isPropertyAccessExpression(parent.left)) return parent.left.name.text;
  }
  return undefined;
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
