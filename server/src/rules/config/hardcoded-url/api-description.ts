import type * as TypeScript from 'typescript';
import { ts } from '../../../languages/source/ts';

/**
 * Does a node stand in a description of an API for those who call it: an OpenAPI or Swagger document, written as an object?
 * The servers, contacts and documents it names are the published ones, whatever deploy serves the description.
 */
export function isInApiDescription(node: TypeScript.Node): boolean {
  const api = ts();
  for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent) {
    if (api.isFunctionLike(at) || api.isStatement(at)) return false;
    if (
      api.isObjectLiteralExpression(at) &&
      at.properties.some(
        ({ name }) => name !== undefined && /^['"]?(openapi|swagger)['"]?$/.test(name.getText()),
      )
    )
      return true;
  }
  return false;
}
