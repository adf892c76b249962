import type * as TypeScript from 'typescript';
import type { Span } from '../../engine/finding';
import type { BoundSource, ClassNode, Declaration, FunctionNode } from './bind';
import { importedBy, normaliseSpecifier, requiredFile } from './imports';
import { memberAssignments, withMember, type MemberAssignment } from './member-assignments';
import { ts } from './ts';
import type { EitherValue, ObjectValue, UnknownValue, Value } from './value';
import { propertyOf } from './values';

const MAX_DEPTH = 12;
/** Alternatives that a member access is followed into. */
const SELECTABLE: ReadonlySet<Value['kind']> = new Set([
  'object',
  'env',
  'import',
  'call',
  'typed',
]);
/** A file that needs more evaluation steps than this is generated data, not code. */
const MAX_STEPS = 200_000;

/** Constant evaluation within one file. Imports stay symbolic; the project model resolves them. Never throws. */
export class Evaluator {
  private readonly memo = new Map<TypeScript.Node, Value>();
  private readonly running = new Set<TypeScript.Node>();
  private steps = 0;
  private cuts = 0;
  /** Specifiers of modules that evaluated values refer to: they must be known in detail for the model to resolve them. */
  readonly referencedSpecifiers = new Set<string>();

  constructor(private readonly bound: BoundSource) {}

  /** The symbolic value of an expression. */
  evaluate(node: TypeScript.Expression, depth = 0): Value {
    const known = this.memo.get(node);
    if (known) return known;
    if (depth > MAX_DEPTH || this.running.has(node) || this.steps++ > MAX_STEPS) {
      this.cuts++;
      return this.unknown(node);
    }
    const { cuts } = this;
    this.running.add(node);
    const value = this.compute(node, depth);
    this.running.delete(node);
    // Values cut off by depth or recursion depend on where evaluation started; only whole ones are kept.
    if (cuts === this.cuts || depth === 0) this.memo.set(node, value);
    return value;
  }

  private compute(node: TypeScript.Expression, depth: number): Value {
    const api = ts();
    const span = this.span(node);
    if (
      api.isParenthesizedExpression(node) ||
      api.isAsExpression(node) ||
      api.isSatisfiesExpression(node) ||
      api.isNonNullExpression(node) ||
      api.isTypeAssertionExpression(node) ||
      api.isAwaitExpression(node)
    )
      return this.evaluate(node.expression, depth);
    if (api.isStringLiteralLike(node))
      return { kind: 'literal', value: node.text, direct: true, span };
    if (api.isNumericLiteral(node))
      return { kind: 'literal', value: Number(node.text), direct: true, span };
    switch (node.kind) {
      case api.SyntaxKind.TrueKeyword:
        return { kind: 'literal', value: true, direct: true, span };
      case api.SyntaxKind.FalseKeyword:
        return { kind: 'literal', value: false, direct: true, span };
      case api.SyntaxKind.NullKeyword:
        return { kind: 'literal', value: null, direct: true, span };
      case api.SyntaxKind.ThisKeyword:
        return this.thisValue(node, span);
    }
    if (api.isIdentifier(node)) return this.identifier(node, depth);
    if (api.isTemplateExpression(node)) {
      const parts: Value[] = [];
      const push = (
        piece: TypeScript.TemplateHead | TypeScript.TemplateMiddle | TypeScript.TemplateTail,
      ): void => {
        if (piece.text)
          parts.push({ kind: 'literal', value: piece.text, direct: false, span: this.span(piece) });
      };
      push(node.head);
      for (const part of node.templateSpans) {
        parts.push(this.evaluate(part.expression, depth + 1));
        push(part.literal);
      }
      return fold(parts, span);
    }
    if (api.isPropertyAccessExpression(node))
      return this.member(node, node.expression, node.name.text, depth);
    if (api.isElementAccessExpression(node)) {
      const key = this.evaluate(node.argumentExpression, depth + 1);
      const name =
        key.kind === 'literal' && key.value !== null && key.value !== undefined
          ? String(key.value)
          : undefined;
      const value = this.member(node, node.expression, name, depth);
      return value.kind === 'env' && name === undefined ? { ...value, key } : value;
    }
    if (api.isBinaryExpression(node)) return this.binary(node, depth);
    if (api.isConditionalExpression(node))
      return {
        kind: 'either',
        operator: '?:',
        condition: this.evaluate(node.condition, depth + 1),
        options: [
          this.evaluate(node.whenTrue, depth + 1),
          this.evaluate(node.whenFalse, depth + 1),
        ],
        span,
      };
    if (api.isPrefixUnaryExpression(node)) {
      const operand = this.evaluate(node.operand, depth + 1);
      if (node.operator === api.SyntaxKind.PlusToken)
        return {
          kind: 'call',
          callee: { kind: 'global', name: 'Number', span },
          args: [operand],
          isNew: false,
          span,
        };
      if (
        node.operator === api.SyntaxKind.MinusToken &&
        operand.kind === 'literal' &&
        typeof operand.value === 'number'
      )
        return { kind: 'literal', value: -operand.value, direct: true, span };
      // As with comparisons: conditions stay visible.
      if (node.operator === api.SyntaxKind.ExclamationToken)
        return {
          kind: 'call',
          callee: { kind: 'global', name: '!', span },
          args: [operand],
          isNew: false,
          span,
        };
      return this.unknown(node);
    }
    if (api.isObjectLiteralExpression(node)) return this.object(node, depth);
    if (api.isArrayLiteralExpression(node))
      return {
        kind: 'array',
        items: node.elements
          .slice(0, 200)
          .map((element) =>
            this.evaluate(api.isSpreadElement(element) ? element.expression : element, depth + 1),
          ),
        span,
      };
    if (api.isArrowFunction(node) || api.isFunctionExpression(node))
      return { kind: 'function', id: this.bound.functionId(node), isClass: false, span };
    if (api.isClassExpression(node))
      return { kind: 'function', id: this.bound.classId(node), isClass: true, span };
    if (api.isCallExpression(node) || api.isNewExpression(node)) return this.call(node, depth);
    if (api.isMetaProperty(node)) return { kind: 'global', name: 'import.meta', span };
    return this.unknown(node);
  }

