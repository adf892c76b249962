import type { TextEdit } from '../../../engine/finding';
import { importName } from '../../../fixes/code/imports';
import { freeName } from '../../../fixes/code/nodes';
import { quoted } from '../../../fixes/code/style';
import type { ProjectModel } from '../../../project/model';
import {
  deadlineLines,
  indented,
  lastRequests,
  momentLines,
  patience,
  registration,
  SIGNALS,
  shutdownSteps,
  type HandlerRequest,
} from './shutdown-handler';
import { NO_TRACKING } from './tracking';

/** The handler, written with a library for it. */
export interface HelperText {
  readonly imports: readonly TextEdit[];
  /** With `\n` and no indentation. */
  readonly text: string;
}

interface Helper {
  readonly package: string;
  /** What it exports. */
  readonly name: string;
  /** It stops an HTTP server itself; others leave that to the handler. */
  readonly stopsServer: boolean;
  /**
   * @param helper how to write its name
   * @param request what else there is to close
   * @param server the HTTP server that it stops
   * @param whole all there is to close
   */
  lines(
    helper: string,
    request: HandlerRequest,
    server: string,
    whole: HandlerRequest,
  ): readonly string[];
}

/** How the handler is written with the library for it that the package declares; undefined where it declares none. */
export function helperOf(model: ProjectModel, request: HandlerRequest): HelperText | undefined {
  const { syntax, style, closers } = request;
  const declared = model.packageOf(syntax.path)?.dependencies;
  const server = closers.find(({ http }) => http !== undefined);
  const helper = HELPERS.find(
    (one) => declared?.has(one.package) && (!one.stopsServer || server !== undefined),
  );
  if (!helper) return undefined;
  const { edits, text } = importName(syntax, style, {
    specifier: helper.package,
    name: helper.name,
    ...(helper.name === 'default' ? { local: LOCAL[helper.package] ?? 'shutdownHelper' } : {}),
  });
  const rest = helper.stopsServer
    ? { ...request, tracking: NO_TRACKING, closers: closers.filter((one) => one !== server) }
    : request;
  return {
    imports: [...edits, ...rest.tracking.imports],
    text: [...rest.tracking.lines, ...helper.lines(text, rest, server?.http ?? '', request)].join(
      '\n',
    ),
  };
}

const LOCAL: Readonly<Record<string, string>> = {
  stoppable: 'stoppable',
  'close-with-grace': 'closeWithGrace',
};

const HELPERS: readonly Helper[] = [
  {
    package: '@godaddy/terminus',
    name: 'createTerminus',
    stopsServer: true,
    lines: (helper, request, server) => {
      const { style } = request;
      const signals = SIGNALS.map((signal) => quoted(signal, style)).join(', ');
      return [
        `${helper}(${server}, {`,
        ...indented(
          [
            `signals: [${signals}],`,
            `timeout: ${style.tenThousand},`,
            'useExit0: true,',
            'beforeShutdown: async () => {',
            ...indented(
              [...lastRequests(server, style), ...deadlineLines(undefined, style)],
              style,
            ),
            ...indented(momentLines(style), style),
            '},',
            ...during('onSignal: async () => {', request, '},'),
          ],
          style,
        ),
        `})${style.semicolon}`,
      ];
    },
  },
  {
    package: 'http-terminator',
    name: 'createHttpTerminator',
    stopsServer: true,
    lines: (helper, request, server, whole) => {
      const { syntax, style } = request;
      const name = freeName(syntax, 'httpTerminator', 'serverTerminator');
      const given = server === 'server' ? 'server' : `server: ${server}`;
      return [
        `${style.constant} ${name} = ${helper}({ ${given}, gracefulTerminationTimeout: ${patience(style)} })${style.semicolon}`,
        '',
        ...registration(request, [
          ...shutdownSteps(whole).idle,
          ...deadlineLines([], style),
          '',
          ...momentLines(style),
          `await ${name}.terminate()${style.semicolon}`,
          ...shutdownSteps(request).close,
          `process.exit()${style.semicolon}`,
        ]),
      ];
    },
  },
  {
    package: 'stoppable',
    name: 'default',
    stopsServer: true,
    lines: (helper, request, server) => {
      const { syntax, style } = request;
      const { semicolon, constant } = style;
      const name = freeName(syntax, 'stoppableServer', 'serverToStop');
      return [
        `${constant} ${name} = ${helper}(${server}, ${patience(style)})${semicolon}`,
        '',
        ...registration(request, [
          ...lastRequests(server, style),
          ...deadlineLines(undefined, style),
          '',
          ...momentLines(style),
          `${constant} isClean = await new Promise((resolve) => {`,
          ...indented(
            [`${name}.stop((_error, gracefully) => resolve(gracefully))${semicolon}`],
            style,
          ),
          `})${semicolon}`,
          ...shutdownSteps(request).close,
          `if (!isClean) console.error(${quoted('Cut off what was busy after 9.5 seconds', style)})${semicolon}`,
          `process.exit(isClean ? 0 : 1)${semicolon}`,
        ]),
      ];
    },
  },
  {
    package: 'close-with-grace',
    name: 'default',
    stopsServer: false,
    lines: (helper, request) => {
      const { style } = request;
      // Past its delay it says so, and exits with an error.
      const { idle, close } = shutdownSteps(request);
      return [
        `${helper}({ delay: ${style.tenThousand} }, async ({ err }) => {`,
        ...indented(
          [`if (err) console.error(err)${style.semicolon}`, ...idle, '', ...close],
          style,
        ),
        `})${style.semicolon}`,
      ];
    },
  },
  {
    package: 'lightship',
    name: 'createLightship',
    stopsServer: false,
    lines: (helper, request) => {
      const { style } = request;
      const { semicolon } = style;
      const { idle, deadline, close } = shutdownSteps(request);
      return [
        `${helper}({ shutdownHandlerTimeout: ${style.tenThousand} }).then((lightship) => {`,
        ...indented(
          [
            'lightship.registerShutdownHandler(async () => {',
            ...indented([...idle, ...deadline, '', ...close, `process.exit()${semicolon}`], style),
            `})${semicolon}`,
            `lightship.signalReady()${semicolon}`,
          ],
          style,
        ),
        `})${semicolon}`,
      ];
    },
  },
];

/** A part of the options that closes what the library does not know; nothing where there is nothing. */
function during(opening: string, request: HandlerRequest, closing: string): readonly string[] {
  const { close } = shutdownSteps(request);
  return close.length === 0 ? [] : [opening, ...indented(close, request.style), closing];
}
