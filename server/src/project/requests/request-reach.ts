import type { Span, RelatedLocation } from '../../base/span';
import type { SourceFacts } from '../facts/facts';
import type { ProjectModel } from '../model';
import { calledFunctions, mayServe } from './called-functions';
import { requestHandlers } from './request-handlers';

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
   * The calls through which a request reaches a function.
   * @param fn id of the function in its module's facts
   * @returns the handler first, the function itself last; undefined where no request comes by
   */
  way(path: string, fn: number): readonly ReachStep[] | undefined;
  /** Is the function itself registered as a handler, so that its parameters are the request's? */
  isHandler(path: string, fn: number): boolean;
  /**
   * The same with some modules read again: what other modules call in them is found by name.
   * @param edited the paths of all that were read again since the last full analysis
   */
  withModules(model: ProjectModel, edited: Paths): RequestReach;
}

/** A set of paths, or a map by paths. */
interface Paths extends Iterable<unknown> {
  has(path: string): boolean;
  keys(): Iterable<string>;
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
  return new Result(model, search.nodes);
}

class Search {
  readonly nodes = new Map<string, Node>();
  private readonly queue: Node[] = [];

  constructor(
    private readonly model: ProjectModel,
    /** Only functions of these modules are followed. */
    private readonly only?: Paths,
  ) {}

  reach(path: string, fn: number, from: Node | undefined): void {
    const key = `${path}#${fn}`;
    if (this.nodes.has(key) || this.only?.has(path) === false || fn === 0) return;
    if (!this.model.facts.get(path)?.functions[fn]) return;
    const node: Node = { path, fn, from, handler: from === undefined };
    this.nodes.set(key, node);
    this.queue.push(node);
  }

  run(): void {
    for (let node = this.queue.shift(); node; node = this.queue.shift()) {
      const fact = this.model.facts.get(node.path)?.functions[node.fn];
      for (const callee of fact?.callees ?? [])
        for (const target of calledFunctions(callee, node.path, this.model))
          this.reach(target.path, target.fn, node);
    }
  }
}

class Result implements RequestReach {
  /** By module; named at once, since numbers of functions hold until somebody types. */
  private readonly entered: ReadonlyMap<string, readonly Entered[]>;

  constructor(
    private readonly model: ProjectModel,
    private readonly nodes: ReadonlyMap<string, Node>,
    /** What it was before some modules were read again. */
    private readonly before?: { readonly reach: Result; readonly edited: Paths },
  ) {
    this.entered = before ? new Map() : enteredFunctions(nodes, model);
  }

  private node(path: string, fn: number): Node | undefined {
    const { before } = this;
    return before && !before.edited.has(path)
      ? before.reach.node(path, fn)
      : this.nodes.get(`${path}#${fn}`);
  }

  way(path: string, fn: number): readonly ReachStep[] | undefined {
    const steps: ReachStep[] = [];
    for (let node = this.node(path, fn); node; node = node.from) {
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
    return this.node(path, fn)?.handler === true;
  }

  withModules(model: ProjectModel, edited: Paths): RequestReach {
    if (this.before) return this.before.reach.withModules(model, edited);
    const search = new Search(model, edited);
    for (const path of edited.keys())
      if (mayServe(model, path))
        for (const handler of requestHandlers(model, path))
          search.reach(handler.path, handler.fn, undefined);
    for (const path of edited.keys()) {
      const names = functionNames(model.facts.get(path));
      for (const { name, from } of this.entered.get(path) ?? []) {
        const fn = names.indexOf(name);
        // What an edited module reaches is found anew.
        if (fn > 0 && !(from && edited.has(from.path))) search.reach(path, fn, from);
      }
    }
    search.run();
    return new Result(model, search.nodes, { reach: this, edited });
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

/** The way as related places, the handler first; the function at the end of it is where the finding stands. */
export function wayLocations(way: readonly ReachStep[]): readonly RelatedLocation[] {
  return way.slice(0, -1).map(({ path, name, span }, index) => ({
    path,
    span: { start: span.start, end: Math.min(span.end, span.start + 1) },
    message: index === 0 ? `requests start here: ${name}` : `which calls ${name}`,
    isStep: true,
  }));
}