  private call(node: TypeScript.CallExpression | TypeScript.NewExpression, depth: number): Value {
    const api = ts();
    const span = this.span(node);
    const specifier = api.isCallExpression(node)
      ? (importedBy(node, this.bound) ?? requiredFile(node))
      : undefined;
    if (specifier !== undefined) return this.imported(specifier, [], span);
    const callee: Value =
      node.expression.kind === api.SyntaxKind.ImportKeyword
        ? { kind: 'global', name: 'import', span: this.span(node.expression) }
        : this.evaluate(node.expression, depth + 1);
    const args = (node.arguments ?? []).map((argument) =>
      this.evaluate(api.isSpreadElement(argument) ? argument.expression : argument, depth + 1),
    );
    if (
      callee.kind === 'member' &&
      callee.object.kind === 'global' &&
      callee.object.name === 'Object'
    ) {
      if (callee.name === 'freeze' && args[0]) return args[0];
    }
    return { kind: 'call', callee, args, isNew: api.isNewExpression(node), span };
  }

  private binary(node: TypeScript.BinaryExpression, depth: number): Value {
    const api = ts();
    const span = this.span(node);
    const left = (): Value => this.evaluate(node.left, depth + 1);
    const right = (): Value => this.evaluate(node.right, depth + 1);
    const either = (operator: EitherValue['operator']): Value => ({
      kind: 'either',
      operator,
      options: [left(), right()],
      span,
    });
    switch (node.operatorToken.kind) {
      case api.SyntaxKind.QuestionQuestionToken:
        return either('??');
      case api.SyntaxKind.BarBarToken:
        return either('||');
      case api.SyntaxKind.AmpersandAmpersandToken:
        return either('&&');
      case api.SyntaxKind.QuestionQuestionEqualsToken:
        return either('??');
      case api.SyntaxKind.BarBarEqualsToken:
        return either('||');
      case api.SyntaxKind.CommaToken:
      case api.SyntaxKind.EqualsToken:
        return right();
      case api.SyntaxKind.PlusToken: {
        const [a, b] = [left(), right()];
        if (a.kind === 'literal' && b.kind === 'literal') {
          if (typeof a.value === 'number' && typeof b.value === 'number')
            return { kind: 'literal', value: a.value + b.value, direct: false, span };
        }
        if (![a, b].some(isText)) return { kind: 'template', parts: [a, b], span };
        return fold(
          [...(a.kind === 'template' ? a.parts : [a]), ...(b.kind === 'template' ? b.parts : [b])],
          span,
        );
      }
      case api.SyntaxKind.AsteriskToken:
      case api.SyntaxKind.MinusToken:
      case api.SyntaxKind.SlashToken: {
        const [a, b] = [left(), right()];
        if (a.kind !== 'literal' || b.kind !== 'literal') return this.unknown(node);
        if (typeof a.value !== 'number' || typeof b.value !== 'number') return this.unknown(node);
        const operator = node.operatorToken.kind;
        const value =
          operator === api.SyntaxKind.AsteriskToken
            ? a.value * b.value
            : operator === api.SyntaxKind.MinusToken
              ? a.value - b.value
              : a.value / b.value;
        return { kind: 'literal', value, direct: false, span };
      }
      case api.SyntaxKind.EqualsEqualsToken:
      case api.SyntaxKind.EqualsEqualsEqualsToken:
      case api.SyntaxKind.ExclamationEqualsToken:
      case api.SyntaxKind.ExclamationEqualsEqualsToken: {
        // Kept as a call of the operator, so that conditions on the environment stay visible to rules.
        const name = node.operatorToken.getText(this.bound.syntax.sourceFile);
        return {
          kind: 'call',
          callee: { kind: 'global', name, span },
          args: [left(), right()],
          isNew: false,
          span,
        };
      }
    }
    return this.unknown(node);
  }

