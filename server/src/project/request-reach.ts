import type { RelatedLocation, Span } from '../engine/finding';
import type { Value } from '../languages/source/value';
import type { FunctionFact, SourceFacts } from './facts';
import type { ProjectModel } from './model';
import { functionsOf, requestHandlers } from './request-handlers';

/** One function on the way from a request to the code at hand. */
export interface ReachStep {
  readonly path: string;
  readonly fn: number;
  /** What people call it: its name, or `request handler`. */
  readonly name: string;
  readonly span: Span;
}

/** Which functions run for requests. */
export interface RequestReach {
  /**
   * How a request comes to a function.
   * @param fn id of the function in its module's facts
   * @returns the handler first, the function itself last; undefined where no request comes by
   */
  way(path: string, fn: number): readonly ReachStep[] | undefined;
  /** Is the function itself registered as a handler, so that its parameters are the request's? */
  isHandler(path: string, fn: number): boolean;
  /** The same with one module read again: what other modules call in it is found by name. */
  withModule(model: ProjectModel, path: string): RequestReach;
}

interface Node {
  readonly path: string;
  readonly fn: number;
  readonly from: Node | undefined;
  readonly handler: boolean;
}

/**
 * Finds the functions that request handlers reach, across modules: through calls, callbacks, methods of services that are
 * injected or exported, and functions that servers are decorated with.
 */
export function requestReach(model: ProjectModel): RequestReach {
  const search = new Search(model);
  for (const path of [...model.facts.keys()].sort()) {
    if (!mayServe(model, path)) continue;
    for (const { path: target, fn } of requestHandlers(model, path))
      search.reach(target, fn, undefined);
  }
  search.run();
  return search.result(new Map());
}

/** Tests, build tooling and browser code register handlers too; no request of the app comes to them. */
function mayServe(model: ProjectModel, path: string): boolean {
  const roles = model.modules.get(path)?.roles;
  return roles !== undefined && !roles.has('test') && !roles.has('build') && !roles.has('browser');
}

class Search {
  private readonly nodes = new Map<string, Node>();
  private readonly queue: Node[] = [];

  constructor(
    private readonly model: ProjectModel,
    /** Only this module's functions are followed. */
    private readonly only?: string,
  ) {}

  reach(path: string, fn: number, from: Node | undefined): void {
    const key = `${path}#${fn}`;
    if (this.nodes.has(key) || (this.only !== undefined && path !== this.only) || fn === 0) return;
    if (!this.model.facts.get(path)?.functions[fn]) return;
    const node: Node = { path, fn, from, handler: from === undefined };
    this.nodes.set(key, node);
    this.queue.push(node);
  }

  run(): void {
    for (let node = this.queue.shift(); node; node = this.queue.shift()) {
      const fact = this.model.facts.get(node.path)?.functions[node.fn];
      for (const callee of fact?.callees ?? []) this.follow(callee, node);
    }
  }

  private follow(callee: Value, node: Node): void {
    const { model } = this;
    const resolved = model.resolve(callee, node.path);
    const from = resolved.path ?? node.path;
    if (resolved.kind === 'function' && resolved.isClass) {
      const constructor = model.facts
        .get(from)
        ?.functions.find((fact) => fact.classId === resolved.id && fact.name === 'constructor');
      if (constructor) this.reach(from, constructor.id, node);
      return;
    }
    if (resolved.kind === 'function' || resolved.kind === 'either' || resolved.kind === 'call')
      return functionsOf(resolved, node.path, model, (value, path) => {
        this.reach(value.path ?? path, value.id, node);
      });
    if (resolved.kind !== 'member') return;
    for (const target of nameIndex(model).find(resolved)) this.reach(target.path, target.fn, node);
  }

  result(others: ReadonlyMap<string, Node>): RequestReach {
    const nodes = new Map([...others, ...this.nodes]);
    const entered = enteredFunctions(nodes, this.model);
    return new Result(this.model, nodes, entered);
  }
}

class Result implements RequestReach {
  constructor(
    private readonly model: ProjectModel,
    private readonly nodes: ReadonlyMap<string, Node>,
    private readonly entered: ReadonlyMap<string, readonly Entered[]>,
  ) {}

