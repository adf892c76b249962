import type { Closing } from './closing';
import type { Meaning } from './meaning';

/**
 * One library: how its calls look in canonical form (see `canonical.ts`) and what they mean. Supporting another library is one
 * more entry; no rule changes.
 */
export interface Library {
  /** npm package names (or built-in modules) whose import makes a file worth parsing. */
  readonly packages: readonly string[];
  /**
   * Canonical names that all stand for one kind of object; entries of `calls` may use the alias in front:
   * `{ app: ['express()', '<express.Application>'] }` lets `app.listen` match each of them.
   */
  readonly objects?: Readonly<Record<string, readonly string[]>>;
  /** Canonical callee → meaning(s). A callee that is a constructor is written `new pkg.Class`. */
  readonly calls?: Readonly<Record<string, Meaning | readonly Meaning[]>>;
  /**
   * Plugins that a server takes by `register`, whatever the server is called: canonical name → meaning of that `register` call.
   * Argument places are those of the call, so the plugin's options are at `1`.
   */
  readonly plugins?: Readonly<Record<string, Meaning | readonly Meaning[]>>;
  /**
   * Methods whose name says enough in a file that imports one of the packages, where the object itself cannot be named (a
   * callback's parameter).
   */
  readonly methods?: Readonly<Record<string, Meaning | readonly Meaning[]>>;
  /**
   * Methods of a parameter that is called as everybody calls such an object, and of which nothing else is known:
   * `app.listen`, in a callback. They count where the package declares the library.
   */
  readonly conventional?: Readonly<Record<string, Meaning | readonly Meaning[]>>;
  /** How what a call opens is closed: canonical callee, without `new` and parentheses (`kafkajs.Kafka.consumer`) → how. */
  readonly closing?: Readonly<Record<string, Closing>>;
  /** What is true of an app that declares one of the packages. */
  readonly traits?: readonly LibraryTrait[];
  /** Decorators: canonical callee → meaning of the decorated method or class. */
  readonly decorators?: Readonly<Record<string, Meaning | readonly Meaning[]>>;
  /** Base classes: canonical name → meaning of a class that extends it. */
  readonly extends?: Readonly<Record<string, Meaning | readonly Meaning[]>>;
}

/**
 * - `uploads`: takes files from requests
 * - `data`: reaches the data of the app
 * - `own-app`: has objects that are called as those of Express are (`app.listen`), but work in another way
 */
export type LibraryTrait = 'uploads' | 'data' | 'own-app';

/** Declares a library; only here so that entries are checked where they stand. */
export function defineLibrary(library: Library): Library {
  return library;
}

/** The same meaning, or meanings, for several callees. */
export const each = <T extends Meaning | readonly Meaning[]>(
  callees: readonly string[],
  meaning: T,
): Record<string, T> => Object.fromEntries(callees.map((callee) => [callee, meaning]));

/** A meaning with the library it comes from. */
export interface LibraryMeaning {
  readonly library: string;
  readonly meaning: Meaning;
}

/** The method that takes plugins. */
export const REGISTER = 'register';

/** All libraries in lookup form. */
export interface LibraryTable {
  readonly calls: ReadonlyMap<string, readonly LibraryMeaning[]>;
  readonly plugins: ReadonlyMap<string, readonly LibraryMeaning[]>;
  /** By method name, each with the packages that the file has to import one of. */
  readonly methods: ReadonlyMap<
    string,
    readonly {
      readonly packages: ReadonlySet<string>;
      readonly meanings: readonly LibraryMeaning[];
    }[]
  >;
  /** By parameter and method name (`app.listen`). */
  readonly conventional: ReadonlyMap<string, readonly LibraryMeaning[]>;
  readonly decorators: ReadonlyMap<string, readonly LibraryMeaning[]>;
  readonly extends: ReadonlyMap<string, readonly LibraryMeaning[]>;
  /** By canonical name of the call that opens something, with the library. */
  readonly closings: ReadonlyMap<string, { readonly library: string; readonly closing: Closing }>;
  /** The packages that have a trait. */
  withTrait(trait: LibraryTrait): ReadonlySet<string>;
  /** Canonical names of objects the table knows (`express()`), with the library. */
  readonly objects: ReadonlyMap<string, string>;
  /** Matches the text of a file that imports one of the libraries. */
  readonly importHint: RegExp;
  /** Method names that some entry ends with: calls of other names need no look-up. */
  readonly lastNames: ReadonlySet<string>;
}