  private object(node: TypeScript.ObjectLiteralExpression, depth: number): Value {
    const api = ts();
    const properties: { key: string; keySpan: Span; value: Value }[] = [];
    const spreads: Value[] = [];
    for (const property of node.properties.slice(0, 400)) {
      if (api.isSpreadAssignment(property)) {
        const spread = this.evaluate(property.expression, depth + 1);
        if (spread.kind === 'object') {
          properties.push(...spread.properties);
          spreads.push(...spread.spreads);
        } else spreads.push(spread);
        continue;
      }
      const key = this.propertyName(property.name, depth);
      if (key === undefined) {
        // Under a name that is not known: wrapped, so that it is not taken for an object that is spread.
        const items = api.isPropertyAssignment(property)
          ? [this.evaluate(property.initializer, depth + 1)]
          : [];
        spreads.push({ kind: 'array', items, span: this.span(property) });
        continue;
      }
      const keySpan = this.span(property.name);
      if (api.isPropertyAssignment(property))
        properties.push({ key, keySpan, value: this.evaluate(property.initializer, depth + 1) });
      else if (api.isShorthandPropertyAssignment(property))
        properties.push({ key, keySpan, value: this.identifier(property.name, depth + 1) });
      else if (api.isGetAccessorDeclaration(property))
        properties.push({
          key,
          keySpan,
          value: this.returned(property, depth) ?? this.functionValue(property),
        });
      else if (api.isMethodDeclaration(property))
        properties.push({ key, keySpan, value: this.functionValue(property) });
    }
    return { kind: 'object', properties, spreads, span: this.span(node) };
  }

  /** The value a getter or one-line function returns, when that is all it does. */
  returned(node: FunctionNode, depth: number): Value | undefined {
    const api = ts();
    const { body } = node;
    if (!body) return undefined;
    if (!api.isBlock(body)) return this.evaluate(body, depth + 1);
    const [only] = body.statements;
    if (body.statements.length !== 1 || !only || !api.isReturnStatement(only) || !only.expression)
      return undefined;
    return this.evaluate(only.expression, depth + 1);
  }

  private propertyName(name: TypeScript.PropertyName, depth: number): string | undefined {
    const api = ts();
    if (api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isNumericLiteral(name))
      return name.text;
    if (api.isPrivateIdentifier(name)) return name.text;
    if (!api.isComputedPropertyName(name)) return undefined;
    const key = this.evaluate(name.expression, depth + 1);
    return key.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
  }

