import { query } from '../query';
import { folderOf } from '../../base/paths';
import type { MemberValue, Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import type { FunctionFact } from '../facts/facts';
import type { ProjectModel } from '../model';
import { computedRequire } from '../modules/folder-loads';
import { functionsOf, isModelModule } from './request-handlers';

/** A function of the project: its module, and its id in the module's facts. */
export interface FunctionPlace {
  readonly path: string;
  readonly fn: number;
}

/** The functions of the project that a value stands for where it is handed over: see {@link functionsOf}. */
export function functionPlaces(
  value: Value,
  path: string,
  model: ProjectModel,
): readonly FunctionPlace[] {
  const found: FunctionPlace[] = [];
  functionsOf(value, path, model, (target, at) =>
    found.push({ path: target.path ?? at, fn: target.id }),
  );
  return found;
}

/**
 * The functions of the project that a callee may stand for: what it resolves to, the constructor of a class, and where the object
 * is not known, what its name says.
 * @param callee as the facts of the calling function have it
 * @param path of the module that calls
 */
export function calledFunctions(
  callee: Value,
  path: string,
  model: ProjectModel,
): readonly FunctionPlace[] {
  const resolved = model.resolve(callee, path);
  const from = resolved.path ?? path;
  if (resolved.kind === 'function' && resolved.isClass) {
    const constructor = model.facts
      .get(from)
      ?.functions.find((fact) => fact.classId === resolved.id && fact.name === 'constructor');
    return constructor ? [{ path: from, fn: constructor.id }] : [];
  }
  if (resolved.kind === 'function' || resolved.kind === 'either' || resolved.kind === 'call') {
    const places = functionPlaces(resolved, path, model);
    return [...places, ...places.flatMap((place) => overriding(place, model))];
  }
  if (resolved.kind !== 'member') return [];
  // `handlers[event.type](event)`: any of the table may be meant.
  if (resolved.name === undefined) return entriesOf(resolved.object, path, model);
  const chosen = chosenModules(resolved.object, path, model);
  if (chosen.length > 0)
    return chosen.flatMap((module) => exportedFunctions(module, resolved.name, model));
  const implementing = implementedMethods(resolved, path, model);
  return implementing.length > 0 ? implementing : nameIndex(model).find(resolved);
}

/**
 * The methods that stand behind one of an interface of the project: `driver.save()`, where a container hands over some class that
 * implements what `driver` is declared as.
 */
function implementedMethods(
  { object, name, path: at }: MemberValue,
  path: string,
  model: ProjectModel,
): readonly FunctionPlace[] {
  if (object.kind !== 'typed' || object.type.kind !== 'import') return [];
  const from = object.path ?? at ?? path;
  const { specifier } = object.type;
  const type = lastName(object.type);
  if (type === undefined || model.resolveImport(from, specifier).path === undefined) return [];
  const owner = model.packageOf(from);
  return (implementations(model).get(type) ?? []).flatMap(({ path: place, classId }) => {
    if (model.packageOf(place) !== owner) return [];
    const own = model.facts
      .get(place)
      ?.functions.find((fact) => fact.classId === classId && fact.name === name);
    return own ? [{ path: place, fn: own.id }] : [];
  });
}

/** The classes that implement each interface, by its name. */
const implementations = query('modules', (model): ReadonlyMap<string, readonly ClassPlace[]> => {
  const index = new Map<string, ClassPlace[]>();
  for (const [path, { classes }] of model.facts) {
    if (!mayServe(model, path)) continue;
    for (const { id, implements: interfaces = [] } of classes)
      for (const name of interfaces)
        index.set(name, [...(index.get(name) ?? []), { path, classId: id }]);
  }
  return index;
});

/** The methods by which subclasses replace a method: `this.run()` of an abstract job runs what each job does. */
function overriding({ path, fn }: FunctionPlace, model: ProjectModel): readonly FunctionPlace[] {
  const fact = model.facts.get(path)?.functions[fn];
  if (fact?.classId === undefined || fact.name === undefined || fact.name === 'constructor')
    return [];
  return (subclasses(model).get(`${path}#${fact.classId}`) ?? []).flatMap((place) => {
    const own = model.facts
      .get(place.path)
      ?.functions.find(({ classId, name }) => classId === place.classId && name === fact.name);
    return own ? [{ path: place.path, fn: own.id }] : [];
  });
}

interface ClassPlace {
  readonly path: string;
  readonly classId: number;
}

/** The classes that extend each class of the project directly. */
const subclasses = query('modules', (model): ReadonlyMap<string, readonly ClassPlace[]> => {
  const index = new Map<string, ClassPlace[]>();
  for (const [path, { classes }] of model.facts) {
    if (!mayServe(model, path)) continue;
    for (const { id, extends: base } of classes) {
      const resolved = base && model.resolve(base, path);
      if (resolved?.kind !== 'function' || !resolved.isClass) continue;
      const key = `${resolved.path ?? path}#${resolved.id}`;
      index.set(key, [...(index.get(key) ?? []), { path, classId: id }]);
    }
  }
  return index;
});

/** The functions in a table that an object literal is. */
function entriesOf(table: Value, path: string, model: ProjectModel): readonly FunctionPlace[] {
  const resolved = model.resolve(table, path);
  return resolved.kind === 'object' || resolved.kind === 'array'
    ? functionPlaces(resolved, table.path ?? path, model)
    : [];
}

/**
 * The modules that may be meant by what a variable chooses: `require('./' + config.provider)`, `services[name]()` of a table of
 * `() => import('./worker')`.
 */
function chosenModules(object: Value, path: string, model: ProjectModel): readonly string[] {
  if (object.kind !== 'call') return [];
  const { callee } = object;
  const from = object.path ?? path;
  const entries =
    callee.kind === 'member' && callee.name === undefined
      ? entriesOf(callee.object, from, model)
      : callee.kind === 'either'
        ? functionPlaces(callee, from, model)
        : [];
  if (entries.length > 0)
    return entries.flatMap((entry) => {
      const returned = model.facts.get(entry.path)?.functions[entry.fn]?.returns;
      return returned?.kind === 'import' && returned.members.length === 0
        ? (model.resolveImport(entry.path, returned.specifier).path ?? [])
        : [];
    });
  if (callee.kind !== 'global' || (callee.name !== 'require' && callee.name !== 'import'))
    return [];
  const folder = computedRequire(object.args[0], from);
  if (folder === undefined) return [];
  return [...model.facts.keys()].filter(
    (module) => module !== from && folderOf(module) === folder && mayServe(model, module),
  );
}

function exportedFunctions(
  path: string,
  name: string | undefined,
  model: ProjectModel,
): readonly FunctionPlace[] {
  const exports = model.facts.get(path)?.exports ?? [];
  return exports.flatMap((exported) =>
    exported.name === name ? functionPlaces(exported.value, path, model) : [],
  );
}

/** Tests, build tooling and browser code register handlers too; no request of the app reaches them. */
export function mayServe(model: ProjectModel, path: string): boolean {
  const roles = model.modules.get(path)?.roles;
  return roles !== undefined && !roles.has('test') && !roles.has('build') && !roles.has('browser');
}

/** One index per full model; models derived from it for a keystroke use it too. */
const nameIndex = query('modules', (model): NameIndex => {
  const index = new NameIndex(model);
  return index;
});

/**
 * Functions by the name of the member they are called through, where the object itself is not known: what a server was
 * decorated with (`fastify.decorate('files', …)`), and methods whose telling name occurs once in the project.
 */
class NameIndex {
  private readonly decorations = new Map<
    string,
    { readonly value: Value; readonly path: string }
  >();
  private readonly byName = new Map<string, { readonly path: string; readonly fn: number }[]>();

  constructor(private readonly model: ProjectModel) {
    for (const [path, facts] of model.facts) {
      if (!mayServe(model, path)) continue;
      for (const { callee, args } of facts.calls) {
        const [name, value] = args;
        if (
          callee.kind !== 'member' ||
          !callee.name?.startsWith('decorate') ||
          name?.kind !== 'literal' ||
          !value
        )
          continue;
        this.decorations.set(String(name.value), { value, path });
      }
      for (const fact of facts.functions) {
        if (fact.name === undefined || !isTellingName(fact.name)) continue;
        if (!isMethodLike(fact) && !isModelModule(facts)) continue;
        const list = this.byName.get(fact.name);
        if (list) list.push({ path, fn: fact.id });
        else this.byName.set(fact.name, [{ path, fn: fact.id }]);
      }
    }
  }

  find(callee: Value): readonly { readonly path: string; readonly fn: number }[] {
    if (callee.kind !== 'member' || callee.name === undefined) return [];
    const decorated = this.decorated(callee);
    if (decorated) return decorated;
    const found = this.byName.get(callee.name);
    return found?.length === 1 && isNameless(callee.object) ? found : [];
  }

  /** `fastify.files.upload(…)`, `request.server.files.upload(…)`. */
  private decorated(callee: Value): readonly FunctionPlace[] | undefined {
    const names: string[] = [];
    for (let at = callee; at.kind === 'member' && at.name !== undefined; at = at.object) {
      const decoration = this.decorations.get(at.name);
      if (decoration) {
        const value = names.reduce<Value>(
          (object, name) => ({ kind: 'member', object, name, span: object.span }),
          this.model.resolve(decoration.value, decoration.path),
        );
        return functionPlaces(value, decoration.path, this.model);
      }
      names.unshift(at.name);
    }
    return undefined;
  }
}

/** Names of several words: libraries seldom have the same. */
function isTellingName(name: string): boolean {
  return (
    name.length >= 8 &&
    /[a-z][A-Z]/.test(name) &&
    !/^(findOne|findById|findAll|findMany|toString|toJSON|createServer|forEach|readFile|writeFile|sendFile|setHeader|getHeader|addEventListener|deleteOne|updateOne|insertOne)$/.test(
      name,
    )
  );
}

/** Methods of classes, and functions of a module's own: what is called through an object. Models are also made inside of functions. */
function isMethodLike(fact: FunctionFact): boolean {
  return fact.classId !== undefined || fact.parent === 0;
}

/** Nothing is known of the object: a parameter, what a query returned, a model that is put into `db` in a loop over files. */
function isNameless(value: Value): boolean {
  if (value.kind === 'parameter' || value.kind === 'unknown') return true;
  if (value.kind === 'member')
    return isNameless(value.object) || (value.object.kind === 'object' && isModelName(value.name));
  if (value.kind === 'call') return !value.isNew;
  return value.kind === 'typed';
}

function isModelName(name: string | undefined): boolean {
  return name !== undefined && /^[A-Z][a-z]/.test(name);
}
