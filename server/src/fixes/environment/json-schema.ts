import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../engine/finding';
import { spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { addToList } from '../code/lists';
import { staticName } from '../code/nodes';
import { quoted, type SourceStyle } from '../code/style';

/**
 * Adds a property of a JSON schema to its list of required ones, which is added behind `properties` where there is none.
 * @returns undefined where the list is no literal
 */
export function addRequired(
  { text }: SourceSyntax,
  style: SourceStyle,
  schema: TypeScript.ObjectLiteralExpression,
  name: string,
): TextEdit[] | undefined {
  const api = ts();
  const item = quoted(name, style);
  const named = (wanted: string): TypeScript.PropertyAssignment | undefined =>
    schema.properties.find(
      (one): one is TypeScript.PropertyAssignment =>
        api.isPropertyAssignment(one) && staticName(one.name) === wanted,
    );
  const list = named('required')?.initializer;
  if (list) {
    if (!api.isArrayLiteralExpression(list)) return undefined;
    if (list.elements.some((one) => api.isStringLiteralLike(one) && one.text === name)) return [];
    const whole = { text, span: spanOf(list), items: list.elements.map(spanOf) };
    return addToList(whole, item, { ...style, padding: '' });
  }
  const properties = named('properties');
  if (!properties) return undefined;
  const whole = { text, span: spanOf(schema), items: schema.properties.map(spanOf) };
  const index = schema.properties.indexOf(properties);
  return addToList(whole, `required: [${item}]`, { ...style, padding: ' ' }, index);
}