  private identifier(node: TypeScript.Identifier, depth: number): Value {
    const span = this.span(node);
    if (node.text === 'undefined') return { kind: 'literal', value: undefined, direct: true, span };
    const declaration = this.bound.lookup(node.text, node);
    if (!declaration) return { kind: 'global', name: node.text, span };
    return this.declared(declaration, span, depth);
  }

  /** The value of a declared name; `span` is where it is used, for values that have no defining expression. */
  declared(declaration: Declaration, span: Span, depth: number): Value {
    const api = ts();
    const { node } = declaration;
    switch (declaration.kind) {
      case 'import':
        return this.importBinding(node, span);
      case 'class':
        return { kind: 'function', id: this.bound.classId(node as ClassNode), isClass: true, span };
      case 'function':
        return this.functionValue(node as FunctionNode);
      case 'enum':
        return this.enumValue(node as TypeScript.EnumDeclaration, depth);
      case 'parameter':
        return this.parameter(declaration, span, depth);
      case 'catch':
      case 'namespace':
        return { kind: 'unknown', name: declaration.name, span };
    }
    const first = this.variable(declaration, depth);
    if (declaration.assignments.length === 0 || declaration.kind === 'const')
      return first ?? { kind: 'unknown', name: declaration.name, span };
    const later = declaration.assignments
      .slice(0, 4)
      .map((expression) => this.evaluate(expression, depth + 1));
    const options = first && !isEmpty(first) ? [first, ...later] : later;
    const [only] = options;
    if (options.length === 1 && only) return only;
    return {
      kind: 'either',
      operator: 'assigned',
      options,
      span: this.span(api.isBindingElement(node) ? node.name : node),
    };
  }

  private variable(declaration: Declaration, depth: number): Value | undefined {
    const api = ts();
    const { node } = declaration;
    if (api.isVariableDeclaration(node)) {
      if (node.initializer) {
        const value = this.evaluate(node.initializer, depth + 1);
        return value.kind === 'object' && api.isObjectLiteralExpression(node.initializer)
          ? this.filledIn(value, declaration, depth)
          : value;
      }
      const loop = node.parent.parent;
      if (api.isForOfStatement(loop))
        return this.oneOf(this.evaluate(loop.expression, depth + 1), this.span(node));
      if (node.type) return this.typed(node.type, this.span(node));
      return undefined;
    }
    return api.isBindingElement(node) ? this.bindingElement(node, depth) : undefined;
  }

  private memberAssignments: Map<string, MemberAssignment[]> | undefined;

  /** `const options = {}; options.secret = 'x'`: an object that the function which made it fills in. */
  private filledIn(value: ObjectValue, { name, node }: Declaration, depth: number): ObjectValue {
    this.memberAssignments ??= memberAssignments(this.bound);
    const own = this.memberAssignments
      .get(name)
      ?.filter(
        (one) =>
          one.node.pos > node.pos &&
          this.bound.enclosingFunction(one.node) === this.bound.enclosingFunction(node) &&
          this.bound.lookup(name, one.node)?.node === node,
      );
    if (!own || own.length === 0 || depth > MAX_DEPTH - 2) return value;
    return own
      .slice(0, 60)
      .reduce<ObjectValue>(
        (object, { keys, node: assignment }) =>
          withMember(object, keys, this.evaluate(assignment.right, depth + 1)),
        value,
      );
  }

  private bindingElement(node: TypeScript.BindingElement, depth: number): Value | undefined {
    const api = ts();
    const pattern = node.parent;
    const owner = pattern.parent;
    let source: Value | undefined;
    if (api.isBindingElement(owner)) source = this.bindingElement(owner, depth + 1);
    else if (api.isVariableDeclaration(owner))
      source = owner.initializer ? this.evaluate(owner.initializer, depth + 1) : undefined;
    else source = this.parameterNode(owner, depth);
    if (!source) return undefined;
    const span = this.span(node);
    let value: Value;
    if (node.dotDotDotToken) value = source;
    else if (api.isArrayBindingPattern(pattern))
      value = this.select(source, String(pattern.elements.indexOf(node)), span);
    else {
      const key = node.propertyName ?? (api.isIdentifier(node.name) ? node.name : undefined);
      const name = key && this.propertyName(key, depth);
      value = this.select(source, name, span);
    }
    if (!node.initializer) return value;
    return {
      kind: 'either',
      operator: 'default',
      options: [value, this.evaluate(node.initializer, depth + 1)],
      span,
    };
  }

