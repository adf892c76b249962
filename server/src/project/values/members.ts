import type { CallValue, Value } from '../../base/value';
import { propertyOf, withPath } from '../../base/values';
import type { ExportFact, SourceFacts } from '../facts/facts';

/** Is it an object that is known whole? What it does not show, it does not have. */
export function certainlyLacks(value: Value): boolean {
  if (value.kind === 'either') return value.options.every(certainlyLacks);
  return value.kind === 'literal' || (value.kind === 'object' && value.spreads.length === 0);
}

/** One of several values, where an assignment decides which; it stands where `at` does. */
export function assignedOneOf(options: readonly Value[], { span, path }: Value): Value {
  return {
    kind: 'either',
    operator: 'assigned',
    options,
    span,
    ...(path === undefined ? {} : { path }),
  };
}

/** A member that is not known, as such. */
export function memberOf(object: Value, name: string): Value {
  const { span, path } = object;
  return { kind: 'member', object, name, span, ...(path === undefined ? {} : { path }) };
}

/** `container.get(Service)`, `moduleRef.resolve(Service)`: the class that an injector is asked for. */
export function containedClass({ callee, args }: CallValue): Value | undefined {
  const name =
    callee.kind === 'member'
      ? callee.name
      : callee.kind === 'import'
        ? callee.members[callee.members.length - 1]
        : undefined;
  return name === 'get' || name === 'resolve' ? args[0] : undefined;
}

/** The export of a name that counts: of several, the last. */
export function lastExport(exports: readonly ExportFact[], name: string): ExportFact | undefined {
  for (let index = exports.length - 1; index >= 0; index--)
    if (exports[index]?.name === name) return exports[index];
  return undefined;
}

/** What `import * as` gets of a module; undefined where it exports nothing by name. */
export function namespaceOf(facts: SourceFacts, path: string): Value | undefined {
  const named = facts.exports.filter((fact) => fact.name !== '*' && fact.name !== 'default');
  if (named.length === 0) return undefined;
  return {
    kind: 'object',
    path,
    span: { start: 0, end: 0 },
    properties: named.map((fact) => ({
      key: fact.name,
      keySpan: fact.span,
      value: withPath(fact.value, path),
    })),
    spreads: facts.exports
      .filter((fact) => fact.name === '*')
      .map((fact) => withPath(fact.value, path)),
  };
}

/** A member of an object that is known in full and has none of that name. */
export function isAbsent(value: Value): boolean {
  if (value.kind !== 'member' || value.object.kind !== 'object' || value.name === undefined)
    return false;
  const { object, name } = value;
  return object.spreads.length === 0 && propertyOf(object, name) === undefined;
}
