import { queryEach } from '../query';
import type { Value } from '../../base/value';
import { canonicalName } from '../facts/canonical';
import type { SourceFacts } from '../facts/facts';
import { isTestPath } from '../files/paths';
import type { EntryPoint, ProjectModel } from '../model';
import { frameworkFiles } from '../modules/framework-files';
import { calledFunctions, type FunctionPlace } from '../requests/called-functions';
import { functionsOf } from '../requests/request-handlers';

/** What runs in the process that an entry point starts. */
export interface ProcessReach {
  /** Modules that are loaded, in a stable order. */
  readonly modules: readonly string[];
  /**
   * Does a function run there: at load, called from what runs, or by the framework? A function that is only called by other
   * processes does not, although its module is loaded.
   */
  runs(path: string, fn: number): boolean;
  /** Does it run without being asked by a request? */
  starts(path: string, fn: number): boolean;
}

/** Follows an entry point through imports and calls, function by function. */
export const processReach = queryEach(
  'model',
  (entry: EntryPoint, model): ProcessReach => new Search(entry, model).result(),
  ({ path }) => path,
);

/** What frameworks call on the classes they make. */
const LIFECYCLE =
  /^(constructor|onModuleInit|onApplicationBootstrap|afterInit|configure|onInit|onReady|\$onInit|\$onReady|\$afterListen)$/;

class Search {
  private readonly loaded = new Set<string>();
  private readonly visited = new Set<string>();
  private readonly queue: FunctionPlace[] = [];
  /** Modules that some import names, at load or later. */
  private readonly named = new Set<string>();
  private names: Set<string> | undefined;

  constructor(
    private readonly entry: EntryPoint,
    private readonly model: ProjectModel,
  ) {}

  result(): ProcessReach {
    this.load(this.entry.path);
    for (const exported of startedExports(this.entry, this.model)) this.reachValue(exported);
    this.run();
    // What no import names was loaded with its folder, and whoever loads a folder calls what its modules export.
    for (const path of [...this.model.reachable(this.entry)].sort()) {
      if (this.loaded.has(path) || this.isNamed(path)) continue;
      this.load(path);
      for (const { value } of this.model.facts.get(path)?.exports ?? [])
        this.reachValue(value, path);
    }
    this.run();
    return {
      modules: [...this.loaded].filter((path) => !isTestPath(path)).sort(),
      runs: (path, fn) =>
        this.starts(path, fn) ||
        (this.loaded.has(path) && this.model.requestReach.way(path, fn) !== undefined),
      starts: (path, fn) => this.starts(path, fn),
    };
  }

  private starts(path: string, fn: number): boolean {
    if (!this.loaded.has(path)) return false;
    if (fn === 0 || this.visited.has(`${path}#${fn}`)) return true;
    const fact = this.model.facts.get(path)?.functions[fn];
    if (!fact) return false;
    if (this.model.requestReach.isHandler(path, fn)) return false;
    // A closure that is returned or kept runs sooner or later.
    if (fact.name === undefined) return this.starts(path, fact.parent);
    return this.calledByName().has(fact.name);
  }

  /** Methods called on something unknown: a container's service, an untyped parameter. */
  private calledByName(): ReadonlySet<string> {
    if (this.names) return this.names;
    const names = new Set<string>();
    for (const path of this.loaded) {
      for (const { callee, fn } of this.model.facts.get(path)?.calls ?? []) {
        if (callee.kind !== 'member' || callee.name === undefined) continue;
        if (fn !== 0 && !this.visited.has(`${path}#${fn}`)) continue;
        const resolved = this.model.resolve(callee, path);
        if (resolved.kind === 'member' && canonicalName(resolved.object) === undefined)
          names.add(callee.name);
      }
    }
    return (this.names = names);
  }

  private load(path: string): void {
    const facts = this.model.facts.get(path);
    if (!facts || this.loaded.has(path)) return;
    this.loaded.add(path);
    this.reach(path, 0);
    for (const { id, decorators } of facts.classes) {
      if (decorators.length === 0) continue;
      for (const fact of facts.functions)
        if (fact.classId === id && (fact.decorators.length > 0 || LIFECYCLE.test(fact.name ?? '')))
          this.reach(path, fact.id);
    }
  }

  private reach(path: string, fn: number): void {
    const key = `${path}#${fn}`;
    if (this.visited.has(key)) return;
    // Of a module that only imports others, nothing but that is known.
    if (fn !== 0 && !this.model.facts.get(path)?.functions[fn]) return;
    if (fn !== 0 && this.model.requestReach.isHandler(path, fn)) return;
    this.visited.add(key);
    this.queue.push({ path, fn });
  }

  private reachValue(value: Value, path = this.entry.path): void {
    functionsOf(value, path, this.model, (target, at) => {
      this.reach(target.path ?? at, target.id);
    });
  }

  private run(): void {
    for (let at = this.queue.pop(); at; at = this.queue.pop()) {
      const facts = this.model.facts.get(at.path);
      if (!facts) continue;
      this.follow(facts, at);
    }
  }

  private follow(facts: SourceFacts, { path, fn }: FunctionPlace): void {
    for (const fact of facts.imports) {
      if (fact.fn !== fn || fact.typeOnly || fact.guard === 'development') continue;
      const target = this.model.resolveImport(path, fact.specifier).path;
      if (target !== undefined) this.load(target);
    }
    for (const callee of facts.functions[fn]?.callees ?? []) {
      if (this.isElsewhere(facts, fn, callee)) continue;
      for (const target of calledFunctions(callee, path, this.model))
        this.reach(target.path, target.fn);
    }
  }

  /** Called in development only, or only where the module is the entry point itself. */
  private isElsewhere(facts: SourceFacts, fn: number, callee: Value): boolean {
    if (callee.kind !== 'function') return false;
    const calls = facts.calls.filter(
      (call) => call.fn === fn && call.callee.kind === 'function' && call.callee.id === callee.id,
    );
    return (
      calls.length > 0 &&
      calls.every(
        ({ context }) =>
          context.includes('development') ||
          (context.includes('main-guard') && facts.path !== this.entry.path),
      )
    );
  }

  private isNamed(path: string): boolean {
    if (this.named.size === 0)
      for (const module of this.model.reachable(this.entry))
        for (const link of this.model.modules.get(module)?.imports ?? [])
          if (link.path !== undefined) this.named.add(link.path);
    return this.named.has(path);
  }
}

/** What a framework calls once, of a file that it loads when the server starts. */
function startedExports({ path, package: info }: EntryPoint, model: ProjectModel): Value[] {
  const files = frameworkFiles(path, info).filter(({ runs }) => runs === 'start');
  return (model.facts.get(path)?.exports ?? []).flatMap(({ name, value }) =>
    files.some(({ exports }) => exports.test(name)) ? value : [],
  );
}
