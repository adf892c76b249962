import type { TextEdit } from '../../../engine/finding';
import type { Closer } from '../../../fixes/closers';
import { importName } from '../../../fixes/code/imports';
import { freeName } from '../../../fixes/code/nodes';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import type { SourceSyntax } from '../../../languages/source/syntax';

/** What a server's file has to remember so that a handler can end it; lines without indentation. */
export interface Tracking {
  readonly imports: readonly TextEdit[];
  /** Run when the server is there. */
  readonly lines: readonly string[];
  /** Run again and again while the server drains. */
  readonly drain: readonly string[];
  /** Run once at its start. */
  readonly end: readonly string[];
  /** Run when time is up. */
  readonly cut: readonly string[];
}

/** Nothing has to be remembered. */
export const NO_TRACKING: Tracking = { imports: [], lines: [], drain: [], end: [], cut: [] };

/** HTTP/2 clients keep their sessions: each is told to leave. */
export function sessionTracking(
  syntax: SourceSyntax,
  style: SourceStyle,
  closers: readonly Closer[],
): Tracking {
  const found = closers.find(({ sessions }) => sessions !== undefined);
  if (found?.sessions === undefined) return NO_TRACKING;
  const { semicolon, indent, constant } = style;
  const type = typeImport(syntax, style, 'http2', 'ServerHttp2Session');
  const own =
    found.httpCast !== undefined && found.http === undefined
      ? typeImport(syntax, style, 'http2', 'Http2Server')
      : undefined;
  const isCast = own !== undefined && own.annotation !== '';
  const server = isCast
    ? `(${found.sessions} as ${own.annotation.replace(/^: /, '')})`
    : found.sessions;
  const sessions = freeName(syntax, 'sessions', 'openSessions');
  return {
    imports: [...type.edits, ...(own?.edits ?? [])],
    lines: [
      `${constant} ${sessions} = new Set${type.argument}()${semicolon}`,
      `${server}.on(${quoted('session', style)}, (session${type.annotation}) => {`,
      `${indent}${sessions}.add(session)${semicolon}`,
      `${indent}session.once(${quoted('close', style)}, () => ${sessions}.delete(session))${semicolon}`,
      `})${semicolon}`,
      '',
    ],
    drain: [],
    end: [`for (const session of ${sessions}) session.close()${semicolon}`],
    cut: [`for (const session of ${sessions}) session.destroy()`],
  };
}

/**
 * Event streams have no end of their own: the handler ends them.
 * @param texts of the modules that may answer with one
 * @param https expressions that name the HTTP servers
 */
export function streamTracking(
  syntax: SourceSyntax,
  style: SourceStyle,
  texts: readonly string[],
  https: readonly string[],
): Tracking {
  const [http] = https;
  if (http === undefined || !texts.some((text) => WRITES_EVENTS.test(text))) return NO_TRACKING;
  const { semicolon, indent, constant } = style;
  const type = typeImport(syntax, style, 'http', 'ServerResponse');
  const responses = freeName(syntax, 'responses', 'openResponses');
  const mime = quoted('text/event-stream', style);
  // Headers that `writeHead` alone is given, `getHeader` does not know.
  const header =
    style.language === 'ts'
      ? `String(Reflect.get(response, ${quoted('_header', style)}))`
      : 'String(response._header)';
  const request = style.language === 'ts' ? '_request: unknown' : '_request';
  const listening = (server: string): readonly string[] => [
    `${server}.on(${quoted('request', style)}, (${request}, response${type.annotation}) => {`,
    `${indent}${responses}.add(response)${semicolon}`,
    `${indent}response.once(${quoted('close', style)}, () => ${responses}.delete(response))${semicolon}`,
    `})${semicolon}`,
  ];
  return {
    imports: type.edits,
    lines: [
      '// Event streams never end by themselves.',
      `${constant} ${responses} = new Set${type.argument}()${semicolon}`,
      ...(https.length === 1
        ? listening(http)
        : [
            `for (const one of [${https.join(', ')}]) {`,
            ...listening('one').map((line) => indent + line),
            '}',
          ]),
      '',
    ],
    drain: [
      `for (const response of ${responses}) {`,
      `${indent}if (${header}.includes(${mime})) response.end()${semicolon}`,
      '}',
    ],
    end: [],
    cut: [],
  };
}

/** Two trackings as one. */
export function bothTracked(a: Tracking, b: Tracking): Tracking {
  return {
    imports: [...a.imports, ...b.imports],
    lines: [...a.lines, ...b.lines],
    drain: [...a.drain, ...b.drain],
    end: [...a.end, ...b.end],
    cut: [...a.cut, ...b.cut],
  };
}

/** The content type of an event stream, or what sends one; asking somebody else for one is no answer. */
const WRITES_EVENTS =
  /(?<!\baccept['"]?\s{0,9}[:,]\s{0,9})['"`]text\/event-stream|\bstreamSSE\(|@Sse\(|\bcreateEventStream\(|\bcreateSession\(\s*req/i;

/**
 * A type of a built-in module, where the file is TypeScript.
 * @param local what to call it where its name is taken
 */
export function typeImport(
  syntax: SourceSyntax,
  style: SourceStyle,
  module: string,
  name: string,
  local = name,
): { readonly edits: readonly TextEdit[]; readonly argument: string; readonly annotation: string } {
  if (style.language !== 'ts') return { edits: [], argument: '', annotation: '' };
  const specifier = /['"]node:/.test(syntax.text) ? `node:${module}` : module;
  const { edits, text } = importName(syntax, style, {
    specifier,
    name,
    local: freeName(syntax, name, local),
    typeOnly: true,
  });
  return { edits, argument: `<${text}>`, annotation: `: ${text}` };
}
