import type * as TypeScript from 'typescript';
import { unwrap } from '../languages/source/nodes';
import type { SourceSyntax } from '../languages/source/syntax';
import { ts } from '../languages/source/ts';
import { LIBRARIES } from '../project/libraries';
import { HTTP_SERVER, type Closing } from '../project/libraries/closing';
import type { PackageInfo } from '../project/model';
import { importBindings } from './code/import-bindings';
import { staticName } from './code/nodes';
import { declaredMajor } from './files/package-versions';

/** Something that was opened and has to be closed. */
export interface Closer {
  /** The variable that holds it, or the module (`mongoose`). */
  readonly name: string;
  /** `server` stops accepting, `consumer` finishes its jobs, `client` goes last. */
  readonly order: Closing['order'];
  /** The promise that is waited for before all else. */
  readonly first: string | undefined;
  /** Statements that come first, without semicolons. */
  readonly before: readonly string[];
  /** An expression: the promise that is fulfilled once it is closed. */
  readonly closed: string;
  /** All of it: statements, the last of which waits. */
  readonly lines: readonly string[];
  /** Closes the HTTP server it is attached to as well. */
  readonly closesServer: boolean;
  /** An expression that names Node's HTTP server in it. */
  readonly http?: string;
  /** TypeScript does not know that it is Node's. */
  readonly httpIsUnion: boolean;
  /** An HTTP/2 server, which waits for its sessions. */
  readonly sessions: boolean;
  /** Statements that end at once what it waits for. */
  readonly cut: readonly string[];
}

/** How a named thing is closed, when its library is known. */
export function closerFor(
  name: string,
  canonical: string,
  owner: PackageInfo | undefined,
): Closer | undefined {
  const known = LIBRARIES.closings.get(canonical);
  if (!known) return undefined;
  return closerBy(name, known.closing, owner, known.library);
}

/**
 * How a named thing is closed.
 * @param owner the package that closes it
 * @param library that it is of, where versions differ
 */
export function closerBy(
  name: string,
  closing: Closing,
  owner: PackageInfo | undefined,
  library?: string,
): Closer {
  const { order, http, clients, force, httpFirstUnless: unless } = closing;
  const major = library === undefined ? undefined : declaredMajor(owner, library);
  const isHttpFirst = unless?.some((one) => owner?.dependencies.has(one)) === false;
  const [before, closed] = closeLines(name, closing, major);
  return {
    name,
    order,
    first: isHttpFirst ? closeLines(name + (http ?? ''), HTTP_SERVER, undefined)[1] : undefined,
    before,
    closed,
    lines: [...before, `await ${closed}`],
    closesServer: closing.closesServer === true,
    ...(http === undefined ? {} : { http: name + http }),
    httpIsUnion: closing.httpIsUnion === true,
    sessions: closing.sessions === true,
    cut: [
      ...(clients === undefined
        ? []
        : [`for (const client of ${name}.${clients}) client.terminate()`]),
      ...(force === undefined ? [] : [`${name}.${force}()`]),
    ],
  };
}

/** Statements that come first, and the promise to wait for. */
function closeLines(
  name: string,
  closing: Closing,
  major: number | undefined,
): readonly [readonly string[], string] {
  const { since, how, clients, before } = closing;
  const method = since && (major ?? 0) >= since.major ? since.method : closing.method;
  switch (how) {
    case 'promise':
      return [[], `${name}.${method}(${before ?? ''})`];
    case 'event': {
      const stopped = `${/(?<!\w)\w+$/.exec(name)?.[0] ?? ''}Stopped`;
      const event = closing.event ?? 'close';
      return [
        [
          `const ${stopped} = new Promise((resolve) => ${name}.once('${event}', resolve))`,
          `${name}.${method}()`,
        ],
        stopped,
      ];
    }
    case 'callback': {
      const args = before === undefined ? 'resolve' : `${before}, resolve`;
      return [
        clients === undefined
          ? []
          : [`for (const client of ${name}.${clients}) client.close(1001)`],
        `new Promise((resolve) => ${name}.${method}(${args}))`,
      ];
    }
  }
}

/** Does a call make a server that listens only when it is told to? */
function isMadeToListen(canonical: string): boolean {
  const meanings = [canonical, `new ${canonical}`].flatMap(
    (name) => LIBRARIES.calls.get(name) ?? [],
  );
  return meanings.some(({ meaning }) => meaning.kind === 'server');
}

/**
 * What the code around a place has opened: variables that are visible there and hold a known client, server or consumer, and
 * modules that are a client themselves.
 */
