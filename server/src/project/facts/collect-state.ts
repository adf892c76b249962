import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import type { BoundSource, ClassNode, Declaration } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { ts } from '../../languages/source/ts';
import { nameNode, writeRoot } from './collect-writes';
import type { ExportFact, StateFact, WriteFact } from './facts';

/**
 * The variables and class fields that functions write, with who reads them.
 * @param writes of the same file
 * @param exports of the same file: exported containers may be written elsewhere
 */
export function collectState(
  bound: BoundSource,
  evaluator: Evaluator,
  writes: readonly WriteFact[],
  exports: readonly ExportFact[],
): StateFact[] {
  const declarations = writtenDeclarations(bound, writes, exports);
  const reads = readsOf(bound, evaluator, declarations, writes);
  const facts = declarations.map((declaration): StateFact => {
    const { node } = declaration;
    const api = ts();
    const initializer = api.isVariableDeclaration(node) ? node.initializer : undefined;
    return {
      name: declaration.name,
      declaration: evaluator.span(nameNode(declaration)),
      owner: declaration.scope.kind === 'module' ? 0 : bound.enclosingFunction(node),
      constant: declaration.kind === 'const',
      ...(initializer ? { initial: evaluator.evaluate(initializer) } : {}),
      exported:
        declaration.scope.kind === 'module' &&
        isExported(declaration, initializer, evaluator, exports),
      reads: reads.get(declaration) ?? [],
    };
  });
  return [...facts, ...fields(bound, evaluator, writes)].sort(
    (a, b) => a.declaration.start - b.declaration.start,
  );
}

function writtenDeclarations(
  bound: BoundSource,
  writes: readonly WriteFact[],
  exports: readonly ExportFact[],
): Declaration[] {
  const api = ts();
  const wanted = new Set(
    writes.flatMap((write) => (write.declaration ? [write.declaration.start] : [])),
  );
  const containers = new Set(
    exports.flatMap(({ value }) => containersIn(value, 0)).map((span) => span.start),
  );
  if (wanted.size === 0 && containers.size === 0) return [];
  const found: Declaration[] = [];
  const consider = (declaration: Declaration): void => {
    const { node, kind } = declaration;
    if (kind !== 'const' && kind !== 'let' && kind !== 'var') return;
    const name = nameNode(declaration);
    if (wanted.has(name.getStart(bound.syntax.sourceFile))) found.push(declaration);
    else if (
      api.isVariableDeclaration(node) &&
      node.initializer &&
      declaration.scope.kind === 'module'
    ) {
      const { initializer } = node;
      if (
        [...containers].some(
          (start) =>
            start >= initializer.getStart(bound.syntax.sourceFile) && start < initializer.end,
        )
      )
        found.push(declaration);
    }
  };
  for (const scope of bound.scopes())
    for (const declaration of scope.names.values()) consider(declaration);
  return found;
}

/** Where an exported value is, or has as a member, something that can be filled. */
function containersIn(value: Value, depth: number): readonly Span[] {
  if (value.kind === 'array') return [value.span];
  if (
    value.kind === 'call' &&
    value.isNew &&
    value.callee.kind === 'global' &&
    (value.callee.name === 'Map' || value.callee.name === 'Set')
  )
    return [value.span];
  if (value.kind !== 'object' || depth > 1) return [];
  return [
    value.span,
    ...value.properties.flatMap((property) => containersIn(property.value, depth + 1)),
  ];
}

function isExported(
  declaration: Declaration,
  initializer: TypeScript.Expression | undefined,
  evaluator: Evaluator,
  exports: readonly ExportFact[],
): boolean {
  const statement = declaration.node.parent.parent as TypeScript.Node | undefined;
  const api = ts();
  if (
    statement &&
    api.isVariableStatement(statement) &&
    api.getModifiers(statement)?.some((modifier) => modifier.kind === api.SyntaxKind.ExportKeyword)
  )
    return true;
  const span = initializer && evaluator.span(initializer);
  return exports.some(
    ({ name, value }) =>
      (name === declaration.name && value.kind !== 'import') ||
      (span !== undefined &&
        (sameStart(value, span) ||
          (value.kind === 'object' &&
            value.properties.some((property) => sameStart(property.value, span))))),
  );
}

function sameStart(value: Value, span: Span): boolean {
  return value.span.start === span.start && value.span.end === span.end;
}

/** Mentions inside functions that are not merely the target of a write. */
function readsOf(
  bound: BoundSource,
  evaluator: Evaluator,
  declarations: readonly Declaration[],
  writes: readonly WriteFact[],
): ReadonlyMap<Declaration, StateFact['reads']> {
  const api = ts();
  const result = new Map<Declaration, { fn: number; span: Span }[]>();
  if (declarations.length === 0) return result;
  const byName = new Map<string, Declaration[]>();
  for (const declaration of declarations)
    byName.set(declaration.name, [...(byName.get(declaration.name) ?? []), declaration]);
  // A write's target begins where the write begins, but for `delete x` and `++x`.
  const targets = targetStarts(writes);
  for (const node of bound.nodes.get(api.SyntaxKind.Identifier) ?? []) {
    const name = node as TypeScript.Identifier;
    const candidates = byName.get(name.text);
    if (!candidates || !isMention(name)) continue;
    const declared = bound.lookup(name.text, name);
    const fn = declared && candidates.includes(declared) ? bound.enclosingFunction(name) : 0;
    if (!declared || fn === 0 || targets.has(name.getStart(bound.syntax.sourceFile))) continue;
    const list = result.get(declared);
    const read = { fn, span: evaluator.span(name) };
    if (list) list.push(read);
    else result.set(declared, [read]);
  }
  return result;
}

