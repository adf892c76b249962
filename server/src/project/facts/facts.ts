import type { Span } from '../../base/span';
import type { Value } from '../../base/value';

/**
 * What one source file tells the rest of the project. Small, serialisable, hashable. Rules that look across files see facts,
 * never trees. Spans are UTF-16 offsets in the file's text at the version the facts were taken from.
 */
export interface SourceFacts {
  readonly path: string;
  /** `full`: parsed and walked. `imports`: only a cheap scan of its imports (no rule hint matched). */
  readonly detail: 'full' | 'imports';
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly calls: readonly CallFact[];
  readonly environment: readonly EnvironmentFact[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  /** Assignments to members or outer variables made inside functions (`app.locals.x = …`, `cache[key] = …`, `count++`). */
  readonly writes: readonly WriteFact[];
  /** What those writes change, and what functions read of it. */
  readonly state: readonly StateFact[];
  /** What the source handlers of rules left for their `judge` step, by rule id. */
  readonly marks: Readonly<Record<string, readonly Mark[]>>;
  readonly hasShebang: boolean;
  /** Directive prologue strings: 'use client', 'use server'. */
  readonly directives: readonly string[];
  /** Some function of it begins with `'use server'`, beside what it renders. */
  readonly holdsActions?: true;
  /** Specifiers that values of this file refer to: those modules must be known in full for the model to resolve them. */
  readonly demands: readonly string[];
}

/** Rule-specific note about a node, judged later with the whole project at hand. */
export interface Mark<T = Readonly<Record<string, unknown>>> {
  readonly span: Span;
  /** Enclosing function, 0 for module level. */
  readonly fn: number;
  readonly data: T;
}

export interface ImportFact {
  readonly specifier: string;
  /** The specifier's text inside the quotes. */
  readonly span: Span;
  readonly kind: 'import' | 'require' | 'dynamic' | 'export' | 'import-equals' | 'resolve';
  readonly typeOnly: boolean;
  /** Enclosing function, 0 for module level. */
  readonly fn: number;
  /** Inside try/catch, or under a condition that names a development or test environment. */
  readonly guard: 'none' | 'try' | 'development' | 'condition';
}

export interface ExportFact {
  /** `default`, a name, or `*` for `export * from`. CommonJS `module.exports = x` is `default`, `exports.x =` is `x`. */
  readonly name: string;
  /** An ImportValue for re-exports. */
  readonly value: Value;
  readonly span: Span;
}

/** A call or `new` whose callee might mean something: rooted in an import, a global, `this`, or with a telling method name. */
export interface CallFact {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly isNew: boolean;
  /** The whole call expression. */
  readonly span: Span;
  /** The callee's last name (`listen` in `app.listen(…)`), where findings about the call usually go. */
  readonly nameSpan: Span;
  /** Innermost enclosing function: index into `functions`; 0 is the module itself. */
  readonly fn: number;
  readonly awaited: boolean;
  /** The name the result is bound to (`const server = app.listen()`), or the property (`this.server`). */
  readonly boundTo?: string;
  /** What stands between the call and its function: innermost last. */
  readonly context: readonly CallContext[];
}

export type CallContext =
  | 'try'
  | 'catch'
  | 'loop'
  /** Beside `loop`, of one that ends with the process or when it is told to stop: `while (true)`, `while (this.running)`. */
  | 'endless'
  | 'condition'
  /** Only when NODE_ENV (or the like) names development or test. */
  | 'development'
  /** `if (require.main === module)` and its ESM forms. */
  | 'main-guard'
  /** Of blocking calls only: what they make is kept, so that they run once. */
  | 'once'
  | 'argument'
  | 'decorator';

export interface EnvironmentFact {
  /** Undefined when computed at run time. */
  readonly name: string | undefined;
  readonly span: Span;
  readonly fn: number;
  /**
   * How it is read: directly, destructured, through a schema (zod, envalid …) or a wrapper (`env('X')`, `config.get('X')`), imported by
   * name from a module of the framework's (`$env/static/public`).
   */
  readonly via: 'direct' | 'destructured' | 'schema' | 'wrapper' | 'import-meta' | 'import';
  /** The default that replaces a missing value, where there is one. */
  readonly fallback?: Value;
  readonly operator?: '??' | '||' | 'default';
  /** Something else is asked first, and this only where that yields nothing: `window.config?.url ?? import.meta.env.VITE_URL`. */
  readonly second?: true;
  /** True when a missing value stops the process (schema without default, `?? throw`, an assert). */
  readonly required: boolean;
  /** Code only asks whether or what it is, and goes on without: a condition, a comparison, an optional chain. */
  readonly asked?: true;
  /** Assignment or delete instead of a read. */
  readonly write: boolean;
  /** A delete. */
  readonly removes?: true;
  /** What is assigned holds what was there before: it is put back, or added to. */
  readonly keeps?: true;
}

export interface FunctionFact {
  /** 0 is the module's own top level. */
  readonly id: number;
  readonly name: string | undefined;
  readonly span: Span;
  readonly parent: number;
  readonly async: boolean;
  readonly parameters: readonly string[];
  /** Class index when it is a method or constructor. */
  readonly classId?: number;
  /** Begins with `'use server'`: browsers have it called. */
  readonly serves?: true;
  /** Given to every document or record of a model: `schema.methods.verify = function …`, `User.prototype.verify = …`. */
  readonly ofModel?: true;
  /**
   * Calls of functions of this project: local ids, imports, `this.method` (MemberValue of a FunctionValue class). Without those
   * that run once at most because what they make is kept (`instance ??= create()`).
   */
  readonly callees: readonly Value[];
  readonly decorators: readonly DecoratorFact[];
  /** What it returns, where that is evaluable (several returns: an `assigned` either). */
  readonly returns?: Value;
}

export interface ClassFact {
  readonly id: number;
  readonly name: string | undefined;
  readonly span: Span;
  readonly extends?: Value;
  /** Names of the interfaces that the class says it implements. */
  readonly implements?: readonly string[];
  readonly decorators: readonly DecoratorFact[];
  /** Method and property names → function ids or values. */
  readonly members: readonly {
    readonly name: string;
    readonly value: Value;
    readonly isStatic: boolean;
  }[];
}

export interface DecoratorFact {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly span: Span;
}

export interface WriteFact {
  /** What is written to: an expression rooted in a variable that outlives the function, an import, a global or a parameter. */
  readonly target: Value;
  /** Name of the variable of this file at the root (of the module, or of a function around the writing one). */
  readonly variable?: string;
  readonly declaration?: Span;
  /** The class whose field is written, through `this` or the class itself; the field is `variable`. */
  readonly classId?: number;
  readonly how: 'assign' | 'update' | 'member' | 'delete' | 'mutate';
  /** For `mutate`: the method (`push`, `set`, `add` …). */
  readonly method?: string;
  /** The key that is written, when it is computed: `users[id] = …`, `users.set(id, …)`. */
  readonly key?: Value;
  /** How many members deep the write is: 0 for the variable itself, 1 for `x.a =` and `x[k] =`, 2 for `x.a.b =`. */
  readonly depth?: number;
  readonly span: Span;
  readonly fn: number;
  readonly value?: Value;
  /** The written value mentions the variable itself: `items = items.filter(…)`. */
  readonly self?: true;
  /** Written through a variable that was given an entry: `const seen = hits.get(ip); seen.count++`. */
  readonly ofEntry?: true;
  /** Written by a constructor. */
  readonly inConstructor?: true;
  /** Written in a `finally`: what was taken for one piece of work is given back. */
  readonly inFinally?: true;
  /** The expression's own value is used: `const next = queue.shift()`. */
  readonly used?: true;
  /** What the variable holds decides whether it is written: `x ??= …`, `if (!x) x = …`, `if (x) return x; x = …`. */
  readonly guarded?: true;
}

/**
 * A variable that outlives the functions that write it, or a field of a class: what might be state that requests share. Only
 * those that some function writes, and exported containers, which other modules may write.
 */
export interface StateFact {
  readonly name: string;
  readonly declaration: Span;
  /** The function that declares it, 0 for the module. */
  readonly owner: number;
  readonly classId?: number;
  readonly isStatic?: true;
  /** Cannot be assigned again: `const`, `readonly`. */
  readonly constant: boolean;
  readonly initial?: Value;
  readonly exported: boolean;
  /** Where functions mention it other than as what a write changes. */
  readonly reads: readonly { readonly fn: number; readonly span: Span }[];
}
