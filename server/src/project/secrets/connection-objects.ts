import type { ObjectValue, Value } from '../../base/value';
import { propertyOf, stringOf } from '../../base/values';
import { SERVER_DRIVERS } from '../../vocabulary/drivers';
import type { ProjectModel } from '../model';
import { isTestSection } from '../services/environment-sections';

/**
 * The passwords in what a module exports for a tool to connect with (`{ dialect: 'mysql', username, password }` of sequelize,
 * `{ client: 'pg', connection: { password } }` of knex): no call of the project takes them. Sections for tests are left out.
 */
export function connectionPasswords(path: string, model: ProjectModel): readonly Value[] {
  const exported = model.facts.get(path)?.exports ?? [];
  return exported.flatMap(({ name, value }) =>
    isTestSection(name) || value.kind !== 'object' ? [] : passwordsIn(value, model, path, 0),
  );
}

function passwordsIn(
  object: ObjectValue,
  model: ProjectModel,
  path: string,
  depth: number,
): readonly Value[] {
  if (depth > 2) return [];
  const driver = ['dialect', 'client', 'type'].some((key) =>
    SERVER_DRIVERS.has(stringOf(propertyOf(object, key)) ?? ''),
  );
  if (driver) {
    const connection = propertyOf(object, 'connection');
    const holders = [object, ...(connection?.kind === 'object' ? [connection] : [])];
    return holders.flatMap((holder) => {
      const password = propertyOf(holder, 'password');
      return password ? [model.resolve(password, path)] : [];
    });
  }
  return object.properties.flatMap(({ key, value }) =>
    value.kind === 'object' && !isTestSection(key)
      ? passwordsIn(value, model, path, depth + 1)
      : [],
  );
}
