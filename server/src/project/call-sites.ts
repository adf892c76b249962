import type { SourceFacts } from './facts';
import type { CallSite, ValueResolver } from './resolve-value';

/** Looks up the calls of a project function by its module and id. */
export type CallSites = (path: string, functionId: number) => readonly CallSite[];

/**
 * Indexes the calls of the project's own functions, so that values can be followed from arguments to parameters. Built when the
 * first parameter is asked for.
 * @param facts of all modules
 * @param resolver resolves callees to functions
 */
export function callSiteIndex(facts: ReadonlyMap<string, SourceFacts>, resolver: () => ValueResolver): CallSites {
  let index: Map<string, CallSite[]> | undefined;
  let building = false;
  return (path, functionId) => {
    // Callees are resolved while the index is built; a parameter met on the way is not known yet.
    if (building) return [];
    if (!index) {
      building = true;
      index = build(facts, resolver());
      building = false;
    }
    return index.get(`${path}#${functionId}`) ?? [];
  };
}

function build(facts: ReadonlyMap<string, SourceFacts>, resolver: ValueResolver): Map<string, CallSite[]> {
  const index = new Map<string, CallSite[]>();
  for (const [path, own] of facts) {
    for (const call of own.calls) {
      if (call.args.length === 0) continue;
      const { callee } = call;
      const isLocal = callee.kind === 'function' || (callee.kind === 'member' && callee.object.kind === 'function');
      const mayBeOurs = isLocal || (callee.kind === 'import' && /^[.~@#/]/.test(callee.specifier)) || callee.kind === 'call' || (callee.kind === 'member' && callee.object.kind !== 'parameter' && callee.object.kind !== 'global');
      if (!mayBeOurs) continue;
      const target = resolver.resolve(callee, path);
      if (target.kind !== 'function') continue;
      const targetPath = target.path ?? path;
      const id = target.isClass ? constructorOf(facts.get(targetPath), target.id) : target.id;
      if (id === undefined) continue;
      const key = `${targetPath}#${id}`;
      const list = index.get(key);
      const site: CallSite = { path, args: call.args };
      if (list) list.push(site);
      else index.set(key, [site]);
    }
  }
  return index;
}

function constructorOf(facts: SourceFacts | undefined, classId: number): number | undefined {
  return facts?.functions.find((fact) => fact.classId === classId && fact.name === 'constructor')?.id;
}
