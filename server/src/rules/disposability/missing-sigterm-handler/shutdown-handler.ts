import type { Closer } from '../../../fixes/closers';
import { freeName } from '../../../fixes/code/nodes';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import type { SourceSyntax } from '../../../languages/source/syntax';
import type { Tracking } from './tracking';

/** What a handler closes, and what it has to know for that. */
export interface HandlerRequest {
  readonly syntax: SourceSyntax;
  readonly style: SourceStyle;
  readonly closers: readonly Closer[];
  readonly tracking: Tracking;
}

/** What the handler does, in the order in which it happens; lines without indentation. */
export interface Steps {
  /** Closes what is idle. */
  readonly idle: readonly string[];
  /** Ends what is still open when time is up. */
  readonly deadline: readonly string[];
  /** Stops accepting and waits, servers first. */
  readonly close: readonly string[];
}

/** The handler and its registration, with `\n` and no indentation. */
export function handlerText(request: HandlerRequest): string {
  const { idle, deadline, close } = shutdownSteps(request);
  const exit = `process.exit()${request.style.semicolon}`;
  return [
    ...request.tracking.lines,
    ...registration(request, [...idle, ...deadline, '', ...close, exit]),
  ].join('\n');
}

/**
 * A handler for both signals, which runs once: Ctrl+C reaches a process twice under npm or a cluster's primary, and libraries that
 * handle the signal send it again.
 * @param body its lines
 */
export function registration(
  { syntax, style }: HandlerRequest,
  body: readonly string[],
): readonly string[] {
  const { semicolon, constant } = style;
  const name = freeName(syntax, 'shutdown', 'shutDownGracefully');
  const flag = freeName(syntax, 'isShuttingDown', 'hasShutdownBegun');
  return [
    `${constant === 'var' ? 'var' : 'let'} ${flag} = false${semicolon}`,
    `${constant} ${name} = async () => {`,
    ...indented([`if (${flag}) return${semicolon}`, `${flag} = true${semicolon}`, ...body], style),
    `}${semicolon}`,
    ...SIGNALS.map((signal) => `process.on(${quoted(signal, style)}, ${name})${semicolon}`),
  ];
}

/** What platforms and terminals send. */
export const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Milliseconds until what is still busy is cut off: shortly before ten seconds are over. */
export function patience({ tenThousand }: SourceStyle): string {
  return tenThousand.includes('_') ? '9_500' : '9500';
}

/** How everything is closed: idle connections at once and again, what is busy until shortly before the deadline. */
export function shutdownSteps({ style, closers, tracking }: HandlerRequest): Steps {
  const https = httpOf(closers);
  const cut = [
    ...tracking.cut,
    ...closers.flatMap((one) => one.cut),
    ...httpOf(closers.filter(({ httpKeepsBusy }) => !httpKeepsBusy)).map((http) =>
      onHttp(http, `closeAllConnections${style.callSince18}`),
    ),
  ];
  return {
    idle: drainLines(https, tracking, style),
    deadline: deadlineLines(cut.length > 0 ? cut : undefined, style),
    close: [
      ...(https.length > 0 ? momentLines(style) : []),
      ...tracking.end,
      ...closeLines(closers, style),
    ],
  };
}

/** Lines that wait a little: closing drops connections that seem to be idle while the next request is on its way. */
export function momentLines({ semicolon }: SourceStyle): readonly string[] {
  return [
    '// Requests that are on their way are still answered.',
    `await new Promise((resolve) => setTimeout(resolve, 100))${semicolon}`,
  ];
}

/** The HTTP servers of what is closed, each once. */
export function httpOf(closers: readonly Closer[]): readonly string[] {
  return [...new Set(closers.flatMap(({ http }) => http ?? []))];
}

/** The list of all servers, where they are started at several places of a module. */
export const SERVERS = 'servers';

/** A statement about an HTTP server, or about all of a list. */
function onHttp(http: string, what: string): string {
  return http === SERVERS ? `for (const server of ${SERVERS}) server.${what}` : `${http}.${what}`;
}

/** A line that makes the next request of each connection its last. */
export function lastRequests(http: string, { semicolon }: SourceStyle): readonly string[] {
  return [onHttp(http, `maxRequestsPerSocket = 1${semicolon}`)];
}

/** Lines that close connections of HTTP servers as soon as they are idle. */
export function drainLines(
  https: readonly string[],
  tracking: Tracking,
  style: SourceStyle,
): readonly string[] {
  if (https.length === 0) return [];
  const { semicolon } = style;
  const idle = https.map((http) =>
    onHttp(http, `closeIdleConnections${style.callSince18}${semicolon}`),
  );
  const repeated = [...tracking.drain, ...idle];
  const [first = ''] = repeated;
  return [
    '// Idle connections are closed; busy ones take one more request at most.',
    ...https.flatMap((http) => lastRequests(http, style)),
    ...(repeated.length === 1 && !first.startsWith('for')
      ? [`setInterval(() => ${first.replace(/;$/, '')}, 250).unref()${semicolon}`]
      : ['setInterval(() => {', ...indented(repeated, style), `}, 250).unref()${semicolon}`]),
  ];
}

/**
 * Lines that say so and exit with an error when time is up.
 * @param cut statements that end what is still open shortly before; undefined where nothing can
 */
export function deadlineLines(
  cut: readonly string[] | undefined,
  style: SourceStyle,
): readonly string[] {
  const { semicolon } = style;
  const say = (text: string): string => `console.error(${quoted(text, style)})${semicolon}`;
  if (!cut) {
    return [
      'setTimeout(() => {',
      ...indented(
        [say('Still busy after ten seconds: giving up'), `process.exit(1)${semicolon}`],
        style,
      ),
      `}, ${style.tenThousand}).unref()${semicolon}`,
    ];
  }
  return [
    'setTimeout(() => {',
    ...indented(
      [
        say('Still busy after 9.5 seconds: closing all connections'),
        `process.exitCode = 1${semicolon}`,
        ...cut.map((line) => line + semicolon),
        `setTimeout(process.exit, 500).unref()${semicolon}`,
      ],
      style,
    ),
    `}, ${patience(style)}).unref()${semicolon}`,
  ];
}

/** Servers, then consumers, each together, as all must stop accepting at once; then clients, one after the other. */
function closeLines(closers: readonly Closer[], style: SourceStyle): readonly string[] {
  const { semicolon } = style;
  const inOrder = (order: Closer['order']): readonly Closer[] =>
    closers.filter((one) => one.order === order);
  const together = (group: readonly Closer[]): readonly string[] => {
    const before = group.flatMap((one) => one.before.map((line) => line + semicolon));
    const [first, second] = group;
    if (!first) return [];
    if (!second) {
      const waits = [first.first, first.closed].filter((one) => one !== undefined);
      return [...before, ...waits.map((promise) => `await ${promise}${semicolon}`)];
    }
    return [
      ...before,
      'await Promise.all([',
      ...indented(
        group.map((one) =>
          one.first === undefined ? `${one.closed},` : `${one.first}.then(() => ${one.closed}),`,
        ),
        style,
      ),
      `])${semicolon}`,
    ];
  };
  return [
    ...together(inOrder('server')),
    ...together(inOrder('consumer')),
    ...inOrder('client').flatMap((one) => together([one])),
  ];
}

/** Lines, one level deeper; empty ones stay empty. */
export function indented(lines: readonly string[], { indent }: SourceStyle): readonly string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}