export function openedAround(
  syntax: SourceSyntax,
  place: TypeScript.Node,
  owner: PackageInfo | undefined,
): Closer[] {
  const api = ts();
  const found: Closer[] = [];
  const names = canonicalNames(syntax, place);
  for (const [name, { canonical, declaration }] of names) {
    const closer = closerFor(name, canonical, owner);
    if (!closer) continue;
    if (
      isMadeToListen(canonical) &&
      !new RegExp(`\\b${name}\\.(listen|start)\\(`).test(syntax.text)
    )
      continue;
    // A closure sees a reassigned variable as possibly not set yet.
    if ((declaration.parent.flags & api.NodeFlags.Const) === 0 && /\.tsx?$/.test(syntax.path))
      continue;
    found.push(closer);
  }
  found.unshift(...openedModules(syntax, owner).map(({ closer }) => closer));
  const rank = { server: 0, consumer: 1, client: 2 } as const;
  // Within one rank, what was opened last goes first: a channel before its connection.
  return found.reverse().sort((a, b) => rank[a.order] - rank[b.order]);
}

/** A module that keeps the connection that one of its methods opens: `mongoose.connect()`. */
export interface OpenedModule {
  readonly module: string;
  readonly name: string;
  readonly closer: Closer;
}

/** Modules that keep a connection which the file opens. */
export function openedModules(
  syntax: SourceSyntax,
  owner: PackageInfo | undefined,
): readonly OpenedModule[] {
  return importBindings(syntax).flatMap(({ specifier: module, imported, local: name }) => {
    const openedBy = LIBRARIES.closings.get(module)?.closing.openedBy;
    const isWhole = /^(\*|default)$/.test(imported);
    if (openedBy === undefined || !isWhole) return [];
    if (!new RegExp(`\\b${name}\\s*\\.${openedBy}\\(`).test(syntax.text)) return [];
    const closer = closerFor(name, module, owner);
    return closer ? [{ module, name, closer }] : [];
  });
}

interface Known {
  readonly canonical: string;
  readonly declaration: TypeScript.VariableDeclaration;
}

/** Variables visible at a place, with the canonical name of the call that made them, in source order. */
export function canonicalNames(syntax: SourceSyntax, place: TypeScript.Node): Map<string, Known> {
  const initializers = visibleVariables(place);
  const imported = new Set(importBindings(syntax).map(({ local }) => local));
  const known = new Map<string, Known>();
  for (const [name, declaration] of initializers) {
    if (imported.has(name) || !declaration.initializer) continue;
    const canonical = canonicalOf(syntax, declaration.initializer, initializers);
    if (canonical !== undefined && isOpening(declaration.initializer))
      known.set(name, { canonical, declaration });
  }
  return known;
}

type Variables = ReadonlyMap<string, TypeScript.VariableDeclaration>;

function visibleVariables(place: TypeScript.Node): Map<string, TypeScript.VariableDeclaration> {
  const api = ts();
  const found = new Map<string, TypeScript.VariableDeclaration>();
  const scopes: (TypeScript.SourceFile | TypeScript.Block | TypeScript.ModuleBlock)[] = [];
  for (
    let at: TypeScript.Node | undefined = place;
    at;
    at = at.parent as TypeScript.Node | undefined
  ) {
    if (api.isSourceFile(at) || api.isBlock(at) || api.isModuleBlock(at)) scopes.unshift(at);
  }
  for (const { statements } of scopes) {
    for (const statement of statements) {
      if (!api.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        const name = staticName(declaration.name);
        if (name !== undefined && declaration.initializer) found.set(name, declaration);
      }
    }
  }
  return found;
}

/**
 * What an expression is, in terms of imports: `new Kafka({}).consumer({})` → `kafkajs.Kafka.consumer`; calls, `new` and `await`
 * leave no trace.
 */
export function canonicalOf(
  syntax: SourceSyntax,
  expression: TypeScript.Expression,
  variables: Variables = visibleVariables(expression),
): string | undefined {
  const api = ts();
  const imports = new Map(importBindings(syntax).map((one) => [one.local, one]));
  const follow = (at: TypeScript.Expression, depth: number): string | undefined => {
    if (depth > 8) return undefined;
    const inner = unwrap(at);
    if (api.isAwaitExpression(inner) || api.isCallExpression(inner) || api.isNewExpression(inner)) {
      return follow(inner.expression, depth + 1);
    }
    if (api.isPropertyAccessExpression(inner)) {
      const object = follow(inner.expression, depth + 1);
      return object === undefined ? undefined : `${object}.${inner.name.text}`;
    }
    if (!api.isIdentifier(inner)) return undefined;
    const binding = imports.get(inner.text);
    if (binding) {
      const specifier = binding.specifier.replace(/^node:/, '');
      return /^(\*|default)$/.test(binding.imported)
        ? specifier
        : `${specifier}.${binding.imported}`;
    }
    const initializer = variables.get(inner.text)?.initializer;
    return initializer && follow(initializer, depth + 1);
  };
  return follow(expression, 0);
}

/** Is the value made by a call, rather than another name for something? */
function isOpening(expression: TypeScript.Expression): boolean {
  const api = ts();
  const inner = unwrap(expression);
  if (api.isAwaitExpression(inner)) return isOpening(inner.expression);
  return api.isCallExpression(inner) || api.isNewExpression(inner);
}
