import type * as TypeScript from 'typescript';
import type { SourceSyntax } from '../languages/source/syntax';
import { LIBRARIES } from '../project/libraries';
import { HTTP_SERVER, type Closing } from '../project/libraries/closing';
import type { PackageInfo } from '../project/model';
import { importBindings } from './code/import-bindings';
import { declaredMajor } from './files/package-versions';
import { canonicalNames } from './visible-names';

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
  /** How TypeScript takes it for Node's, where it does not know. */
  readonly httpCast: Closing['httpCast'];
  /** It cannot close connections that are busy. */
  readonly httpKeepsBusy: boolean;
  /** An expression that names the HTTP/2 server in it, which waits for its sessions. */
  readonly sessions: string | undefined;
  /** Statements that end at once what it waits for. */
  readonly cut: readonly string[];
}

/**
 * How a named thing is closed, when its library is known.
 * @param text of the module that makes it, where its options stand
 */
export function closerFor(
  name: string,
  canonical: string,
  owner: PackageInfo | undefined,
  text: string,
): Closer | undefined {
  const known = LIBRARIES.closings.get(canonical);
  if (!known) return undefined;
  return closerBy(name, known.closing, owner, text, known.library);
}

/**
 * How a named thing is closed.
 * @param owner the package that closes it
 * @param text of the module that makes it, where its options stand
 * @param library that it is of, where versions differ
 */
export function closerBy(
  name: string,
  usual: Closing,
  owner: PackageInfo | undefined,
  text: string,
  library?: string,
): Closer {
  const { variant } = usual;
  const isVariant =
    variant &&
    new RegExp(`\\b${variant.option}\\s*[:,}]`).test(text) &&
    (variant.of === undefined || new RegExp(`['"](node:)?${variant.of}['"]`).test(text));
  const closing = isVariant ? variant.closing : usual;
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
    httpCast: closing.httpCast,
    httpKeepsBusy: closing.httpKeepsBusy === true,
    sessions: closing.sessions === undefined ? undefined : name + closing.sessions,
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
      const called = closing.callsWithNothing ? '() => resolve(undefined)' : 'resolve';
      const args = before === undefined ? called : `${before}, ${called}`;
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
  const found: Closer[] = [];
  const names = canonicalNames(syntax, place);
  for (const [name, { canonical, isAlwaysSet }] of names) {
    const closer = closerFor(name, canonical, owner, syntax.text);
    if (!closer) continue;
    if (
      isMadeToListen(canonical) &&
      !new RegExp(`\\b${name}\\.(listen|start)\\(`).test(syntax.text)
    )
      continue;
    if (!isAlwaysSet && /\.tsx?$/.test(syntax.path)) continue;
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
    const closer = closerFor(name, module, owner, syntax.text);
    return closer ? [{ module, name, closer }] : [];
  });
}