  way(path: string, fn: number): readonly ReachStep[] | undefined {
    const steps: ReachStep[] = [];
    for (let node = this.nodes.get(`${path}#${fn}`); node; node = node.from) {
      const fact = this.model.facts.get(node.path)?.functions[node.fn];
      steps.push({
        path: node.path,
        fn: node.fn,
        name: fact?.name ?? 'request handler',
        span: fact?.span ?? { start: 0, end: 0 },
      });
    }
    return steps.length === 0 ? undefined : steps.reverse();
  }

  isHandler(path: string, fn: number): boolean {
    return this.nodes.get(`${path}#${fn}`)?.handler === true;
  }

  withModule(model: ProjectModel, path: string): RequestReach {
    const search = new Search(model, path);
    if (mayServe(model, path))
      for (const handler of requestHandlers(model, path))
        search.reach(handler.path, handler.fn, undefined);
    const names = functionNames(model.facts.get(path));
    for (const { name, from } of this.entered.get(path) ?? []) {
      const fn = names.indexOf(name);
      if (fn > 0) search.reach(path, fn, from);
    }
    search.run();
    const others = new Map([...this.nodes].filter(([, node]) => node.path !== path));
    return search.result(others);
  }
}

/** A function that other modules reach, by a name that survives edits around it. */
interface Entered {
  readonly name: string;
  readonly from: Node | undefined;
}

function enteredFunctions(
  nodes: ReadonlyMap<string, Node>,
  model: ProjectModel,
): ReadonlyMap<string, readonly Entered[]> {
  const entered = new Map<string, Entered[]>();
  const names = new Map<string, readonly string[]>();
  for (const node of nodes.values()) {
    if (node.from?.path === node.path) continue;
    let own = names.get(node.path);
    if (!own) names.set(node.path, (own = functionNames(model.facts.get(node.path))));
    const name = own[node.fn];
    if (name === undefined) continue;
    const list = entered.get(node.path);
    if (list) list.push({ name, from: node.from });
    else entered.set(node.path, [{ name, from: node.from }]);
  }
  return entered;
}

/** A name for each function, unique in its module: its own, its class's, and the how-manieth of that name it is. */
function functionNames(facts: SourceFacts | undefined): readonly string[] {
  const seen = new Map<string, number>();
  return (facts?.functions ?? []).map((fact) => {
    const owner = fact.classId === undefined ? '' : (facts?.classes[fact.classId]?.name ?? '');
    const base = `${owner}.${fact.name ?? ''}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return `${base}~${count}`;
  });
}

const indexes = new WeakMap<ProjectModel['modules'], NameIndex>();
/** One index per full model; models derived from it for a keystroke use it too. */
function nameIndex(model: ProjectModel): NameIndex {
  const known = indexes.get(model.modules);
  if (known) return known;
  const index = new NameIndex(model);
  indexes.set(model.modules, index);
  return index;
}

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
        if (fact.name === undefined || !isTellingName(fact.name) || !isMethodLike(fact)) continue;
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
  private decorated(
    callee: Value,
  ): readonly { readonly path: string; readonly fn: number }[] | undefined {
    const names: string[] = [];
    for (let at = callee; at.kind === 'member' && at.name !== undefined; at = at.object) {
      const decoration = this.decorations.get(at.name);
      if (decoration) {
        const value = names.reduce<Value>(
          (object, name) => ({ kind: 'member', object, name, span: object.span }),
          this.model.resolve(decoration.value, decoration.path),
        );
        const found: { path: string; fn: number }[] = [];
        functionsOf(value, decoration.path, this.model, (target, path) =>
          found.push({ path: target.path ?? path, fn: target.id }),
        );
        return found;
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

/** Methods of classes, and functions assigned to a member: what is called through an object. */
function isMethodLike(fact: FunctionFact): boolean {
  return fact.classId !== undefined || fact.parent === 0;
}

/** Nothing is known of the object: a parameter, or what a query returned. */
function isNameless(value: Value): boolean {
  if (value.kind === 'parameter' || value.kind === 'unknown') return true;
  if (value.kind === 'member') return isNameless(value.object);
  if (value.kind === 'call') return !value.isNew;
  return value.kind === 'typed';
}

/** The way as related places, the handler first; the function at the end of it is where the finding stands. */
export function wayLocations(way: readonly ReachStep[]): readonly RelatedLocation[] {
  return way.slice(0, -1).map(({ path, name, span }, index) => ({
    path,
    span: { start: span.start, end: Math.min(span.end, span.start + 1) },
    message: index === 0 ? `requests start here: ${name}` : `which calls ${name}`,
  }));
}