  private parameter(declaration: Declaration, span: Span, depth: number): Value {
    const api = ts();
    const { node } = declaration;
    if (api.isBindingElement(node))
      return this.bindingElement(node, depth) ?? { kind: 'unknown', name: declaration.name, span };
    return this.parameterNode(node as TypeScript.ParameterDeclaration, depth);
  }

  private parameterNode(node: TypeScript.ParameterDeclaration, depth: number): Value {
    const api = ts();
    const span = this.span(node);
    const owner = node.parent as FunctionNode;
    const index = owner.parameters.indexOf(node);
    const name = api.isIdentifier(node.name) ? node.name.text : '';
    let value: Value | undefined = this.iterated(owner, index, depth);
    value ??= node.type ? this.typed(node.type, span) : undefined;
    value ??= { kind: 'parameter', functionId: this.bound.functionId(owner), index, name, span };
    if (!node.initializer) return value;
    return {
      kind: 'either',
      operator: 'default',
      options: [value, this.evaluate(node.initializer, depth + 1)],
      span,
    };
  }

  /** `['SIGTERM', 'SIGINT'].forEach((signal) => …)`: the parameter is one of the items. */
  private iterated(owner: FunctionNode, index: number, depth: number): Value | undefined {
    const api = ts();
    const call = owner.parent;
    if (
      index !== 0 ||
      !api.isCallExpression(call) ||
      call.arguments[0] !== (owner as TypeScript.Node)
    )
      return undefined;
    if (!api.isPropertyAccessExpression(call.expression)) return undefined;
    // A promise is transparent, so what `then` hands on is what was promised.
    if (call.expression.name.text === 'then')
      return this.evaluate(call.expression.expression, depth + 1);
    if (!['forEach', 'map', 'every', 'some', 'flatMap'].includes(call.expression.name.text))
      return undefined;
    const list = this.evaluate(call.expression.expression, depth + 1);
    return list.kind === 'array' ? this.oneOf(list, this.span(owner)) : undefined;
  }

  private oneOf(list: Value, span: Span): Value | undefined {
    if (list.kind === 'object')
      return {
        kind: 'either',
        operator: 'assigned',
        options: list.properties.map((property) => property.value),
        span,
      };
    if (list.kind !== 'array') return undefined;
    const [only] = list.items;
    return list.items.length === 1 && only
      ? only
      : { kind: 'either', operator: 'assigned', options: list.items, span };
  }

  /** A value known by its annotation only; undefined for annotations that name no importable type. */
  typed(type: TypeScript.TypeNode, span: Span): Value | undefined {
    const api = ts();
    if (api.isUnionTypeNode(type)) {
      const named = type.types.filter((member) => api.isTypeReferenceNode(member));
      return named.length === 1 && named[0] ? this.typed(named[0], span) : undefined;
    }
    if (api.isTypeLiteralNode(type)) return this.shape(type.members, span);
    if (!api.isTypeReferenceNode(type)) return undefined;
    const own = api.isIdentifier(type.typeName)
      ? this.bound.types.get(type.typeName.text)
      : undefined;
    if (own)
      return api.isInterfaceDeclaration(own)
        ? this.shape(own.members, span)
        : api.isTypeLiteralNode(own.type)
          ? this.shape(own.type.members, span)
          : undefined;
    const reference = this.typeName(type.typeName);
    return reference && { kind: 'typed', type: reference, span };
  }

  /** An object of which only the types of its members are known: `({ app }: { app: express.Application })`. */
  private shape(members: TypeScript.NodeArray<TypeScript.TypeElement>, span: Span): Value {
    const api = ts();
    const properties = members.flatMap((member) => {
      if (!api.isPropertySignature(member) || !member.type || !api.isIdentifier(member.name))
        return [];
      // One level only: types that refer to themselves would never end.
      if (!api.isTypeReferenceNode(member.type)) return [];
      const reference = this.typeName(member.type.typeName);
      if (!reference) return [];
      return [
        {
          key: member.name.text,
          keySpan: this.span(member.name),
          value: { kind: 'typed', type: reference, span } as const,
        },
      ];
    });
    return { kind: 'object', properties, spreads: [{ kind: 'unknown', span }], span };
  }

