import type { Span } from './span';

/**
 * A symbolic value: what constant evaluation knows of an expression without running it. Serialisable, bounded in depth. Every
 * value carries the span of the expression that *defines* it (for `const port = 3000; listen(port)` the span of `3000`), so
 * that a finding lands on the text that has to change. Values of other modules keep their own `path` once resolved.
 */
export type Value =
  | LiteralValue
  | TemplateValue
  | EnvironmentValue
  | EitherValue
  | ObjectValue
  | ArrayValue
  | ImportValue
  | GlobalValue
  | CallValue
  | MemberValue
  | FunctionValue
  | ParameterValue
  | TypedValue
  | UnknownValue;

interface ValueBase {
  /** Defining expression, in the file named by `path`, or the file of the facts when `path` is absent. */
  readonly span: Span;
  /** Set when the value was resolved into another module. */
  readonly path?: string;
}

/** String, number, boolean, null or undefined literal; also folded templates and concatenations of literals. */
export interface LiteralValue extends ValueBase {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null | undefined;
  /** True when the literal is written directly as one token (not folded from several). */
  readonly direct: boolean;
  /** What a text was folded from: its own pieces and constants, each with its place. */
  readonly parts?: readonly Value[];
}

/** A template or `+` concatenation with parts that are not all literal. */
export interface TemplateValue extends ValueBase {
  readonly kind: 'template';
  readonly parts: readonly Value[];
}

/** A read of the environment: `process.env.X`, `import.meta.env.X`, or a config wrapper around it. */
export interface EnvironmentValue extends ValueBase {
  readonly kind: 'env';
  /** Undefined when the name is computed at run time; `*` for the whole environment object. */
  readonly name: string | undefined;
  /** For a computed name: what it is computed from, so that wrappers (`env('X')`) can be seen through. */
  readonly key?: Value;
}

/** One of several: `a ?? b`, `a || b`, `c ? a : b`, a default, a variable assigned more than once. */
export interface EitherValue extends ValueBase {
  readonly kind: 'either';
  readonly operator: '??' | '||' | '&&' | '?:' | 'default' | 'assigned';
  /** In source order: for `??`/`||`/`default` the preferred one first. */
  readonly options: readonly Value[];
  /** The condition of `?:`. */
  readonly condition?: Value;
}

export interface ObjectValue extends ValueBase {
  readonly kind: 'object';
  readonly properties: readonly PropertyValue[];
  /**
   * Values spread into the object; a property under a computed key is an array with its value. When non-empty, absent keys are not
   * known to be absent.
   */
  readonly spreads: readonly Value[];
}

export interface PropertyValue {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
  /** Something whose members are not known is spread after it, and may have one of its name. */
  readonly replaceable?: true;
}

export interface ArrayValue extends ValueBase {
  readonly kind: 'array';
  readonly items: readonly Value[];
}

/**
 * A reference to something imported: `specifier` as written (built-ins without `node:`), `path` in the module: `[]` the module
 * or its default export by any interop style, `['Worker']` a named export, `['default', 'x']` is normalised to `['x']`.
 */
export interface ImportValue extends ValueBase {
  readonly kind: 'import';
  readonly specifier: string;
  readonly members: readonly string[];
}

/** A global: `process`, `console`, `setTimeout`, `fetch`, `Bun`, `global` … */
export interface GlobalValue extends ValueBase {
  readonly kind: 'global';
  readonly name: string;
}

export interface CallValue extends ValueBase {
  readonly kind: 'call';
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly isNew: boolean;
}

export interface MemberValue extends ValueBase {
  readonly kind: 'member';
  readonly object: Value;
  /** Undefined for computed access that is not constant. */
  readonly name: string | undefined;
}

/** A function or class of this file, by the index into `SourceFacts.functions` / `.classes`. */
export interface FunctionValue extends ValueBase {
  readonly kind: 'function';
  readonly id: number;
  readonly isClass: boolean;
  /** Functions that were handed to the one that made this: `asyncHandler(fn)` returns a function that calls `fn`. */
  readonly wraps?: readonly Value[];
}

/** A parameter of a function of this file; destructured members are MemberValues of it. */
export interface ParameterValue extends ValueBase {
  readonly kind: 'parameter';
  readonly functionId: number;
  readonly index: number;
  readonly name: string;
}

/** A value of which only its annotated type is known: `app: express.Application`, an injected `private jwt: JwtService`. */
export interface TypedValue extends ValueBase {
  readonly kind: 'typed';
  /** The type's own reference (an ImportValue, FunctionValue for a local class, or GlobalValue). */
  readonly type: Value;
  /** The parameter that is annotated so: what its calls give may be known. */
  readonly given?: Value;
}

export interface UnknownValue extends ValueBase {
  readonly kind: 'unknown';
  /** Name of the identifier or property when there is one: the last resort for naming things. */
  readonly name?: string;
}