/** Builds the lookup form; aliases are expanded. */
export function libraryTable(libraries: readonly Library[]): LibraryTable {
  const calls = new Map<string, LibraryMeaning[]>();
  const plugins = new Map<string, LibraryMeaning[]>();
  const methods = new Map<
    string,
    { packages: ReadonlySet<string>; meanings: readonly LibraryMeaning[] }[]
  >();
  const conventional = new Map<string, LibraryMeaning[]>();
  const decorators = new Map<string, LibraryMeaning[]>();
  const bases = new Map<string, LibraryMeaning[]>();
  const objects = new Map<string, string>();
  const closings = new Map<string, { readonly library: string; readonly closing: Closing }>();
  const traits = new Map<LibraryTrait, Set<string>>();
  const packages = new Set<string>();
  for (const library of libraries) {
    const name = library.packages[0] ?? 'global';
    for (const packageName of library.packages) packages.add(packageName);
    for (const forms of Object.values(library.objects ?? {}))
      for (const form of forms) objects.set(form, name);
    for (const [opener, closing] of Object.entries(library.closing ?? {}))
      closings.set(opener, { library: name, closing });
    for (const trait of library.traits ?? [])
      traits.set(trait, new Set([...(traits.get(trait) ?? []), ...library.packages]));
    const add = (into: Map<string, LibraryMeaning[]>, entries: Library['calls']): void => {
      for (const [key, meaning] of Object.entries(entries ?? {})) {
        const meanings = (Array.isArray(meaning) ? meaning : [meaning]) as readonly Meaning[];
        for (const form of expand(key, library.objects ?? {})) {
          const list = into.get(form) ?? [];
          into.set(form, [...list, ...meanings.map((each) => ({ library: name, meaning: each }))]);
        }
      }
    };
    add(calls, library.calls);
    add(plugins, library.plugins);
    for (const [method, meaning] of Object.entries(library.methods ?? {})) {
      const meanings = (Array.isArray(meaning) ? meaning : [meaning]) as readonly Meaning[];
      const entry = {
        packages: new Set(library.packages),
        meanings: meanings.map((each) => ({ library: name, meaning: each })),
      };
      methods.set(method, [...(methods.get(method) ?? []), entry]);
    }
    for (const [key, meaning] of Object.entries(library.conventional ?? {})) {
      const meanings = (Array.isArray(meaning) ? meaning : [meaning]) as readonly Meaning[];
      conventional.set(key, [
        ...(conventional.get(key) ?? []),
        ...meanings.map((each) => ({ library: name, meaning: each })),
      ]);
    }
    add(decorators, library.decorators);
    add(bases, library.extends);
  }
  const escaped = [...packages].map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return {
    calls,
    plugins,
    methods,
    conventional,
    decorators,
    extends: bases,
    closings,
    withTrait: (trait) => traits.get(trait) ?? new Set(),
    objects,
    importHint: new RegExp(`['"\`](?:node:)?(?:${escaped.join('|')})(?:/[^'"\`\\n]*)?['"\`]`),
    lastNames: new Set([
      REGISTER,
      ...methods.keys(),
      ...[...calls.keys()].map((key) => /(?<![\w$])([\w$]+)$/.exec(key)?.[1] ?? key),
    ]),
  };
}

/** `app.listen` with `app: [a, b]` → `a.listen`, `b.listen`. */
function expand(
  key: string,
  objects: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const [, alias, rest] = /^(\w+)((?:\.|$).*)$/.exec(key) ?? [];
  const forms = alias === undefined ? undefined : objects[alias];
  return forms ? forms.map((form) => form + (rest ?? '')) : [key];
}