  private typeName(name: TypeScript.EntityName): Value | undefined {
    const api = ts();
    if (api.isQualifiedName(name)) {
      const left = this.typeName(name.left);
      return left && this.select(left, name.right.text, this.span(name));
    }
    const declaration = this.bound.lookup(name.text, name);
    if (!declaration) return { kind: 'global', name: name.text, span: this.span(name) };
    if (declaration.kind === 'import' || declaration.kind === 'class')
      return this.declared(declaration, this.span(name), 0);
    return undefined;
  }

  private importBinding(node: TypeScript.Node, span: Span): Value {
    const api = ts();
    if (api.isImportEqualsDeclaration(node)) {
      const reference = node.moduleReference;
      if (api.isExternalModuleReference(reference) && api.isStringLiteralLike(reference.expression))
        return this.imported(reference.expression.text, [], span);
      if (!api.isExternalModuleReference(reference))
        return this.typeName(reference) ?? { kind: 'unknown', span };
      return { kind: 'unknown', span };
    }
    let declaration = node;
    while (!api.isImportDeclaration(declaration)) declaration = declaration.parent;
    const { moduleSpecifier } = declaration;
    const specifier = api.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : '';
    if (api.isImportSpecifier(node)) {
      const name = (node.propertyName ?? node.name).text;
      return this.imported(specifier, name === 'default' ? [] : [name], span);
    }
    return this.imported(specifier, [], span);
  }

  /** An import value; notes the module so that it is read in detail. */
  imported(specifier: string, members: readonly string[], span: Span): Value {
    this.referencedSpecifiers.add(specifier);
    const name = normaliseSpecifier(specifier);
    // The global `process` by another road.
    if (name === 'process')
      return members.reduce<Value>((object, member) => this.select(object, member, span), {
        kind: 'global',
        name,
        span,
      });
    return { kind: 'import', specifier: name, members, span };
  }

  private enumValue(node: TypeScript.EnumDeclaration, depth: number): Value {
    const properties = node.members.map((member, index) => ({
      key: this.propertyName(member.name, depth) ?? String(index),
      keySpan: this.span(member.name),
      value: member.initializer
        ? this.evaluate(member.initializer, depth + 1)
        : ({ kind: 'literal', value: index, direct: false, span: this.span(member) } as const),
    }));
    return { kind: 'object', properties, spreads: [], span: this.span(node) };
  }

  private member(
    node: TypeScript.Expression,
    object: TypeScript.Expression,
    name: string | undefined,
    depth: number,
  ): Value {
    return this.select(this.evaluate(object, depth + 1), name, this.span(node), depth);
  }

  /** `object.name`, as far as it is known. */
  select(object: Value, name: string | undefined, span: Span, depth = 0): Value {
    const symbolic: Value = { kind: 'member', object, name, span };
    switch (object.kind) {
      case 'env':
        return object.name === '*' ? { kind: 'env', name, span } : symbolic;
      case 'global':
        if (
          (object.name === 'process' || object.name === 'import.meta' || object.name === 'Bun') &&
          name === 'env'
        )
          return { kind: 'env', name: '*', span };
        // `globalThis.process.env`
        return object.name === 'globalThis' && name ? { kind: 'global', name, span } : symbolic;
      case 'import':
        if (name === undefined) return symbolic;
        if (name === 'default' && object.members.length === 0) return { ...object, span };
        return { ...object, members: [...object.members, name], span };
      case 'object': {
        if (name === undefined) return symbolic;
        const found = propertyOf(object, name);
        if (found) return found;
        return object.spreads.length === 0 ? { kind: 'unknown', name, span } : symbolic;
      }
      case 'array': {
        const item =
          name !== undefined && /^\d+$/.test(name) ? object.items[Number(name)] : undefined;
        return item ?? symbolic;
      }
      case 'either': {
        // Calls and typed values may have the member too; literals, parameters and unknowns say nothing.
        const options = object.options.filter((option) => SELECTABLE.has(option.kind));
        if (options.length === 0 || object.operator === '&&') return symbolic;
        const [only] = options;
        if (options.length === 1 && only) return this.select(only, name, span, depth);
        return {
          ...object,
          options: options.map((option) => this.select(option, name, span, depth)),
          span,
        };
      }
      case 'function':
        return (
          (object.isClass && name !== undefined && this.classMember(object.id, name, depth)) ||
          symbolic
        );
      default:
        return symbolic;
    }
  }

