import { canonicalName } from './canonical';
import type { ProjectModel } from './model';

/** Decorators of classes of which a container makes one instance for the whole process. */
const SHARED =
  /^(@nestjs\/common\.(Injectable|Controller|Module|Catch)|@nestjs\/graphql\.Resolver|@nestjs\/websockets\.WebSocketGateway|typedi\.Service|tsyringe\.singleton|routing-controllers\.(JsonController|Controller)|type-graphql\.Resolver|@tsed\/(di\.Service|di\.Injectable|common\.Service))$/;

/**
 * Is there one instance of a class in the process, which all requests share: a container makes it, or a module does when it is
 * loaded? Not when functions make others.
 */
export function isSingleton(model: ProjectModel, path: string, classId: number): boolean {
  const fact = model.facts.get(path)?.classes[classId];
  if (!fact) return false;
  for (const { callee, args } of fact.decorators) {
    const name = canonicalName(model.resolve(callee, path));
    if (name !== undefined && SHARED.test(name)) return !isPerRequest(args);
  }
  const places = instances(model).get(`${path}#${classId}`) ?? [];
  return places.length > 0 && places.every((place) => place === 'load');
}

/** `{ scope: Scope.REQUEST }`, `{ transient: true }`. */
function isPerRequest(args: readonly unknown[]): boolean {
  return /"name":"(REQUEST|TRANSIENT)"|"members":\["Scope","(REQUEST|TRANSIENT)"\]|"key":"transient"/.test(
    JSON.stringify(args),
  );
}

type Place = 'load' | 'function';
const indexes = new WeakMap<ProjectModel['modules'], ReadonlyMap<string, readonly Place[]>>();

/** Where the classes of the project are made, by class. One index per full model; models of a keystroke use it too. */
function instances(model: ProjectModel): ReadonlyMap<string, readonly Place[]> {
  const known = indexes.get(model.modules);
  if (known) return known;
  const index = new Map<string, Place[]>();
  for (const [path, { calls }] of model.facts) {
    if (model.modules.get(path)?.roles.has('test')) continue;
    for (const { callee, isNew, fn, context, boundTo = '' } of calls) {
      if (!isNew || callee.kind === 'global') continue;
      const made = model.resolve(callee, path);
      if (made.kind !== 'function' || !made.isClass) continue;
      const key = `${made.path ?? path}#${made.id}`;
      // `if (!instance) instance = new Service()`: whoever comes first makes the only one.
      const isOnly = context.includes('condition') && /instance|singleton/i.test(boundTo);
      const isRequest = fn !== 0 && !isOnly && model.requestReach.way(path, fn) !== undefined;
      const list = index.get(key) ?? [];
      index.set(key, [...list, isRequest ? 'function' : 'load']);
    }
  }
  indexes.set(model.modules, index);
  return index;
}
