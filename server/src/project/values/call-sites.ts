import { isInside } from '../../base/paths';
import type { CallValue, FunctionValue, Value } from '../../base/value';
import { rootOf } from '../../base/value-names';
import { canonicalName } from '../facts/canonical';
import type { CallFact, SourceFacts } from '../facts/facts';
import { folderLoads } from '../modules/folder-loads';
import type { CallSite, ValueResolver } from './resolve-value';

type ModulePath = (from: string, specifier: string) => string | undefined;

/** Looks up the calls of a project function by its module and id. */
export type CallSites = (path: string, functionId: number) => readonly CallSite[];

/**
 * Indexes the calls of the project's own functions, so that values can be followed from arguments to parameters. Built when the
 * first parameter is asked for.
 * @param facts of all modules
 * @param resolver makes what resolves callees to functions, without knowing parameters
 * @param modulePath the project module that a specifier leads to
 */
export function callSiteIndex(
  facts: ReadonlyMap<string, SourceFacts>,
  resolver: () => ValueResolver,
  modulePath: ModulePath,
): CallSites {
  let index: Map<string, CallSite[]> | undefined;
  return (path, functionId) => {
    index ??= build(facts, resolver(), modulePath);
    return index.get(`${path}#${functionId}`) ?? [];
  };
}

function build(
  facts: ReadonlyMap<string, SourceFacts>,
  resolver: ValueResolver,
  modulePath: ModulePath,
): Map<string, CallSite[]> {
  const index = new Map<string, CallSite[]>();
  const add = (target: FunctionValue, targetPath: string, site: CallSite): void => {
    const id = target.isClass ? constructorOf(facts.get(targetPath), target.id) : target.id;
    if (id === undefined) return;
    const key = `${targetPath}#${id}`;
    const list = index.get(key);
    if (list) list.push(site);
    else index.set(key, [site]);
  };
  for (const [path, own] of facts) {
    const isOwn = ownSpecifiers(path, modulePath);
    for (const call of own.calls) {
      if (call.args.length === 0) continue;
      for (const { target, args } of indirect(call, path, own, facts, resolver))
        add(target, target.path ?? path, { path, args });
      if (!mayBeOurs(call.callee, isOwn)) continue;
      const target = resolver.resolve(call.callee, path);
      if (target.kind !== 'function') continue;
      add(target, target.path ?? path, { path, args: call.args });
    }
  }
  return index;
}

/** Tells the specifiers of a module that lead into the project; most are asked about many times. */
function ownSpecifiers(from: string, modulePath: ModulePath): (specifier: string) => boolean {
  const known = new Map<string, boolean>();
  return (specifier) => {
    const before = known.get(specifier);
    if (before !== undefined) return before;
    const isOwn = modulePath(from, specifier) !== undefined;
    known.set(specifier, isOwn);
    return isOwn;
  };
}

/** What a chain of members and calls begins with decides: what a library returned, or a parameter has, is no function of ours. */
function mayBeOurs(callee: Value, isOwn: (specifier: string) => boolean): boolean {
  const root = rootOf(callee);
  switch (root.kind) {
    case 'import':
      return isOwn(root.specifier);
    case 'parameter':
    case 'global':
    case 'literal':
    case 'template':
    case 'env':
    case 'unknown':
      return false;
    default:
      return true;
  }
}

function constructorOf(facts: SourceFacts | undefined, classId: number): number | undefined {
  return facts?.functions.find((fact) => fact.classId === classId && fact.name === 'constructor')
    ?.id;
}

interface IndirectCall {
  readonly target: FunctionValue;
  readonly args: readonly Value[];
}

/**
 * Functions that a framework calls with what it was called on: `app.register(plugin, options)` calls `plugin(app, options)`, for
 * an autoloader every module of a folder; `require(file)(app)` in a loop calls what each module of a folder exports.
 */
function indirect(
  call: CallFact,
  path: string,
  own: SourceFacts,
  facts: ReadonlyMap<string, SourceFacts>,
  resolver: ValueResolver,
): readonly IndirectCall[] {
  const { callee, args } = call;
  const [first, ...rest] = args;
  if (callee.kind === 'member' && callee.name === 'register' && first) {
    const name = canonicalName(first);
    if (name !== undefined && /autoload$/.test(name))
      return loaded(path, own, facts, resolver).map((target) => ({
        target,
        args: [callee.object, ...rest],
      }));
    const target = pluginFunction(resolver.resolve(first, path));
    return target ? [{ target, args: [callee.object, ...rest] }] : [];
  }
  // `app.group('/v1', (app) => app.get(…))`
  const last = args[args.length - 1];
  if (callee.kind === 'member' && /^(group|guard)$/.test(callee.name ?? '') && last) {
    const target = resolver.resolve(last, path);
    return target.kind === 'function' ? [{ target, args: [callee.object] }] : [];
  }
  if (callee.kind === 'call' && callee.callee.kind === 'global' && callee.callee.name === 'require')
    return loaded(path, own, facts, resolver).map((target) => ({ target, args }));
  return [];
}

/** What the modules of the folders that a file loads export as a function. */
function loaded(
  path: string,
  own: SourceFacts,
  facts: ReadonlyMap<string, SourceFacts>,
  resolver: ValueResolver,
): readonly FunctionValue[] {
  const folders = folderLoads(own);
  if (folders.length === 0) return [];
  return [...facts].flatMap(([module, { exports }]) => {
    if (module === path || !folders.some((folder) => isInside(module, folder))) return [];
    const exported = exports.find(({ name }) => name === 'default');
    const target = exported && pluginFunction(resolver.resolve(exported.value, module));
    return target ? [{ ...target, path: target.path ?? module }] : [];
  });
}

/** `fp(async (fastify) => …)`: a plugin may be wrapped by a helper of a package. */
function pluginFunction(value: Value): FunctionValue | undefined {
  if (value.kind === 'function') return value;
  const wrapped = value.kind === 'call' ? wrappedBy(value) : undefined;
  return wrapped?.kind === 'function' ? wrapped : undefined;
}

function wrappedBy({ callee, args, isNew }: CallValue): Value | undefined {
  return !isNew && canonicalName(callee) !== undefined ? args[0] : undefined;
}