/** What is only written; to take an entry out that is then changed is a use of it. */
function targetStarts(writes: readonly WriteFact[]): ReadonlySet<number> {
  const plain = writes.filter(({ used, ofEntry }) => used !== true && ofEntry !== true);
  return new Set(plain.map(({ target }) => target.span.start));
}

/** A use of the variable, not a member name, an object key or the declaration itself. */
function isMention(node: TypeScript.Identifier): boolean {
  const api = ts();
  const { parent } = node;
  if (api.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (
    api.isPropertyAssignment(parent) ||
    api.isMethodDeclaration(parent) ||
    api.isPropertyDeclaration(parent)
  )
    return parent.name !== node;
  return !(
    (api.isVariableDeclaration(parent) ||
      api.isBindingElement(parent) ||
      api.isParameter(parent)) &&
    parent.name === node
  );
}

/** Fields of classes that methods other than the constructor write. */
function fields(
  bound: BoundSource,
  evaluator: Evaluator,
  writes: readonly WriteFact[],
): StateFact[] {
  const api = ts();
  const found = new Map<string, StateFact>();
  for (const { classId, variable } of writes) {
    const node = classId === undefined ? undefined : bound.classes[classId];
    if (
      !node ||
      classId === undefined ||
      variable === undefined ||
      found.has(`${classId}.${variable}`)
    )
      continue;
    const declared = declaredField(node, variable);
    if (!declared) continue;
    const { name, initializer, modifiers } = declared;
    const has = (kind: TypeScript.SyntaxKind): boolean =>
      modifiers?.some((modifier) => modifier.kind === kind) ?? false;
    found.set(`${classId}.${variable}`, {
      name: variable,
      declaration: evaluator.span(name),
      owner: bound.enclosingFunction(node),
      classId,
      ...(has(api.SyntaxKind.StaticKeyword) ? { isStatic: true } : {}),
      constant: has(api.SyntaxKind.ReadonlyKeyword),
      ...(initializer ? { initial: evaluator.evaluate(initializer) } : {}),
      exported: false,
      reads: [],
    });
  }
  const reads = fieldReads(bound, evaluator, found, writes);
  return [...found].map(([key, fact]) => ({ ...fact, reads: reads.get(key) ?? [] }));
}

/** Where methods mention the fields, through `this` or the class, other than as what a write changes. */
function fieldReads(
  bound: BoundSource,
  evaluator: Evaluator,
  fields: ReadonlyMap<string, StateFact>,
  writes: readonly WriteFact[],
): ReadonlyMap<string, StateFact['reads']> {
  const api = ts();
  const result = new Map<string, { fn: number; span: Span }[]>();
  if (fields.size === 0) return result;
  const names = new Set([...fields.values()].map(({ name }) => name));
  const targets = targetStarts(writes);
  for (const node of bound.nodes.get(api.SyntaxKind.PropertyAccessExpression) ?? []) {
    const access = node as TypeScript.PropertyAccessExpression;
    const field = access.name.text;
    if (!names.has(field)) continue;
    const root = writeRoot(access, bound);
    const key = `${root?.classId ?? -1}.${field}`;
    const fn = bound.enclosingFunction(access);
    if (root?.field !== field || !fields.has(key) || fn === 0) continue;
    if (targets.has(access.getStart(bound.syntax.sourceFile))) continue;
    const list = result.get(key);
    const read = { fn, span: evaluator.span(access) };
    if (list) list.push(read);
    else result.set(key, [read]);
  }
  return result;
}

interface DeclaredField {
  readonly name: TypeScript.Node;
  readonly initializer: TypeScript.Expression | undefined;
  readonly modifiers?: readonly TypeScript.ModifierLike[] | undefined;
}

/** A property declaration, or the first assignment in the constructor. */
function declaredField(node: ClassNode, field: string): DeclaredField | undefined {
  const api = ts();
  let inConstructor: DeclaredField | undefined;
  for (const member of node.members) {
    if (
      api.isPropertyDeclaration(member) &&
      (api.isIdentifier(member.name) || api.isPrivateIdentifier(member.name)) &&
      member.name.text === field
    ) {
      if (member.initializer)
        return { name: member.name, initializer: member.initializer, modifiers: member.modifiers };
      inConstructor ??= { name: member.name, initializer: undefined, modifiers: member.modifiers };
    }
    if (!api.isConstructorDeclaration(member) || !member.body) continue;
    for (const statement of member.body.statements) {
      if (!api.isExpressionStatement(statement) || !api.isBinaryExpression(statement.expression))
        continue;
      const { left, right, operatorToken } = statement.expression;
      if (
        operatorToken.kind !== api.SyntaxKind.EqualsToken ||
        !api.isPropertyAccessExpression(left)
      )
        continue;
      if (left.expression.kind !== api.SyntaxKind.ThisKeyword || left.name.text !== field) continue;
      return {
        name: inConstructor?.name ?? left,
        initializer: right,
        modifiers: inConstructor?.modifiers,
      };
    }
  }
  return inConstructor;
}
