import type { CallValue, Value } from '../../base/value';
import { withPath } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { SourceFacts } from '../facts/facts';

/** Looks up what containers hand out under a name. */
export type Contained = (name: string) => Value | undefined;

/** Packages of containers that know what they hold by names. */
const CONTAINERS = /^(?:new )?<?(awilix|tsyringe|typedi|inversify|bottlejs)\b/;

/** May a value be such a container: made by one of those packages, or a parameter called as containers are? */
export function isContainer(value: Value): boolean {
  return value.kind === 'parameter'
    ? /container|injector|scope/i.test(value.name)
    : CONTAINERS.test(canonicalName(value) ?? '');
}

/**
 * Indexes what is put into dependency containers under a name: `container.register({ app: asFunction(makeApp) })`,
 * `Container.set('app', app)`, `container.bind('app').to(App)`. A name that is given twice is known to nobody. Built when the first
 * name is asked for.
 * @param facts of all modules
 */
export function containedValues(facts: ReadonlyMap<string, SourceFacts>): Contained {
  let index: Map<string, Value | undefined> | undefined;
  return (name) => {
    index ??= build(facts);
    return index.get(name);
  };
}

function build(facts: ReadonlyMap<string, SourceFacts>): Map<string, Value | undefined> {
  const index = new Map<string, Value | undefined>();
  const add = (name: string, made: Value | undefined, path: string): void => {
    if (made) index.set(name, index.has(name) ? undefined : withPath(made, path));
  };
  for (const [path, own] of facts) {
    if (!own.imports.some(({ specifier }) => CONTAINERS.test(specifier))) continue;
    for (const { callee, args } of own.calls) {
      if (callee.kind !== 'member' || callee.name === undefined) continue;
      const [first, second] = args;
      if (/^(register|registerInstance|registerSingleton|set)$/.test(callee.name)) {
        if (first?.kind === 'object')
          for (const { key, value } of first.properties) add(key, madeBy(value), path);
        const name = textOf(first);
        if (name !== undefined) add(name, second && madeBy(second), path);
      } else if (/^to(Self|ConstantValue|DynamicValue)?$/.test(callee.name)) {
        const name = callee.object.kind === 'call' ? textOf(callee.object.args[0]) : undefined;
        if (name !== undefined) add(name, first && madeBy(first), path);
      }
    }
  }
  return index;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** What comes out of a container for what was put into it: `asFunction(makeApp).singleton()`, `{ useFactory: makeApp }`, an instance. */
function madeBy(given: Value): Value | undefined {
  if (given.kind === 'call') {
    const { callee } = given;
    if (callee.kind === 'member' && callee.object.kind === 'call') return madeBy(callee.object);
    const how = canonicalName(callee);
    if (how === undefined || !how.startsWith('awilix.')) return given;
    const [inner] = given.args;
    return inner && (how === 'awilix.asValue' ? inner : called(inner));
  }
  if (given.kind === 'object') {
    for (const { key, value } of given.properties) {
      if (key === 'useValue') return value;
      if (key === 'useFactory' || key === 'useClass') return called(value);
    }
  }
  return given.kind === 'function' ? called(given) : given;
}

/** What a factory returns, or an instance of a class. */
function called(callee: Value): CallValue {
  const isNew = callee.kind === 'function' && callee.isClass;
  const { span, path } = callee;
  return {
    kind: 'call',
    callee,
    args: [],
    isNew,
    span,
    ...(path === undefined ? {} : { path }),
  };
}
