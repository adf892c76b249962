import type * as TypeScript from 'typescript';
import { ts } from '../../../languages/source/ts';

/** What tells one record of a table from the next. */
const IDENTITY = /^['"]?(id|timestamp|createdAt|created_at)['"]?$/;
const FIELD = /^['"]?(url|uri|href|link|website)['"]?$/;

/**
 * Is a node a field of a record that is written down as data: `{ id: 1, name: 'Shop', url: 'https://…' }`, as first rows of a
 * table and samples for a page are? What such a record names is its subject; nobody calls it.
 */
export function isFieldOfRecord(node: TypeScript.Node): boolean {
  const api = ts();
  const field = node.parent;
  if (!api.isPropertyAssignment(field) || !FIELD.test(field.name.getText())) return false;
  return field.parent.properties.some(
    (one) =>
      api.isPropertyAssignment(one) &&
      IDENTITY.test(one.name.getText()) &&
      api.isNumericLiteral(one.initializer),
  );
}
