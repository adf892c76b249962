import type { Span } from '../../../base/span';
import { fileEdit } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { openedAround, type Closer } from '../../../fixes/closers';
import { freeName, nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import type { SourceSyntax } from '../../../languages/source/syntax';
import type { ProjectModel } from '../../../project/model';
import { nestEdits } from './nest-shutdown';
import { isCallOrNew } from './served-call';
import { ownCloser } from './shutdown-closer';
import { holderOf } from './shutdown-place';

/** An entry point that serves or consumes and does not handle SIGTERM. */
export interface ShutdownFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** The call that starts serving or consuming: `app.listen(3000)`, `new Worker('mail', send)`, `consumer.run(…)`. */
  readonly call: Span;
  /** The framework or library, as the library table names it: `express`, `fastify`, `bullmq` … */
  readonly framework: string;
}

/**
 * The fix `graceful-shutdown`: on SIGTERM and SIGINT stop accepting, let open work finish, close what the module opened, exit;
 * with a deadline that does not keep the process alive.
 */
export function shutdownFix(request: ShutdownFixRequest): Fix {
  return {
    id: 'graceful-shutdown',
    kind: 'suggest',
    title:
      request.framework === 'nest'
        ? "Enable Nest's shutdown hooks"
        : 'Shut down gracefully on SIGTERM',
    build: () => {
      const edits = shutdownEdits(request);
      return edits && [fileEdit(request.path, edits)];
    },
  };
}

/** @returns undefined where the server cannot be reached from a statement of its own */
export function shutdownEdits(request: ShutdownFixRequest): TextEdit[] | undefined {
  const { model, path, framework } = request;
  const syntax = model.files.source(path);
  const call = syntax && nodeAt(syntax, request.call, isCallOrNew);
  if (!syntax || !call || syntax.embedded) return undefined;
  const style = styleIn(model, syntax);
  if (framework === 'nest') return nestEdits(syntax, style, call);
  const target = holderOf(syntax, style, call, framework);
  if (!target) return undefined;
  const own = ownCloser(target.name, framework, syntax, call, model, path);
  if (!own) return undefined;
  const others = openedAround(syntax, target.place, model.packageOf(path)).filter(
    ({ name }) => name !== own.name,
  );
  return target.edits(handlerText(syntax, style, own, others));
}

/** The handler and its registration, with `\n` and no indentation. */
function handlerText(
  syntax: SourceSyntax,
  style: SourceStyle,
  own: Closer,
  others: readonly Closer[],
): string {
  const { indent, semicolon } = style;
  const name = freeName(syntax, 'shutdown', 'shutDownGracefully');
  // WebSockets first: an HTTP server waits for the connections they hold.
  const closers = [...others, own].sort((a, b) => rank(a) - rank(b));
  const isClosedByOther = own.order === 'server' && others.some((one) => one.closesServer);
  const lines = closers
    .filter((one) => one !== own || !isClosedByOther)
    .flatMap((one) => one.lines);
  const body = [
    `// Whatever is still open after ten seconds is given up.`,
    `setTimeout(() => process.exit(1), ${style.tenThousand}).unref()${semicolon}`,
    ...lines.map((line) => line + semicolon),
    `process.exit(0)${semicolon}`,
  ];
  return [
    `${style.constant} ${name} = async () => {`,
    ...body.map((line) => indent + line),
    `}${semicolon}`,
    ...['SIGTERM', 'SIGINT'].map(
      (signal) => `process.once(${quoted(signal, style)}, ${name})${semicolon}`,
    ),
  ].join('\n');
}

function rank({ order }: Closer): number {
  return order === 'server' ? 0 : order === 'consumer' ? 1 : 2;
}
