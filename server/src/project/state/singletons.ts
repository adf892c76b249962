import { query } from '../query';
import { contains, type Span } from '../../base/span';
import { canonicalName } from '../facts/canonical';
import type { CallFact, WriteFact } from '../facts/facts';
import type { ProjectModel } from '../model';

/** Decorators of classes of which a container makes one instance for the whole process. */
const SHARED =
  /^(@nestjs\/common\.(Injectable|Controller|Module|Catch)|@nestjs\/graphql\.Resolver|@nestjs\/websockets\.WebSocketGateway|typedi\.Service|tsyringe\.singleton|routing-controllers\.(JsonController|Controller)|type-graphql\.Resolver|@tsed\/(di\.Service|di\.Injectable|common\.Service))$/;

/**
 * Is there one instance of a class in the process, which all requests share: a container makes it, or a module does when it is
 * loaded? Not when functions make others.
 */
export function isSingleton(model: ProjectModel, path: string, classId: number): boolean {
  return isMadeOnce(model, path, classId, 0);
}

function isMadeOnce(model: ProjectModel, path: string, classId: number, depth: number): boolean {
  const fact = model.facts.get(path)?.classes[classId];
  if (!fact) return false;
  for (const { callee, args } of fact.decorators) {
    const name = canonicalName(model.resolve(callee, path));
    if (name !== undefined && SHARED.test(name)) return !isPerRequest(args);
  }
  const places = instances(model).get(`${path}#${classId}`) ?? [];
  return (
    places.length > 0 &&
    places.every((place) => {
      if (typeof place === 'string') return place === 'load';
      return depth < 4 && isMadeOnce(model, place.path, place.classId, depth + 1);
    })
  );
}

/** `if (!instance) instance = new Service()`: whoever comes first makes the only one. */
function isNamedOnly(context: CallFact['context'], boundTo: string): boolean {
  return context.includes('condition') && /instance|singleton/i.test(boundTo);
}

/** `rooms ??= new Rooms()` of a variable of the module, which every later request finds. */
function keepsInModule(
  { classId, declaration, guarded, how, depth = 0, span }: WriteFact,
  made: Span,
): boolean {
  return (
    classId === undefined &&
    declaration !== undefined &&
    how === 'assign' &&
    guarded === true &&
    depth === 0 &&
    contains(span, made)
  );
}

/** `{ scope: Scope.REQUEST }`, `{ transient: true }`. */
function isPerRequest(args: readonly unknown[]): boolean {
  return /"name":"(REQUEST|TRANSIENT)"|"members":\["Scope","(REQUEST|TRANSIENT)"\]|"key":"transient"/.test(
    JSON.stringify(args),
  );
}

/** The last one: a field of every instance of another class. */
type Place = 'load' | 'function' | { readonly path: string; readonly classId: number };

/** Where the classes of the project are made, by class. One index per full model; models of a keystroke use it too. */
const instances = query('modules', (model): ReadonlyMap<string, readonly Place[]> => {
  const index = new Map<string, Place[]>();
  for (const [path, { calls, classes, writes }] of model.facts) {
    if (model.modules.get(path)?.roles.has('test')) continue;
    for (const { callee, isNew, fn, context, span, boundTo = '' } of calls) {
      if (!isNew || callee.kind === 'global') continue;
      const made = model.resolve(callee, path);
      if (made.kind !== 'function' || !made.isClass) continue;
      const key = `${made.path ?? path}#${made.id}`;
      const isOnly =
        isNamedOnly(context, boundTo) || writes.some((write) => keepsInModule(write, span));
      const isRequest = fn !== 0 && !isOnly && model.requestReach.way(path, fn) !== undefined;
      const holder = classes.find(
        (one) =>
          // What stands before the class is only mentioned in it.
          one.span.start < span.start &&
          one.members.some(
            ({ value, isStatic }) =>
              !isStatic && value.kind !== 'function' && contains(value.span, span),
          ),
      );
      // `if (!this.client) this.client = new Client()`: there is one for each holder of the field.
      const field = writes.find(
        ({ classId, guarded, depth = 0, span: written }) =>
          classId !== undefined && guarded === true && depth === 0 && contains(written, span),
      );
      const holderId = holder?.id ?? field?.classId;
      const place =
        holderId !== undefined ? { path, classId: holderId } : isRequest ? 'function' : 'load';
      index.set(key, [...(index.get(key) ?? []), place]);
    }
  }
  return index;
});
