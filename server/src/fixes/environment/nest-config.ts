import type * as TypeScript from 'typescript';
import { fileEdit } from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import { ancestor } from '../../languages/source/nodes';
import { ts } from '../../languages/source/ts';
import { importBindings } from '../code/import-bindings';
import { staticName } from '../code/nodes';
import { quoted } from '../code/style';
import { resolveSite, type EnvironmentSite } from './environment';

/**
 * Reads the variable through Nest's `ConfigService` where the class around the literal has one injected.
 * @param need `default`: `get('NAME', 'literal')`; `required`: `getOrThrow('NAME')`
 * @returns undefined outside methods of such a class
 */
export function readFromConfigService(
  site: EnvironmentSite,
  need: 'default' | 'required',
): FileChange[] | undefined {
  const resolved = resolveSite(site);
  if (resolved?.access.prefix !== '' || resolved.valueType === 'boolean') return undefined;
  if (site.form !== undefined) return undefined;
  const { syntax, style, placement } = resolved;
  const service = importBindings(syntax).find(
    (one) => one.specifier === '@nestjs/config' && one.imported === 'ConfigService',
  );
  const receiver = service && injected(placement.node, service.local);
  if (receiver === undefined) return undefined;
  const name = quoted(site.name, style);
  const type = style.language === 'ts' ? '<string>' : '';
  const fallback =
    resolved.valueType === 'number' ? quoted(String(placement.value), style) : placement.original;
  const read =
    need === 'default'
      ? `${receiver}.get${type}(${name}, ${fallback})`
      : `${receiver}.getOrThrow${type}(${name})`;
  const text = resolved.valueType === 'number' ? `Number(${read})` : read + resolved.suffix;
  return [fileEdit(site.path, [placement.put(text, 'primary')])];
}

/** How the code at a node reaches the injected service: `this.config`, or the constructor's own parameter. */
function injected(node: TypeScript.Node, type: string): string | undefined {
  const api = ts();
  const member = ancestor(
    node,
    (one): one is TypeScript.MethodDeclaration | TypeScript.ConstructorDeclaration =>
      api.isMethodDeclaration(one) || api.isConstructorDeclaration(one),
  );
  const owner = member?.parent;
  if (!member || !owner || !api.isClassLike(owner)) return undefined;
  // A function of its own in between would have another `this`.
  const plain = ancestor(
    node,
    (one): one is TypeScript.FunctionDeclaration | TypeScript.FunctionExpression =>
      api.isFunctionDeclaration(one) || api.isFunctionExpression(one),
  );
  if (plain && plain.pos > member.pos) return undefined;
  if (member.modifiers?.some((one) => one.kind === api.SyntaxKind.StaticKeyword) === true)
    return undefined;
  const constructor = owner.members.find(api.isConstructorDeclaration);
  const parameter = constructor?.parameters.find(
    (one) => one.type && api.isTypeReferenceNode(one.type) && one.type.typeName.getText() === type,
  );
  const name = parameter && staticName(parameter.name);
  if (!parameter || name === undefined) return undefined;
  // Before `super()` there is no `this`.
  if (member === constructor) return name;
  return api.isParameterPropertyDeclaration(parameter, parameter.parent)
    ? `this.${name}`
    : undefined;
}