  private thisValue(node: TypeScript.Node, span: Span): Value {
    const api = ts();
    for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent) {
      if (api.isClassLike(at))
        return { kind: 'function', id: this.bound.classId(at), isClass: true, span };
      if (api.isFunctionDeclaration(at) || api.isFunctionExpression(at)) break;
    }
    return { kind: 'unknown', name: 'this', span };
  }

  /** What `this.name` holds in a class: an initialised property, a constructor parameter, an assignment, a method. */
  private classMember(classId: number, name: string, depth: number): Value | undefined {
    const api = ts();
    const node = this.bound.classes[classId];
    if (!node || depth > MAX_DEPTH) return undefined;
    let typed: Value | undefined;
    for (const member of node.members) {
      if (api.isConstructorDeclaration(member)) {
        for (const parameter of member.parameters)
          if (
            api.isIdentifier(parameter.name) &&
            parameter.name.text === name &&
            (parameter.modifiers?.length ?? 0) > 0
          )
            return this.parameterNode(parameter, depth + 1);
        continue;
      }
      if (!member.name || this.propertyName(member.name, depth) !== name) continue;
      if (api.isMethodDeclaration(member)) return this.functionValue(member);
      if (api.isGetAccessorDeclaration(member)) return this.returned(member, depth) ?? undefined;
      if (api.isPropertyDeclaration(member)) {
        if (member.initializer) return this.evaluate(member.initializer, depth + 1);
        if (member.type) typed = this.typed(member.type, this.span(member));
      }
    }
    const assigned = this.assignedToThis(node).get(name);
    return assigned ? this.evaluate(assigned, depth + 1) : typed;
  }

  private readonly thisAssignments = new Map<ClassNode, Map<string, TypeScript.Expression>>();

  /** First assignment to each `this.x` anywhere in the class, the constructor first. */
  assignedToThis(node: ClassNode): ReadonlyMap<string, TypeScript.Expression> {
    const known = this.thisAssignments.get(node);
    if (known) return known;
    const api = ts();
    const found = new Map<string, TypeScript.Expression>();
    for (const candidate of this.bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
      const binary = candidate as TypeScript.BinaryExpression;
      if (
        binary.operatorToken.kind !== api.SyntaxKind.EqualsToken ||
        binary.pos < node.pos ||
        binary.end > node.end
      )
        continue;
      const { left } = binary;
      if (
        !api.isPropertyAccessExpression(left) ||
        left.expression.kind !== api.SyntaxKind.ThisKeyword
      )
        continue;
      if (!found.has(left.name.text)) found.set(left.name.text, binary.right);
    }
    this.thisAssignments.set(node, found);
    return found;
  }

  private functionValue(node: FunctionNode): Value {
    return {
      kind: 'function',
      id: this.bound.functionId(node),
      isClass: false,
      span: this.span(node),
    };
  }

  private unknown(node: TypeScript.Expression): UnknownValue {
    const api = ts();
    const span = this.span(node);
    return api.isIdentifier(node)
      ? { kind: 'unknown', name: node.text, span }
      : { kind: 'unknown', span };
  }

  /** The node's range without leading trivia. */
  span(node: TypeScript.Node): Span {
    return { start: node.getStart(this.bound.syntax.sourceFile), end: node.end };
  }
}

function isText(value: Value): boolean {
  return value.kind === 'template' || (value.kind === 'literal' && typeof value.value === 'string');
}

function isEmpty(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}

/** Joins the parts of a template: one literal when everything is known. */
function fold(parts: readonly Value[], span: Span): Value {
  if (parts.every((part) => part.kind === 'literal')) {
    return {
      kind: 'literal',
      value: parts.map((part) => String(part.value)).join(''),
      direct: false,
      span,
    };
  }
  return { kind: 'template', parts, span };
}
