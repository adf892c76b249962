import type * as TypeScript from 'typescript';
import type { Value } from '../../../base/value';
import { someValue } from '../../../base/value-visitor';
import { unlessTooDeep } from '../../../languages/nesting';
import { bindSource, type BoundSource } from '../../../languages/source/bind';
import { Evaluator } from '../../../languages/source/evaluate';
import { parseSource } from '../../../languages/source/parse';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../model';
import { codePlaces } from './code-places';
import type { Place } from './place';

/** A member of what a schema yields, called as the schema calls the variable: `env.PORT`. */
export interface SchemaUse extends Place {
  /** Does the object lead back to the schema? Else it only looks like it. */
  readonly certainty: 'certain' | 'likely';
}

/**
 * Where code takes a variable from what a schema made of the environment: `env.PORT`, `const { PORT } = env`, and the keys that hand
 * single variables to a schema (`runtimeEnv: { PORT: process.env.PORT }`).
 * @param schemas the places where schemas declare the variable, as keys
 */
export function schemaUses(
  name: string,
  schemas: readonly Place[],
  model: ProjectModel,
): readonly SchemaUse[] {
  const keys = schemas.filter(({ isProperty }) => isProperty === true);
  if (keys.length === 0) return [];
  return model.files.paths.flatMap((path) => usesOf(name, keys, path, model));
}

/**
 * The variable that an offset stands in or beside, where code takes it from what a schema made of the environment. TypeScript knows it as
 * it knows the schema's key, so that the place counts as one of the schema's; undefined for what only looks like it.
 * @param model in which the file has the text that the offset is in
 */
export function schemaUseAt(path: string, offset: number, model: ProjectModel): Place | undefined {
  const text = model.files.text(path) ?? '';
  const [before = ''] = /\w{0,200}$/.exec(text.slice(Math.max(0, offset - 200), offset)) ?? [];
  const [behind = ''] = /^\w*/.exec(text.slice(offset, offset + 200)) ?? [];
  const name = before + behind;
  const reads = model.environment.get(name)?.reads ?? [];
  const places = new Set(reads.flatMap((read) => (read.fact.via === 'schema' ? read.path : [])));
  const keys = [...places].flatMap((from) =>
    codePlaces(from, model).filter(
      (place) => place.name === name && place.kind === 'schema' && place.isProperty === true,
    ),
  );
  if (keys.length === 0) return undefined;
  const use = usesOf(name, keys, path, model).find(
    ({ span, certainty }) => certainty === 'certain' && span.start <= offset && offset <= span.end,
  );
  return use && { ...use, kind: 'schema' };
}

function usesOf(
  name: string,
  keys: readonly Place[],
  path: string,
  model: ProjectModel,
): readonly SchemaUse[] {
  const text = model.files.kind(path) === 'source' ? model.files.text(path) : undefined;
  if (!text?.includes(name) || !model.facts.has(path)) return [];
  const known = new Set(codePlaces(path, model).map(({ span }) => span.start));
  const uses = unlessTooDeep(() => usesIn(path, text, name, keys, model), []);
  return uses.filter(({ span }) => !known.has(span.start));
}

function usesIn(
  path: string,
  text: string,
  name: string,
  keys: readonly Place[],
  model: ProjectModel,
): readonly SchemaUse[] {
  const { SyntaxKind } = ts();
  const kinds = [
    SyntaxKind.PropertyAccessExpression,
    SyntaxKind.BindingElement,
    SyntaxKind.PropertyAssignment,
    SyntaxKind.ShorthandPropertyAssignment,
  ];
  const bound = bindSource(parseSource(path, text), new Set(kinds));
  const evaluator = new Evaluator(bound);
  const leadsToSchema = (node: TypeScript.Expression): boolean => {
    const value = model.resolve(evaluator.evaluate(node), path);
    return keys.some((key) => holdsKey(value, key, path));
  };
  return kinds
    .flatMap((kind) => bound.nodes.get(kind) ?? [])
    .flatMap((node) => useAt(node, name, path, bound, leadsToSchema));
}

/** Is the object of keys among what a value is made of? */
function holdsKey(value: Value, key: Place, from: string): boolean {
  return someValue(
    value,
    (part) =>
      part.kind === 'object' &&
      (part.path ?? from) === key.path &&
      part.properties.some(
        ({ keySpan }) => keySpan.start <= key.span.start && key.span.end <= keySpan.end,
      ),
  );
}

function useAt(
  node: TypeScript.Node,
  name: string,
  path: string,
  { syntax }: BoundSource,
  leadsToSchema: (node: TypeScript.Expression) => boolean,
): readonly SchemaUse[] {
  const api = ts();
  const use = (
    at: TypeScript.Node,
    form: Place['form'],
    certainty: SchemaUse['certainty'],
  ): readonly SchemaUse[] => {
    const start = at.getStart(syntax.sourceFile) + (api.isStringLiteral(at) ? 1 : 0);
    const span = { start, end: start + name.length };
    return [{ name, path, span, kind: 'read', form, isProperty: true, certainty }];
  };
  if (api.isPropertyAccessExpression(node)) {
    if (node.name.text !== name) return [];
    return use(node.name, 'name', leadsToSchema(node.expression) ? 'certain' : 'likely');
  }
  if (api.isBindingElement(node)) {
    const key = node.propertyName ?? node.name;
    if (!api.isIdentifier(key) || key.text !== name || !api.isObjectBindingPattern(node.parent))
      return [];
    const owner = node.parent.parent;
    const from = api.isVariableDeclaration(owner) ? owner.initializer : undefined;
    const form = node.propertyName ? 'name' : 'binding';
    return use(key, form, from && leadsToSchema(from) ? 'certain' : 'likely');
  }
  const key = givenKey(node, name, leadsToSchema);
  return key ? use(key, api.isPropertyAssignment(node) ? 'name' : 'binding', 'certain') : [];
}

/** The key of `runtimeEnv: { NAME: process.env.NAME }` in a call of the schema's. */
function givenKey(
  node: TypeScript.Node,
  name: string,
  leadsToSchema: (node: TypeScript.Expression) => boolean,
): TypeScript.Node | undefined {
  const api = ts();
  if (!api.isPropertyAssignment(node) && !api.isShorthandPropertyAssignment(node)) return undefined;
  const { name: key, parent } = node;
  if (!(api.isIdentifier(key) || api.isStringLiteral(key)) || key.text !== name) return undefined;
  const given = parent.parent;
  const isGiven =
    api.isPropertyAssignment(given) &&
    api.isIdentifier(given.name) &&
    /^(experimental__)?runtimeEnv(Strict)?$/.test(given.name.text) &&
    api.isCallExpression(given.parent.parent) &&
    leadsToSchema(given.parent.parent);
  return isGiven ? key : undefined;
}
